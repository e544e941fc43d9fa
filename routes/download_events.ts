import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { z } from "zod";
import {
  DownloadList,
  DownloadRow,
  rowId,
} from "../components/download_row.tsx";
import { DownloadBody, isUnfinished } from "../components/downloads.tsx";
import { config } from "../config.ts";
import { linkToken } from "../db/download_links.ts";
import {
  countUnfinished,
  getDownload,
  HISTORY_PAGE_SIZE,
  listDownloads,
} from "../db/downloads.ts";
import { type AppEnv, badQuery, currentUser } from "./http.ts";
import { live, type LiveView } from "./live.ts";

/** What keeps the pages of downloads current. */
export const downloadEvents = new Hono<AppEnv>();

const Wanted = z.object({ id: z.uuid().optional() });

downloadEvents.get(
  "/downloads/events",
  zValidator("query", Wanted, badQuery),
  (c) => {
    const user = currentUser(c);
    const { id } = c.req.valid("query");
    return live(c, {
      target: id ? rowId({ id }) : "downloads",
      look: () => id ? lookAtOne(user.id, id) : lookAtAll(user.id),
      concerns: (payload) => payload.includes(user.id),
    });
  },
);

downloadEvents.get("/downloads/badge", async (c) => {
  const count = await countUnfinished(currentUser(c).id);
  return c.text(count === 0 ? "" : String(count));
});

async function lookAtAll(userId: string): Promise<LiveView> {
  const downloads = (await listDownloads(userId)).slice(0, HISTORY_PAGE_SIZE);
  const rows = downloads.map((download): [string, string] => [
    rowId(download),
    String(DownloadRow({ download })),
  ]);
  return {
    list: String(DownloadList({ downloads })),
    rows: new Map(rows),
    idle: !downloads.some(isUnfinished),
  };
}

async function lookAtOne(userId: string, id: string): Promise<LiveView> {
  const download = await getDownload(userId, id);
  if (!download) return { list: "", rows: new Map(), idle: true };
  const token = linkToken(download);
  const link = token && `/a/${token}`;
  const html = String(DownloadBody({ download, base: config.BASE_URL, link }));
  return {
    list: html,
    rows: new Map([[rowId(download), html]]),
    idle: !isUnfinished(download),
  };
}
