import type { Child } from "hono/jsx";
import type { Download } from "../db/downloads.ts";
import { bytes, count, duration, plural } from "./format.ts";
import { StateBadge } from "./states.tsx";
import { Ago, Bytes, When } from "./values.tsx";

/** No time left is named before this: the first seconds say too little. */
const ESTIMATE_AFTER_S = 5;
/** Silence after which a running archive is called stalled. */
const STALLED_AFTER_S = 30;

/** What a person can do with an unfinished, a finished or an ended download. */
const CANCELLABLE = ["queued", "running", "waiting"];
const SERVED = ["ready", "partial"];
const REPEATABLE = ["failed", "cancelled", "expired"];

/** Id of a download's element on every page. */
export function rowId({ id }: Pick<Download, "id">): string {
  return `download-${id}`;
}

/** A user's downloads, the latest first. */
export function DownloadList({ downloads }: { downloads: Download[] }) {
  return (
    <ul id="downloads" class="plain">
      {downloads.map((download) => <DownloadRow download={download} />)}
    </ul>
  );
}

/** One download: what it is, how far it is, and what can be done. */
export function DownloadRow({ download }: { download: Download }) {
  const { id, label, state, created_at } = download;
  return (
    <li id={rowId(download)} class="progress-row">
      <p class="toolbar">
        <span>
          <a href={`/downloads/${id}`}>{label}</a>{" "}
          <StateBadge state={state} label={stateWord(download)} />
        </span>
        <span class="progress-text">
          asked for <Ago at={created_at} />
        </span>
      </p>
      <DownloadProgress download={download} />
      <DownloadActions download={download} />
    </li>
  );
}

/** A bar and words while it is built; the file when it is ready; the reason when it is not. */
export function DownloadProgress({ download }: { download: Download }) {
  const { state, reason } = download;
  return (
    <>
      {CANCELLABLE.includes(state) && <Progress download={download} />}
      {SERVED.includes(state) && (
        <p class="progress-text">
          <Bytes value={download.size} />,{" "}
          {plural(download.files_total, "file")} of{" "}
          {plural(download.runs_total, "run")}, ready until{" "}
          <When at={download.expires_at} />
        </p>
      )}
      {reason && <p class="progress-text">{reason}</p>}
    </>
  );
}

/** Buttons and links; every one works without JavaScript. */
export function DownloadActions({ download }: { download: Download }) {
  const { id, state, label } = download;
  return (
    <div class="actions">
      {SERVED.includes(state) && (
        <a role="button" href={`/downloads/${id}/archive`} download>
          Download<span class="visually-hidden">{label}</span>
        </a>
      )}
      {CANCELLABLE.includes(state) && (
        <ActionForm
          download={download}
          to="cancellation"
          confirm="Cancel this download? What was written so far is deleted."
        >
          Cancel<span class="visually-hidden">{label}</span>
        </ActionForm>
      )}
      {SERVED.includes(state) && (
        <ActionForm
          download={download}
          to="removal"
          confirm="Delete this archive from your downloads? It can be asked for again."
        >
          Delete<span class="visually-hidden">{label}</span>
        </ActionForm>
      )}
      {REPEATABLE.includes(state) && (
        <ActionForm download={download} to="retry">
          Try again<span class="visually-hidden">{label}</span>
        </ActionForm>
      )}
    </div>
  );
}

function ActionForm(
  { download, to, confirm, children }: {
    download: Download;
    to: "cancellation" | "removal" | "retry";
    confirm?: string;
    children: Child;
  },
) {
  const action = `/downloads/${download.id}/${to}`;
  return (
    <form
      method="post"
      action={action}
      hx-post={confirm && action}
      hx-confirm={confirm}
      hx-swap={confirm && "none"}
    >
      <button type="submit" id={`${to}-${download.id}`} class="secondary">
        {children}
      </button>
    </form>
  );
}

function Progress({ download }: { download: Download }) {
  const { bytes_done, bytes_total, label } = download;
  return (
    <>
      <progress
        value={bytes_done}
        max={Math.max(bytes_total, 1)}
        aria-label={`Progress of ${label}`}
      >
      </progress>
      <p class="progress-text">{progressWords(download, new Date())}</p>
    </>
  );
}

/** A state in words, with the place in the queue, or that nothing moves. */
export function stateWord({ state, position, ...download }: Download): string {
  if (state === "queued" && position !== null) {
    return position === 1
      ? "queued, next"
      : `queued, ${count(position)} in line`;
  }
  return isStalled({ state, position, ...download }, new Date())
    ? "stalled"
    : state;
}

/** `1.5 GB of 4.2 GB, 37 of 120 files, 508 MB/s, about 6 s left` */
export function progressWords(download: Download, now: Date): string {
  const { bytes_done, bytes_total, files_done, files_total, rate } = download;
  const words = [
    `${bytes(bytes_done)} of ${bytes(bytes_total)}`,
    `${count(files_done)} of ${plural(files_total, "file")}`,
  ];
  if (isStalled(download, now)) {
    words.push(`nothing new for ${duration(silence(download, now))}`);
  } else if (rate && secondsRunning(download, now) >= ESTIMATE_AFTER_S) {
    const left = (bytes_total - bytes_done) / rate;
    words.push(`${bytes(rate)}/s`, `about ${duration(left)} left`);
  }
  return words.join(", ");
}

function isStalled(download: Download, now: Date): boolean {
  return download.state === "running" &&
    silence(download, now) > STALLED_AFTER_S;
}

function silence({ progress_at, started_at }: Download, now: Date): number {
  const last = Math.max(
    progress_at?.getTime() ?? 0,
    started_at?.getTime() ?? 0,
  );
  return last === 0 ? 0 : (now.getTime() - last) / 1000;
}

function secondsRunning({ started_at }: Download, now: Date): number {
  return started_at ? (now.getTime() - started_at.getTime()) / 1000 : 0;
}
