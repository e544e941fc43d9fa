import { sql } from "./sql.ts";

/** One number for a monitor. */
export interface Metric {
  /** Prometheus name, unit included. */
  name: string;
  help: string;
  /** Label and value, for metrics that are counted by something. */
  label?: [string, string];
  value: number;
}

interface Counts {
  runs: number;
  unreadable: number;
  sync_age: number | null;
  jobs_waiting: number;
  jobs_running: number;
  jobs_failed: number;
  oldest_job: number | null;
  workers: number;
  archive_bytes: number;
}

/** What an operator's monitor wants to know, counted in Postgres just now. */
export async function readMetrics(): Promise<Metric[]> {
  const [[n], archives] = await Promise.all([
    sql<[Counts]>`
      select (select count(*)::int from runs where hidden_at is null) as runs,
        (select count(*)::int from unreadable_documents) as unreadable,
        (select extract(epoch from now() - max(finished_at)) from sync_passes)::float8 as sync_age,
        (select count(*)::int from graphile_worker.jobs where locked_at is null and attempts < max_attempts) as jobs_waiting,
        (select count(*)::int from graphile_worker.jobs where locked_at is not null) as jobs_running,
        (select count(*)::int from graphile_worker.jobs where attempts >= max_attempts and locked_at is null) as jobs_failed,
        (select extract(epoch from now() - min(run_at)) from graphile_worker.jobs
          where locked_at is null and attempts < max_attempts and run_at < now())::float8 as oldest_job,
        (select count(*)::int from worker_pools where beat_at > now() - interval '15 seconds') as workers,
        (select coalesce(sum(size), 0) from archives where state in ('ready', 'partial'))::bigint as archive_bytes`,
    sql<{ state: string; count: number }[]>`
      select state, count(*)::int as count from archives group by state order by state`,
  ]);
  const metric = (name: string, help: string, value: number): Metric => ({
    name: `mgkdb_${name}`,
    help,
    value,
  });
  return [
    metric("runs", "Runs in the catalogue", n.runs),
    metric(
      "unreadable_documents",
      "Documents of the source that cannot be shown",
      n.unreadable,
    ),
    metric(
      "sync_age_seconds",
      "Time since the last finished sync",
      n.sync_age ?? NaN,
    ),
    metric("jobs_waiting", "Jobs that wait for a worker", n.jobs_waiting),
    metric("jobs_running", "Jobs at work", n.jobs_running),
    metric("jobs_failed", "Jobs without attempts left", n.jobs_failed),
    metric(
      "oldest_job_seconds",
      "How long the oldest due job has waited",
      n.oldest_job ?? 0,
    ),
    metric("worker_pools", "Live pools of workers", n.workers),
    metric("archive_bytes", "Size of all finished archives", n.archive_bytes),
    ...archives.map(({ state, count }): Metric => ({
      ...metric("archives", "Archives by state", count),
      label: ["state", state],
    })),
  ];
}
