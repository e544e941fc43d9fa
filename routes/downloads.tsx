import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { z } from "zod";
import {
  DownloadPage,
  DownloadsPage,
  isUnfinished,
  NoRoom,
  OneAtATime,
} from "../components/downloads.tsx";
import { config } from "../config.ts";
import { getRoom } from "../db/archive_limits.ts";
import { linkToken } from "../db/download_links.ts";
import { createDownload, type Request } from "../db/download_requests.ts";
import { retryDownload } from "../db/download_retries.ts";
import {
  type Download,
  getDownload,
  HISTORY_PAGE_SIZE,
  listDownloads,
  makeLink,
} from "../db/downloads.ts";
import { cancelDownload, removeDownload } from "../db/ended_downloads.ts";
import { getLimits } from "../db/limits.ts";
import { DownloadOrder } from "../db/selection.ts";
import {
  type AppEnv,
  badQuery,
  badRequest,
  currentPath,
  currentUser,
  notFound,
  redirectTo,
  wordsOf,
} from "./http.ts";
import { preflightPage } from "./new_download.tsx";

/** What programs are told of a download. */
export const SHOWN = [
  "id",
  "state",
  "files_done",
  "files_total",
  "bytes_done",
  "bytes_total",
  "missing",
  "reason",
  "position",
  "size",
  "sha256",
  "expires_at",
] as const satisfies (keyof Download)[];

/** Seconds after which a page without JavaScript looks again. */
const REFRESH_S = 5;

/** Which page of the history. */
export const HistoryQuery = z.object({
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});

/** A user's requests for archives. */
export const downloads = new Hono<AppEnv>();

downloads.get(
  "/downloads",
  zValidator("query", HistoryQuery, badQuery),
  async (c) => {
    const user = currentUser(c);
    const { page } = c.req.valid("query");
    const [list, room, limits] = await Promise.all([
      listDownloads(user.id, page),
      getRoom(user.id),
      getLimits(),
    ]);
    const shown = list.slice(0, HISTORY_PAGE_SIZE);
    return c.render(
      <DownloadsPage
        downloads={shown}
        page={page}
        more={list.length > shown.length}
        quota={room}
        hours={limits.archive_ttl_hours}
      />,
      {
        title: "Downloads",
        refresh: shown.some(isUnfinished) ? REFRESH_S : undefined,
      },
    );
  },
);

downloads.post("/downloads", async (c) => {
  const { parts, ...form } = await c.req.parseBody({ all: true });
  const order = DownloadOrder.safeParse({ ...form, parts });
  if (!order.success) badRequest(wordsOf(order.error));
  const { selection } = order.data;
  const made = await createDownload(
    currentUser(c),
    selection,
    order.data.parts,
  );
  if (made.kind !== "refused") return answerRequest(c, made);
  c.status(422);
  return preflightPage(c, order.data, made.sentences);
});

downloads.get("/downloads/:id{[^/]+\\.json}", async (c) => {
  const id = c.req.param("id").replace(/\.json$/, "");
  return c.json(asJson(await ownDownload(c, id)));
});

downloads.get("/downloads/:id", async (c) => {
  const download = await ownDownload(c, c.req.param("id"));
  const token = linkToken(download);
  return c.render(
    <DownloadPage
      download={download}
      base={config.BASE_URL}
      link={token && `/a/${token}`}
    />,
    {
      title: download.label,
      refresh: isUnfinished(download) ? REFRESH_S : undefined,
    },
  );
});

downloads.post("/downloads/:id/cancellation", async (c) => {
  const { id } = await ownDownload(c, c.req.param("id"));
  await cancelDownload(id, currentUser(c));
  return redirectTo(c, back(c, id));
});

downloads.post("/downloads/:id/removal", async (c) => {
  const { id } = await ownDownload(c, c.req.param("id"));
  await removeDownload(id, currentUser(c));
  return redirectTo(c, back(c, id));
});

downloads.post("/downloads/:id/retry", async (c) => {
  const { id } = await ownDownload(c, c.req.param("id"));
  const again = await retryDownload(id, currentUser(c));
  return answerRequest(c, again ?? { kind: "made", id });
});

downloads.post("/downloads/:id/link", async (c) => {
  const { id } = await ownDownload(c, c.req.param("id"));
  await makeLink(currentUser(c).id, id);
  return redirectTo(c, `/downloads/${id}`);
});

/** The list for who pressed the button there, else the download's own page. */
function back(c: Context<AppEnv>, id: string): string {
  return currentPath(c) === "/downloads" ? "/downloads" : `/downloads/${id}`;
}

/** The signed-in user's download; anything else looks like one that does not exist. */
export async function ownDownload(
  c: Context<AppEnv>,
  id: string,
): Promise<Download> {
  return await getDownload(currentUser(c).id, id) ?? notFound();
}

function answerRequest(
  c: Context<AppEnv>,
  request: Request,
): Response | Promise<Response> {
  if (request.kind === "made") return redirectTo(c, `/downloads/${request.id}`);
  if (request.kind === "refused") {
    c.status(422);
    return c.render(<NoRoom sentences={request.sentences} />, {
      title: "Error: no room",
    });
  }
  c.status(409);
  return c.render(<OneAtATime id={request.id} />, {
    title: "One download at a time",
  });
}

/** The contract's form of a download for programs. */
export function asJson(download: Download) {
  return Object.fromEntries(SHOWN.map((key) => [key, download[key]]));
}
