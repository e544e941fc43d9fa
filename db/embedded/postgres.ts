import { createHash } from "node:crypto";
import { dirname } from "node:path";
import postgres from "postgres";
import {
  type Child,
  endsWithin,
  howItEnded,
  startChild,
  type StopStep,
} from "./child.ts";
import { exists, readIfThere, removeAll } from "./files.ts";
import type { Log } from "./log.ts";
import { endOrphan } from "./orphan.ts";
import { freePort } from "./ports.ts";
import { keptPassword, makeCluster, SUPERUSER } from "./postgres_cluster.ts";
import { type PostgresHome, postgresHome } from "./postgres_home.ts";
import type { Service } from "./service.ts";

const DATABASE = "mgkdb";
const POLL_MS = 30;
/** Replaying the log after a crash takes its time. */
const READY_WITHIN_MS = 120_000;
const OLD_MEMORY_GONE_MS = 10_000;
/** Fast shutdown ends the clients' sessions; immediate shutdown leaves the rest to the next start. */
const STOP_STEPS: StopStep[] = [
  { signal: "SIGINT", waitMs: 15_000 },
  { signal: "SIGQUIT", waitMs: 5_000 },
  { signal: "SIGKILL", waitMs: 5_000 },
];
/** Given at every start, so that a later version may change them in clusters that are already there. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "64MB",
  timezone: "UTC",
  log_timezone: "UTC",
};

/**
 * Starts the embedded Postgres with its data below `dataDir`, on `port` or a free one, and makes the database `mgkdb`.
 *
 * It listens on 127.0.0.1 only and asks for a password, which is kept in `dataDir`. What a killed start has left behind
 * (a living server, a stale pid file) is cleared away first. The caller holds the lock of `dataDir`.
 *
 * @throws {Error} in words, with the server's own last line when it has one.
 */
export async function startPostgres(
  { dataDir, log, port = freePort(), settings = {} }: {
    /** An absolute path. */
    dataDir: string;
    log: Log;
    port?: number;
    /** Server settings beyond, or instead of, the usual ones. */
    settings?: Record<string, string>;
  },
): Promise<Service> {
  await Deno.mkdir(dataDir, { recursive: true });
  const password = await keptPassword(dataDir);
  const home = await postgresHome({ dataDir, owner: markOf(password), log });
  if (await exists(home.cluster)) await clearPidFile(home.cluster, log);
  else await makeCluster(home, password, log);
  const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}`;
  const child = await startUntilReady({ home, dataDir, port, url, settings });
  return {
    name: "Postgres",
    url: `${url}/${DATABASE}`,
    port,
    pid: child.pid,
    exited: child.exited.then(howItEnded),
    stop: () => child.stop(STOP_STEPS),
  };
}

function markOf(password: string): string {
  return createHash("sha256").update(password).digest("hex");
}

/** Ends a server that outlived its launcher, and removes a pid file whose number belongs to somebody else by now. */
async function clearPidFile(cluster: string, log: Log): Promise<void> {
  const path = `${cluster}/postmaster.pid`;
  const pid = Number((await readIfThere(path))?.split("\n")[0]);
  if (!pid) return;
  const ended = await endOrphan({
    pid,
    words: ["postgres", cluster],
    name: "Postgres",
    steps: STOP_STEPS,
    log,
  });
  if (!ended) {
    throw new Error(
      `Postgres of an earlier start (process ${pid}) does not end`,
    );
  }
  await removeAll(path);
}

interface ServerOptions {
  home: PostgresHome;
  dataDir: string;
  port: number;
  settings: Record<string, string>;
}

/** Backends of a killed server hold its shared memory for a moment longer; Postgres refuses to start meanwhile. */
async function startUntilReady(
  { url, ...server }: ServerOptions & { url: string },
): Promise<Child> {
  for (const end = Date.now() + OLD_MEMORY_GONE_MS;;) {
    const child = await startServer(server);
    try {
      await makeDatabase(`${url}/postgres`, child);
      return child;
    } catch (error) {
      await child.stop(STOP_STEPS);
      const lines = await child.lastLines();
      const again = Date.now() < end &&
        lines.some((line) => line.includes("pre-existing shared memory block"));
      if (!again) throw error;
    }
  }
}

async function startServer(
  { home, dataDir, port, settings }: ServerOptions,
): Promise<Child> {
  const flags = Object.entries({ ...SETTINGS, ...settings })
    .flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return await startChild({
    command: `${home.bin}/postgres`,
    args: ["-D", home.cluster, "-p", String(port), ...flags],
    logFile: `${dataDir}/logs/postgres.log`,
    dieWith: "SIGINT",
    uid: home.uid,
    gid: home.gid,
    cwd: dirname(home.cluster),
  });
}

async function makeDatabase(url: string, child: Child): Promise<void> {
  const sql = await connect(url, child);
  try {
    const [found] = await sql`
      select 1 from pg_database where datname = ${DATABASE}`;
    if (!found) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end();
  }
}

/** Tries until the server answers a query; ends early, with its own words, when the process has ended. */
async function connect(url: string, child: Child): Promise<postgres.Sql> {
  for (const end = Date.now() + READY_WITHIN_MS;;) {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    try {
      await sql`select 1`;
      return sql;
    } catch (error) {
      await sql.end();
      if (await endsWithin(child.exited, POLL_MS)) throw await failure(child);
      if (Date.now() > end || isRefusal(error)) {
        throw new Error("Postgres does not answer", { cause: error });
      }
    }
  }
}

/** A wrong password stays wrong, however long one waits. */
function isRefusal(error: unknown): boolean {
  return error instanceof postgres.PostgresError &&
    error.code.startsWith("28");
}

async function failure(child: Child): Promise<Error> {
  const how = howItEnded(await child.exited);
  const lines = await child.lastLines();
  const reason = lines.findLast((line) => /FATAL|PANIC/.test(line)) ??
    lines.at(-1) ?? "";
  return new Error(`Postgres ${how} at its start: ${reason}`);
}
