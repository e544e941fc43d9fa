import {
  Logger,
  type ParsedCronItem,
  run,
  type Runner,
  type TaskList,
  type WorkerPool,
} from "graphile-worker";
import { EventEmitter } from "node:events";
import pg from "pg";
import { config } from "../config.ts";
import { getLimits } from "../db/limits.ts";
import { addJob, type JobName, jobs } from "../db/queue.ts";
import { sql } from "../db/sql.ts";
import { beat, BEAT_S, endBeat, reap } from "../db/workers.ts";
import { schedule } from "./schedule.ts";
import { type JobContext, tasks } from "./tasks.ts";

/** Jobs other than archives that one process runs at once. */
const LIGHT_CONCURRENCY = 4;
const POLL_MS = 1000;
const QUEUE_CONNECTIONS = 8;
/** Time between two looks at how many archives may be built at once. */
const RESIZE_MS = 5000;

/** A running set of workers. */
export interface Workers {
  /** Resolves when the workers have ended; rejects when the queue was lost. */
  ended: Promise<void>;
  /** Lets running jobs stop at their next safe point, then ends. */
  stop(): Promise<void>;
}

/** Starts the workers: one runner for light jobs and the clock, one for archives, so that a long archive holds up no mail. */
export async function startWorkers(): Promise<Workers> {
  const pool = new pg.Pool({
    connectionString: config.DATABASE_URL,
    max: QUEUE_CONNECTIONS,
    application_name: "mgkdb-queue",
  });
  const lost = (error: Error) =>
    log("error", "queue connection lost", error.message);
  pool.on("error", lost);
  // A connection in use reports its loss itself, not through the pool.
  pool.on("connect", (client) => client.on("error", lost));
  const light = (Object.keys(tasks) as JobName[]).filter((name) =>
    name !== "build_archive"
  );
  const runners = [
    await startRunner(pool, light, LIGHT_CONCURRENCY, schedule()),
    await startArchiveRunner(pool),
  ];
  await addJob(sql, "sync_catalogue", { pass: "new" }, {
    key: "sync_catalogue:new",
  });
  return {
    ended: Promise.all(runners.map((r) => r.ended)).then(() => {}),
    async stop() {
      await Promise.allSettled(runners.map((r) => r.stop()));
      await pool.end();
    },
  };
}

async function startRunner(
  pgPool: pg.Pool,
  names: JobName[],
  concurrency: number,
  cron: ParsedCronItem[],
) {
  const events = new EventEmitter();
  const pools: WorkerPool[] = [];
  events.on("pool:create", ({ workerPool }: { workerPool: WorkerPool }) => {
    pools.push(workerPool);
    beat(idOf(workerPool)).catch(logFailure);
  });
  const runner: Runner = await run({
    pgPool,
    concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: queueLogger(),
    events: events as never,
    taskList: taskList(names),
    parsedCronItems: cron,
    // The default batches ends of jobs and forgets them when stopped in between (security.md, finding 1).
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
  const timer = setInterval(
    () => keepAlive(pools.map(idOf)).catch(logFailure),
    BEAT_S * 1000,
  );
  async function stop() {
    clearInterval(timer);
    await runner.stop();
    await Promise.allSettled(pools.map((p) => endBeat(idOf(p))));
  }
  return { ended: runner.promise as Promise<void>, stop };
}

/** The runner of archives: started anew, its archives going on where they were, when an administrator changes how many it builds at once. */
async function startArchiveRunner(pool: pg.Pool) {
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  let { worker_archives: count } = await getLimits();
  let current = await start(count);
  let resizing = Promise.resolve();
  const timer = setInterval(() => {
    resizing = resizing.then(resize).catch(logFailure);
  }, RESIZE_MS);

  async function start(concurrency: number) {
    const started = await startRunner(pool, ["build_archive"], concurrency, []);
    started.ended.catch(reject);
    return started;
  }
  async function resize() {
    const { worker_archives: wanted } = await getLimits();
    if (wanted === count) return;
    count = wanted;
    try {
      await current.stop();
      current = await start(wanted);
    } catch (error) {
      // Without a runner nothing would be built any more: the process ends and is started again.
      reject(error);
    }
  }
  async function stop() {
    clearInterval(timer);
    await resizing;
    await current.stop();
    resolve();
  }
  return { ended, stop };
}

/** The id that the queue writes into `locked_by`. */
function idOf(pool: WorkerPool): string {
  return (pool as WorkerPool & { id: string }).id;
}

async function keepAlive(ids: string[]): Promise<void> {
  for (const id of ids) await beat(id);
  const dead = await reap();
  if (dead.length > 0) {
    log("warn", "jobs of ended workers freed", dead.join(" "));
  }
}

/** What the queue runs for each of these jobs. */
export function taskList(names: JobName[]): TaskList {
  return Object.fromEntries(names.map((name) => [name, handlerOf(name)]));
}

/** Parses the payload before the job sees it, and hands over the signal that asks it to stop. */
function handlerOf(name: JobName) {
  return async function handler(
    payload: unknown,
    helpers: {
      job: { attempts: number; max_attempts: number; id: string };
      abortSignal?: AbortSignal;
    },
  ) {
    const context: JobContext = {
      id: helpers.job.id,
      signal: helpers.abortSignal ?? new AbortController().signal,
      attempt: helpers.job.attempts,
      lastAttempt: helpers.job.attempts >= helpers.job.max_attempts,
    };
    const task = tasks[name] as (
      payload: unknown,
      context: JobContext,
    ) => Promise<void>;
    await task(jobs[name].parse(payload), context);
  };
}

function queueLogger(): Logger {
  return new Logger(() => (level, message) => {
    if (level === "error" || level === "warning") log(level, message);
  });
}

function logFailure(error: unknown): void {
  log(
    "error",
    "worker",
    error instanceof Error ? error.message : String(error),
  );
}

function log(level: string, message: string, detail?: string): void {
  console.error(
    JSON.stringify({ at: new Date().toISOString(), level, message, detail }),
  );
}
