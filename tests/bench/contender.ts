/**
 * One contender of the bench, as a process of its own: builds the archive of a set as the worker does, or only reads its files.
 *
 *     deno run -A tests/bench/contender.ts ours|read MONGO_URL DATABASE SET.json ARCHIVE
 *
 * Prints a line of JSON: seconds, CPU seconds, the peak of resident memory in MB and how many files were missing.
 */
import { type Db, MongoClient, ObjectId } from "mongodb";
import process from "node:process";
import { bulkChunks } from "../../db/source/bulk_chunks.ts";
import { listFiles, type StoredFile } from "../../db/source/gridfs.ts";
import { readFiles } from "../../db/source/gridfs_reader.ts";
import { requestsAhead } from "../../db/source/round_trip.ts";
import {
  ArchivePlanner,
  fileReference,
  type PlannedRun,
} from "../../jobs/archive/plan.ts";
import { packRuns, unpackRuns } from "../../jobs/archive/plan_portion.ts";
import { writeArchive } from "../../jobs/archive/write_archive.ts";
import type { StoredSet } from "./fill.ts";

const [way, url, database, setPath, archivePath] = Deno.args as [
  string,
  string,
  string,
  string,
  string,
];
const RUNS_PER_QUERY = 200;
const set: StoredSet = JSON.parse(await Deno.readTextFile(setPath));
const client = await new MongoClient(url, {
  retryReads: false,
  maxPoolSize: 10,
}).connect();
const db = client.db(database);
await db.command({ ping: 1 });

const begin = performance.now();
const cpuBefore = process.cpuUsage();
const missing = way === "ours" ? await build(db) : await read(db);
const seconds = (performance.now() - begin) / 1000;
const cpu = process.cpuUsage(cpuBefore);
console.log(JSON.stringify({
  seconds,
  cpu_s: (cpu.user + cpu.system) / 1e6,
  rss_mb: peakMb(),
  missing,
}));
await client.close();

async function build(db: Db): Promise<number> {
  const { missing } = await writeArchive({
    db,
    path: archivePath,
    runs: unpacked(await planned(db)),
    contents: async function* () {},
    compress: true,
    resumable: true,
  });
  return missing;
}

/** As the job plans: some runs at a time, and kept packed. */
async function planned(db: Db): Promise<Uint8Array[]> {
  const planner = new ArchivePlanner();
  const portions: Uint8Array[] = [];
  for (let n = 0; set.runs.length > 0; n += RUNS_PER_QUERY) {
    const batch = set.runs.splice(0, RUNS_PER_QUERY);
    const rows = await listFiles(db, idsOf(batch));
    const runs = batch.map(({ folder, files }, i) => {
      const source_id = String(n + i).padStart(24, "0");
      const references = files.map(({ id, name }) =>
        fileReference("files", name, new ObjectId(id))
      );
      const run = { source_id, folder_path: folder, suffix: "", references };
      return planner.plan({ ...run, plots: [], summary: false }, rows);
    });
    portions.push(await packRuns(runs));
  }
  return portions;
}

async function* unpacked(portions: Uint8Array[]): AsyncGenerator<PlannedRun> {
  for (const portion of portions) yield* await unpackRuns(portion);
}

async function read(db: Db): Promise<number> {
  const ids = idsOf(set.runs);
  const rows = await listFiles(db, ids);
  const files: StoredFile[] = [];
  for (const id of ids) {
    const row = rows.get(id);
    if (row?.ok) files.push(row.file);
  }
  let damaged = 0;
  const chunks = bulkChunks(db);
  const ahead = await requestsAhead(db);
  const options = { chunks, ahead, release: true };
  for await (const outcome of readFiles(db, files, options)) {
    if (outcome.kind === "damaged") damaged++;
    if (outcome.kind !== "ranges") continue;
    for await (const _ of outcome.ranges);
  }
  chunks.close();
  return damaged;
}

function idsOf(runs: StoredSet["runs"]): string[] {
  return runs.flatMap(({ files }) => files.map(({ id }) => id));
}

/** The most memory this process ever had. */
function peakMb(): number {
  const status = Deno.readTextFileSync("/proc/self/status");
  const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(status)![1]);
  return Math.round(kilobytes * 1024 / 1e6);
}
