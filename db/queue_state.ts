import type { Download } from "./downloads.ts";
import { downloadColumns, downloadsJoined } from "./downloads.ts";
import { sql } from "./sql.ts";

const ROWS = 100;

/** A download as an admin sees it: whose it is, and what the queue says of its job. */
export interface AdminDownload extends Download {
  email: string;
  /** Starts of the job so far. */
  attempt: number;
  crashes: number;
  beat_at: Date | null;
  last_error: string | null;
}

/** A job of the queue, archives aside. */
export interface QueueJob {
  id: number;
  name: string;
  attempts: number;
  max_attempts: number;
  run_at: Date;
  locked_at: Date | null;
  last_error: string | null;
}

/** Counts of the last day and of now. */
export interface QueueCounts {
  running: number;
  queued: number;
  failed: number;
  /** Written by archives that ended within a day. */
  bytes: number;
  /** Since when the oldest queued archive waits. */
  oldest: Date | null;
}

/** Downloads of everybody, unfinished ones first, then the latest. */
export function listAllDownloads(): Promise<AdminDownload[]> {
  return sql<AdminDownload[]>`
    select ${downloadColumns}, users.email, archives.attempt, archives.crashes, archives.beat_at, jobs.last_error
    from ${downloadsJoined} join users on users.id = downloads.user_id
      left join graphile_worker.jobs on jobs.key = 'archive:' || archives.id
    order by downloads.finished_at is not null, downloads.created_at desc limit ${ROWS}`;
}

/** Jobs that wait or run, those that failed first. */
export function listJobs(): Promise<QueueJob[]> {
  return sql<QueueJob[]>`
    select id, task_identifier as name, attempts, max_attempts, run_at, locked_at, last_error
    from graphile_worker.jobs where task_identifier <> 'build_archive'
    order by last_error is null, run_at limit ${ROWS}`;
}

/** What the queue of archives looks like. */
export async function countQueue(): Promise<QueueCounts> {
  const [counts] = await sql<[QueueCounts]>`
    select
      count(*) filter (where state in ('running', 'waiting')) as running,
      count(*) filter (where state = 'queued') as queued,
      count(*) filter (where state = 'failed' and finished_at > now() - interval '1 day') as failed,
      coalesce(sum(size) filter (where finished_at > now() - interval '1 day'), 0)::bigint as bytes,
      min(created_at) filter (where state = 'queued') as oldest
    from archives`;
  return counts;
}

/** Lets a waiting or given-up job run at once, with all its attempts. False when it runs already or is gone. */
export async function retryJob(id: number): Promise<boolean> {
  const rows = await sql`
    select 1 from graphile_worker.reschedule_jobs(array[${id}::bigint], run_at => now(), attempts => 0)`;
  return rows.length > 0;
}

/** Takes a job out of the queue. False when it runs or is gone. */
export async function removeJob(id: number): Promise<boolean> {
  const rows =
    await sql`select 1 from graphile_worker.complete_jobs(array[${id}::bigint])`;
  return rows.length > 0;
}
