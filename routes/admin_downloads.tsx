import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import {
  AdminDownloadsPage,
  QueueSection,
  type QueueView,
} from "../components/admin_downloads.tsx";
import { audit } from "../db/audit.ts";
import { retryDownload } from "../db/download_retries.ts";
import { cancelDownload } from "../db/ended_downloads.ts";
import {
  countQueue,
  listAllDownloads,
  listJobs,
  removeJob,
  retryJob,
} from "../db/queue_state.ts";
import { listPools } from "../db/workers.ts";
import {
  type AppEnv,
  currentUser,
  notFound,
  originOf,
  redirectTo,
} from "./http.ts";
import { live } from "./live.ts";

const PAGE = "/admin/downloads";
const REFRESH_S = 10;

const DownloadId = z.object({ id: z.uuid() });
const JobId = z.object({
  id: z.string().regex(/^\d{1,15}$/).transform(Number),
});

/** Everybody's downloads and the queue. */
export const adminDownloads = new Hono<AppEnv>();

adminDownloads.get(PAGE, async (c) => {
  const page = <AdminDownloadsPage view={await look()} />;
  return c.render(page, {
    title: "Downloads and queue",
    wide: true,
    refresh: REFRESH_S,
  });
});

adminDownloads.get(`${PAGE}/events`, (c) =>
  live(c, {
    target: "queue",
    look: async () => {
      const html = String(QueueSection({ view: await look() }));
      return { list: html, rows: new Map([["queue", html]]), idle: false };
    },
    concerns: () => true,
  }));

adminDownloads.post(
  `${PAGE}/:id/cancellation`,
  zValidator("param", DownloadId, unknownId),
  async (c) => {
    const { id } = c.req.valid("param");
    if (!await cancelDownload(id, currentUser(c), null)) notRunning();
    return redirectTo(c, PAGE);
  },
);

adminDownloads.post(
  `${PAGE}/:id/retry`,
  zValidator("param", DownloadId, unknownId),
  async (c) => {
    const { id } = c.req.valid("param");
    const again = await retryDownload(id, currentUser(c), null);
    if (!again) notRunning();
    if (again.kind === "made") return redirectTo(c, PAGE);
    throw new HTTPException(409, {
      message: again.kind === "unfinished"
        ? "The user has another unfinished download; only one at a time is built."
        : again.sentences.join("\n"),
    });
  },
);

adminDownloads.post(
  "/admin/jobs/:id/retry",
  zValidator("param", JobId, unknownId),
  async (c) => {
    const { id } = c.req.valid("param");
    if (!await retryJob(id)) notRunning();
    await audit({
      action: "job_retry",
      actor: currentUser(c),
      target: `job:${id}`,
      ...originOf(c),
    });
    return redirectTo(c, PAGE);
  },
);

adminDownloads.post(
  "/admin/jobs/:id/cancellation",
  zValidator("param", JobId, unknownId),
  async (c) => {
    const { id } = c.req.valid("param");
    if (!await removeJob(id)) notRunning();
    await audit({
      action: "job_cancel",
      actor: currentUser(c),
      target: `job:${id}`,
      ...originOf(c),
    });
    return redirectTo(c, PAGE);
  },
);

async function look(): Promise<QueueView> {
  const [downloads, jobs, counts, pools] = await Promise.all([
    listAllDownloads(),
    listJobs(),
    countQueue(),
    listPools(),
  ]);
  return { downloads, jobs, counts, pools };
}

function unknownId(result: { success: boolean }): void {
  if (!result.success) notFound();
}

function notRunning(): never {
  throw new HTTPException(409, {
    message:
      "This cannot be done any more: it has ended, is running, or is gone. Load the page again.",
  });
}
