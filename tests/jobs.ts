import { Logger, runOnce } from "graphile-worker";
import { config } from "../config.ts";
import type { JobName } from "../db/queue.ts";
import { sql } from "../db/sql.ts";
import { tasks } from "../jobs/tasks.ts";
import { taskList } from "../jobs/worker.ts";

/**
 * Runs the waiting jobs of this file's database, and those that they add, through the real queue; all of them unless `names` are given.
 *
 * @throws {Error} with what went wrong when a job failed, unless `failures` are expected.
 */
export async function runJobs(
  { names = Object.keys(tasks) as JobName[], failures = false }: {
    names?: JobName[];
    failures?: boolean;
  } = {},
): Promise<void> {
  await runOnce({
    connectionString: config.DATABASE_URL,
    concurrency: 2,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    taskList: taskList(names),
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
  const failed = await sql<
    { task_identifier: string; last_error: string }[]
  >`select task_identifier, last_error from graphile_worker.jobs where last_error is not null`;
  if (failed.length > 0 && !failures) {
    throw new Error(
      failed.map((j) => `${j.task_identifier}: ${j.last_error}`).join("\n"),
    );
  }
}
