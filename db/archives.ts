import { config } from "../config.ts";
import { audit } from "./audit.ts";
import { getLimits } from "./limits.ts";
import type { Part } from "./parts.ts";
import { addJob } from "./queue.ts";
import { type Sql, sql } from "./sql.ts";

/** queued -> running <-> waiting -> ready | partial | failed | cancelled; ready, partial -> expired. */
export type ArchiveState =
  | "queued"
  | "running"
  | "waiting"
  | "ready"
  | "partial"
  | "failed"
  | "cancelled"
  | "expired";

/** States in which the file is still to come. */
export const UNFINISHED: ArchiveState[] = ["queued", "running", "waiting"];

/** Starts in a row, each finding the one before dead without progress, after which an archive is given up. */
export const MAX_CRASHES = 3;
/** The queue counts every start, those after a kill too, and would give up after ten. */
const MAX_ATTEMPTS = 50;
/** A beat this fresh means that the attempt before is alive and only lost its lock. */
const ALIVE_S = 10;
/** A download that took longer ends with an e-mail: most people have left the page by then. */
const TELL_AFTER_S = 60;

/** One start of the job that builds an archive. `attempt` fences: a later start makes what this one writes void. */
export interface ArchiveAttempt {
  id: string;
  attempt: number;
  parts: Part[];
  crashes: number;
  /** How far the attempts before have come. */
  files_done: number;
  bytes_done: number;
}

/** What a running job tells. Sizes in bytes, `rate` in bytes per second. */
export interface Progress {
  state: "running" | "waiting";
  reason: string | null;
  files_done: number;
  files_total: number;
  bytes_done: number;
  bytes_total: number;
  missing: number;
  rate: number | null;
}

/** A finished archive. */
export interface FinishedArchive {
  size: number;
  sha256: string;
  missing: number;
  files_total: number;
  bytes_total: number;
  reason: string | null;
}

/** Adds the job of an archive in the caller's transaction. */
export async function enqueueArchive(tx: Sql, id: string): Promise<void> {
  await addJob(tx, "build_archive", { archive_id: id }, {
    key: jobKey(id),
    maxAttempts: MAX_ATTEMPTS,
  });
}

/**
 * Begins an attempt: takes the next number. Null when there is nothing to build, for the archive has ended or is gone.
 *
 * A start that finds the archive still running takes over from a killed worker. Without progress in between that counts as a
 * crash, and after {@linkcode MAX_CRASHES} of them the archive fails, so that one poisonous document cannot end workers for ever.
 */
export async function startArchive(id: string): Promise<ArchiveAttempt | null> {
  const [row] = await sql<[ArchiveAttempt?]>`
    update archives set
      crashes = case
        when files_done > files_at_start then 0
        when state = 'queued' or beat_at > now() - make_interval(secs => ${ALIVE_S}) then crashes
        else crashes + 1 end,
      attempt = attempt + 1, state = 'running', reason = null, no_space_at = null, rate = null, beat_at = now(), files_at_start = files_done,
      started_at = coalesce(started_at, now())
    where id = ${id} and state in ${sql(UNFINISHED)}
    returning id, attempt, parts, crashes, files_done, bytes_done`;
  if (!row) return null;
  if (row.crashes < MAX_CRASHES) return row;
  await failArchive(
    row,
    `The worker ended ${row.crashes} times in a row while it built this archive; it is not tried again.`,
  );
  return null;
}

/** Writes how far an attempt is. False when it must stop: cancelled, or another attempt has taken over. */
export async function saveProgress(
  { id, attempt }: ArchiveAttempt,
  progress: Progress,
): Promise<boolean> {
  const rows = await sql`
    update archives set ${
    sql(progress as unknown as Record<string, number>)
  }, beat_at = now(),
      progress_at = case when bytes_done < ${progress.bytes_done} or files_done < ${progress.files_done} then now() else progress_at end
    where id = ${id} and attempt = ${attempt} and state in ('running', 'waiting') returning id`;
  return rows.length > 0;
}

/** Whether an attempt may go on. */
export async function mayContinue(
  { id, attempt }: ArchiveAttempt,
): Promise<boolean> {
  const rows =
    await sql`select from archives where id = ${id} and attempt = ${attempt} and state in ('running', 'waiting')`;
  return rows.length > 0;
}

/** Puts an archive back into the queue at once: its worker is stopped, and nothing is wrong with it. */
export async function handOver(
  archive: ArchiveAttempt,
  reason: string,
): Promise<void> {
  await sql.begin(async (tx) => {
    if (await release(tx, archive, { reason, fault: false })) {
      await enqueueArchive(tx, archive.id);
    }
  });
}

/** Puts an archive back, for the next try of its job to go on. An error of our own ended the attempt: that counts like a crash. */
export async function releaseArchive(
  archive: ArchiveAttempt,
  reason: string,
): Promise<void> {
  await release(sql, archive, { reason, fault: true });
}

/** False when the archive is no longer the attempt's. */
async function release(
  tx: Sql,
  { id, attempt }: ArchiveAttempt,
  { reason, fault }: { reason: string; fault: boolean },
): Promise<boolean> {
  const rows = await tx`
    update archives set state = 'queued', reason = ${reason}, rate = null, beat_at = now(),
      crashes = case when files_done > files_at_start then 0 else crashes end + ${
    fault ? 1 : 0
  }
    where id = ${id} and attempt = ${attempt} and state in ('running', 'waiting') returning id`;
  return rows.length > 0;
}

/**
 * Marks the file as complete. False when the attempt no longer counts: the caller deletes what it wrote.
 *
 * @param publish Puts the file in its place; called while the row is locked, so that no later attempt can begin in between.
 */
export function finishArchive(
  { id, attempt }: ArchiveAttempt,
  result: FinishedArchive,
  publish: () => Promise<void>,
): Promise<boolean> {
  const state = result.missing > 0 ? "partial" : "ready";
  return sql.begin(async (tx) => {
    const { archive_ttl_hours } = await getLimits(tx);
    const rows = await tx`
      update archives set state = ${state}, reason = ${result.reason}, size = ${result.size}, sha256 = ${result.sha256},
        missing = ${result.missing}, files_done = ${result.files_total}, files_total = ${result.files_total},
        bytes_done = ${result.bytes_total}, bytes_total = ${result.bytes_total}, rate = null, crashes = 0,
        no_space_at = null,
        finished_at = now(), expires_at = now() + make_interval(hours => ${archive_ttl_hours})
      where id = ${id} and attempt = ${attempt} and state in ('running', 'waiting') returning id`;
    if (rows.length === 0) return false;
    await publish();
    await tx`delete from archive_plans where archive_id = ${id}`;
    await audit({
      action: "archive_end",
      target: `archive:${id}`,
      outcome: state,
      detail: { size: result.size, missing: result.missing },
    }, tx);
    await tellOwners(tx, id);
    return true;
  });
}

/** Lets an archive wait until the volume has room for it; what it has written is gone. The sweeper begins it again. */
export async function parkArchive(
  { id, attempt }: ArchiveAttempt,
): Promise<void> {
  await sql`
    update archives set state = 'waiting', rate = null, no_space_at = now(), beat_at = now(),
      files_done = 0, bytes_done = 0, files_at_start = 0,
      reason = 'The volume of archives is full. It is begun again by itself when there is room.'
    where id = ${id} and attempt = ${attempt} and state in ('running', 'waiting')`;
}

/** Ends an archive that cannot be built, with the reason in words. */
export async function failArchive(
  { id, attempt }: Pick<ArchiveAttempt, "id" | "attempt">,
  reason: string,
): Promise<void> {
  await sql.begin(async (tx) => {
    const rows = await tx`
      update archives set state = 'failed', reason = ${reason}, rate = null, no_space_at = null, finished_at = now()
      where id = ${id} and attempt = ${attempt} and state in ${
      tx(UNFINISHED)
    } returning id`;
    if (rows.length === 0) return;
    await audit({
      action: "archive_end",
      target: `archive:${id}`,
      outcome: "failed",
      detail: { reason },
    }, tx);
    await tellOwners(tx, id);
  });
}

async function tellOwners(tx: Sql, archiveId: string): Promise<void> {
  const owners = await tx<{ id: string }[]>`
    select id from downloads
    where archive_id = ${archiveId} and cancelled_at is null and created_at < now() - make_interval(secs => ${TELL_AFTER_S})`;
  for (const { id } of owners) {
    await addJob(tx, "send_download_end", { download_id: id });
  }
}

/** Name by which the queue knows the job of an archive. */
export function jobKey(id: string): string {
  return `archive:${id}`;
}

/** Where the finished file of an archive lies. */
export function archivePath(id: string): string {
  return `${config.ARCHIVE_DIR}/${id}.zip`;
}
