import type {
  AdminDownload,
  QueueCounts,
  QueueJob,
} from "../db/queue_state.ts";
import { isUnfinished, LiveUpdates } from "./downloads.tsx";
import { progressWords } from "./download_row.tsx";
import { bytes, count } from "./format.ts";
import {
  Actions,
  firstLine,
  JobTable,
  type Pool,
  PoolTable,
} from "./admin_queue.tsx";
import { LimitsSection, type LimitsView } from "./admin_limits.tsx";
import { StateBadge } from "./states.tsx";
import { Ago, Bytes, None } from "./values.tsx";

const REPEATABLE = ["failed", "cancelled", "expired"];

/** All that the page shows. */
export interface QueueView {
  downloads: AdminDownload[];
  jobs: QueueJob[];
  counts: QueueCounts;
  pools: Pool[];
}

/** Everybody's downloads, the other jobs and the workers, kept current. */
export function AdminDownloadsPage(
  { view, limits }: { view: QueueView; limits: LimitsView },
) {
  return (
    <>
      <h1>Downloads and queue</h1>
      {limits.errors && <LimitsSection view={limits} />}
      <QueueSection view={view} />
      {!limits.errors && <LimitsSection view={limits} />}
      <LiveUpdates from="/admin/downloads/events" />
    </>
  );
}

/** What changes on the page. */
export function QueueSection({ view }: { view: QueueView }) {
  return (
    <section id="queue" aria-label="Queue">
      <Tiles counts={view.counts} pools={view.pools} />
      <h2>Downloads</h2>
      {view.downloads.length === 0
        ? <p class="empty">Nobody has asked for a download yet.</p>
        : <DownloadTable downloads={view.downloads} />}
      <h2>Other jobs</h2>
      {view.jobs.length === 0
        ? <p class="empty">Nothing waits.</p>
        : <JobTable jobs={view.jobs} />}
      <h2>Workers</h2>
      <PoolTable pools={view.pools} />
    </section>
  );
}

function Tiles({ counts, pools }: { counts: QueueCounts; pools: Pool[] }) {
  return (
    <dl class="tiles">
      <div>
        <dt>Running</dt>
        <dd>{count(counts.running)}</dd>
      </div>
      <div>
        <dt>Queued</dt>
        <dd>
          {count(counts.queued)}
          {counts.oldest && (
            <small>
              the oldest <Ago at={counts.oldest} />
            </small>
          )}
        </dd>
      </div>
      <div>
        <dt>Failed in a day</dt>
        <dd>{count(counts.failed)}</dd>
      </div>
      <div>
        <dt>Written in a day</dt>
        <dd>{bytes(counts.bytes)}</dd>
      </div>
      <div>
        <dt>Worker pools</dt>
        <dd>{count(pools.length)}</dd>
      </div>
    </dl>
  );
}

function DownloadTable({ downloads }: { downloads: AdminDownload[] }) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Downloads">
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Download</th>
            <th scope="col">User</th>
            <th scope="col">State</th>
            <th scope="col">Progress</th>
            <th scope="col">Starts</th>
            <th scope="col">Last word</th>
            <th scope="col">Reason</th>
            <th scope="col">Do</th>
          </tr>
        </thead>
        <tbody>
          {downloads.map((download) => <DownloadLine download={download} />)}
        </tbody>
      </table>
    </div>
  );
}

function DownloadLine({ download }: { download: AdminDownload }) {
  const { id, label, email, state, reason, attempt, beat_at, last_error } =
    download;
  return (
    <tr id={`admin-download-${id}`}>
      <td>
        {label}, <Ago at={download.created_at} />
      </td>
      <td>
        <a href={`/admin/users/${download.user_id}`}>{email}</a>
      </td>
      <td>
        <StateBadge state={state} />
      </td>
      <td>
        {isUnfinished(download)
          ? progressWords(download, new Date())
          : <Bytes value={download.size} />}
      </td>
      <td class="num">{count(attempt)}</td>
      <td>
        <Ago at={beat_at} />
      </td>
      <td>{reason ?? <None />}{last_error && ` (${firstLine(last_error)})`}</td>
      <td>
        <Actions
          to={`/admin/downloads/${id}`}
          of={`${label} of ${email}`}
          cancel={isUnfinished(download)}
          retry={REPEATABLE.includes(state)}
        />
      </td>
    </tr>
  );
}
