import { sql } from "./sql.ts";

/** What an admin wants to see first. */
export interface Overview {
  /** Applicants who wait for a decision, and since when the first of them. */
  pending: number;
  pending_since: Date | null;
  users: number;
  /** Downloads that are not finished, and those that failed within a day. */
  unfinished: number;
  failed: number;
  runs: number;
  unreadable: number;
  /** End of the last good pass of the sync. */
  synced_at: Date | null;
  /** Jobs of every kind that wait or run, and those that failed at least once. */
  jobs: number;
  failing_jobs: number;
  /** Pools of workers that have beaten lately. */
  workers: number;
}

/** Counts for the first page of the administration. */
export async function getOverview(): Promise<Overview> {
  const [overview] = await sql<[Overview]>`
    select
      (select count(*) from users where state = 'pending') as pending,
      (select min(verified_at) from users where state = 'pending') as pending_since,
      (select count(*) from users where state = 'approved') as users,
      (select count(*) from archives where state in ('queued', 'running', 'waiting')) as unfinished,
      (select count(*) from archives where state = 'failed' and finished_at > now() - interval '1 day') as failed,
      (select count(*) from runs where hidden_at is null) as runs,
      (select count(*) from unreadable_documents) as unreadable,
      (select max(finished_at) from sync_passes where error is null) as synced_at,
      (select count(*) from graphile_worker.jobs) as jobs,
      (select count(*) from graphile_worker.jobs where last_error is not null) as failing_jobs,
      (select count(*) from worker_pools where beat_at > now() - interval '15 seconds') as workers`;
  return overview;
}
