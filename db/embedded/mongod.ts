import {
  type Child,
  endsWithin,
  howItEnded,
  startChild,
  type StopStep,
} from "./child.ts";
import { readIfThere } from "./files.ts";
import type { Log } from "./log.ts";
import { type Machine, mongodBinary, thisMachine } from "./mongod_binary.ts";
import { endOrphan } from "./orphan.ts";
import { freePort } from "./ports.ts";
import type { Service } from "./service.ts";
import { openWire } from "./wire.ts";

const POLL_MS = 30;
const READY_WITHIN_MS = 120_000;
const LIBRARY_MISSING = 127;
const STOP_STEPS: StopStep[] = [
  { signal: "SIGTERM", waitMs: 15_000 },
  { signal: "SIGKILL", waitMs: 5_000 },
];

/**
 * Starts the embedded MongoDB with its data below `dataDir`, on `port` or a free one, on 127.0.0.1 only.
 *
 * A mongod that a killed start has left behind is ended first. The caller holds the lock of `dataDir`.
 *
 * @throws {Error} in words when there is no mongod to be had, or with its own last line when it does not start.
 */
export async function startMongod(
  {
    dataDir,
    binDir = `${dataDir}/bin`,
    log,
    port = freePort(),
    machine = thisMachine(),
  }: {
    /** An absolute path. */
    dataDir: string;
    /** Where a fetched mongod is kept. */
    binDir?: string;
    log: Log;
    port?: number;
    machine?: Machine;
  },
): Promise<Service> {
  const dbPath = `${dataDir}/mongodb`;
  await Deno.mkdir(dbPath, { recursive: true, mode: 0o700 });
  await endStale(dbPath, log);
  const child = await startChild({
    command: await mongodBinary({ binDir, log, machine }),
    args: flags(dbPath, port),
    logFile: `${dataDir}/logs/mongod.log`,
    dieWith: "SIGTERM",
  });
  const url = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  try {
    await waitUntilReady(url, child);
  } catch (error) {
    await child.stop(STOP_STEPS);
    throw error;
  }
  return {
    name: "MongoDB",
    url,
    port,
    pid: child.pid,
    exited: child.exited.then(howItEnded),
    stop: () => child.stop(STOP_STEPS),
  };
}

function flags(dbPath: string, port: number): string[] {
  return [
    ...["--dbpath", dbPath, "--port", String(port), "--bind_ip", "127.0.0.1"],
    ...["--wiredTigerCacheSizeGB", "0.25", "--nounixsocket", "--quiet"],
    ...["--setParameter", "diagnosticDataCollectionEnabled=false"],
  ];
}

/** mongod writes its process id into its lock file, and empties it when it ends in good order. */
async function endStale(dbPath: string, log: Log): Promise<void> {
  const pid = Number(await readIfThere(`${dbPath}/mongod.lock`));
  if (!pid) return;
  const ended = await endOrphan({
    pid,
    words: ["mongod", dbPath],
    name: "MongoDB",
    steps: STOP_STEPS,
    log,
  });
  if (!ended) {
    throw new Error(`mongod of an earlier start (process ${pid}) does not end`);
  }
}

async function waitUntilReady(url: string, child: Child): Promise<void> {
  for (const end = Date.now() + READY_WITHIN_MS;;) {
    if (await answers(url)) return;
    if (await endsWithin(child.exited, POLL_MS)) throw await failure(child);
    if (Date.now() > end) throw new Error("mongod does not answer");
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const wire = await openWire(url);
    try {
      await wire.command("admin", { ping: 1 });
      return true;
    } finally {
      wire.close();
    }
  } catch {
    // Not listening yet, or listening but not answering: the caller asks again.
    return false;
  }
}

async function failure(child: Child): Promise<Error> {
  const status = await child.exited;
  const lines = await child.lastLines();
  if (status.code === LIBRARY_MISSING) {
    return new Error(
      `mongod cannot run here: ${lines.at(-1)} ` +
        "(Debian and Ubuntu: apt install libssl3 libcurl4), or set MONGO_URL",
    );
  }
  if (status.signal === "SIGILL") {
    return new Error(
      "mongod 5 and newer need a processor with AVX, which this one lacks: set MONGO_URL to a MongoDB server",
    );
  }
  return new Error(
    `mongod ${howItEnded(status)} at its start: ${reasonIn(lines)}`,
  );
}

/** mongod logs one JSON object a line, with its severity in `s`; E and F are errors. */
function reasonIn(lines: string[]): string {
  const line = lines.findLast((l) => /"s":"[EF]"/.test(l)) ?? lines.at(-1);
  return line ?? "it wrote nothing";
}
