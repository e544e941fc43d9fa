import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import {
  AdminDownloadsPage,
  QueueSection,
  type QueueView,
} from "../components/admin_downloads.tsx";
import type { LimitsView } from "../components/admin_limits.tsx";
import { freeBytes } from "../db/archive_limits.ts";
import { audit } from "../db/audit.ts";
import { retryDownload } from "../db/download_retries.ts";
import { cancelDownload } from "../db/ended_downloads.ts";
import {
  getSaidLimits,
  LIMIT_SETTINGS,
  LimitsForm,
  setLimits,
  settingLimits,
} from "../db/limits.ts";
import {
  countQueue,
  listAllDownloads,
  listJobs,
  removeJob,
  retryJob,
} from "../db/queue_state.ts";
import { listPools } from "../db/workers.ts";
import { errorsOf, formOf } from "./forms.ts";
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
  const [view, limits] = await Promise.all([look(), lookAtLimits()]);
  return c.render(<AdminDownloadsPage view={view} limits={limits} />, {
    title: "Downloads and queue",
    wide: true,
    refresh: REFRESH_S,
  });
});

adminDownloads.post("/admin/limits", async (c) => {
  const values = await formOf(c);
  const form = LimitsForm.safeParse(values);
  if (form.success) {
    await setLimits(form.data, currentUser(c), originOf(c));
    return redirectTo(c, `${PAGE}#limits`);
  }
  const [view, limits] = await Promise.all([look(), lookAtLimits()]);
  const shown = { ...limits, values, errors: errorsOf(form.error) };
  c.status(422);
  return c.render(<AdminDownloadsPage view={view} limits={shown} />, {
    title: "Error: Downloads and queue",
    wide: true,
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

async function lookAtLimits(): Promise<LimitsView> {
  const [said, free] = await Promise.all([getSaidLimits(), freeBytes()]);
  return { settings: settingLimits(), names: LIMIT_SETTINGS, said, free };
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
