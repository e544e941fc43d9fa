/**
 * `deno task bench:archive [--quick] [set ...]`: builds archives of GridFS files on a mongod of its own, against Python doing the same,
 * and prints a table in Markdown. Every file of every archive is compared with what was stored. Needs python3 with pip and 35 GB.
 */
import { MongoClient } from "mongodb";
import { fileURLToPath } from "node:url";
import { startMongod } from "../../db/embedded/mongod.ts";
import { fill, type StoredSet } from "./fill.ts";
import { type BenchSet, benchSets, type Way } from "./sets.ts";
import { type Measured, table } from "./table.ts";

const BIN_DIR = fileURLToPath(new URL("../../data/bin", import.meta.url));
const HERE = fileURLToPath(new URL(".", import.meta.url));
const WAYS: Way[] = ["ours", "read", "one_step", "one_step_sha", "two_steps"];
const ROUND_TRIP_MS = 20;
const DATABASE = "bench";
/** As compose.yaml starts the worker. */
const WORKER_ENV = {
  DENO_V8_FLAGS: "--max-semi-space-size=8,--heap-growing-percent=60",
};

const wantedSets = Deno.args.filter((arg) => !arg.startsWith("--"));
const quick = Deno.args.includes("--quick");
const every = benchSets({ quick });
const sets = every
  .filter(({ key }) => wantedSets.length === 0 || wantedSets.includes(key));

const folder = await Deno.makeTempDir({ prefix: "mgkdb-bench-" });
const mongod = await startMongod({
  dataDir: folder,
  binDir: BIN_DIR,
  log: console.error,
});
const line = await startLine(mongod.port);
try {
  const python = await pythonPath();
  await store();
  const measured: Measured[] = [];
  for (const set of sets) {
    for (const way of WAYS.filter((way) => !set.without?.includes(way))) {
      measured.push(await measure(set, way, python));
    }
  }
  console.log(table(sets, measured));
} finally {
  line.process.kill("SIGTERM");
  await mongod.stop();
  await Deno.remove(folder, { recursive: true });
}

/** Stores all files and writes down what they are. */
async function store(): Promise<void> {
  const client = await new MongoClient(mongod.url).connect();
  const stored = new Map<string, StoredSet>();
  for (const set of sets) {
    const key = set.files_of ?? set.key;
    const own = stored.get(key) ??
      await fill(client.db(DATABASE), every.find((set) => set.key === key)!);
    stored.set(key, own);
    const runs = set.runs.map((_, i) => ({
      folder: `run_${i}`,
      files: own.runs[i % own.runs.length]!.files,
    }));
    await Deno.writeTextFile(setPath(set), JSON.stringify({ runs }));
  }
  await client.db("admin").command({ fsync: 1 });
  await client.close();
}

async function measure(
  set: BenchSet,
  way: Way,
  python: string,
): Promise<Measured> {
  const archive = `${folder}/archive.zip`;
  const url = set.slow_line
    ? mongod.url.replace(String(mongod.port), String(line.port))
    : mongod.url;
  const args = [way, url, DATABASE, setPath(set), archive];
  // What was written before, the archive of the last contender too, is not for this one to wait for.
  await output("sync", []);
  const isOurs = way === "ours" || way === "read";
  const result = isOurs
    ? await output(Deno.execPath(), [
      ...["run", "-A", "--no-check", `${HERE}contender.ts`],
      ...args,
    ], WORKER_ENV)
    : await output("python3", [`${HERE}contender.py`, ...args], {
      PYTHONPATH: python,
    });
  const measured = { ...JSON.parse(result), set: set.key, way } as Measured;
  if (measured.missing > 0) throw new Error(`${set.key} ${way}: files missing`);
  if (way !== "read") {
    await output("python3", [`${HERE}check_archive.py`, archive, setPath(set)]);
    await Deno.remove(archive);
  }
  const { seconds, cpu_s, rss_mb } = measured;
  console.error(
    `${set.key} ${way}: ${seconds.toFixed(2)} s, CPU ${
      cpu_s.toFixed(1)
    } s, ${rss_mb} MB`,
  );
  return measured;
}

function setPath(set: BenchSet): string {
  return `${folder}/${set.key}.json`;
}

/** Fetches pymongo for the comparison. -> folder for PYTHONPATH */
async function pythonPath(): Promise<string> {
  const target = `${folder}/python`;
  await output("python3", [
    ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
    ...["--root-user-action=ignore", "--target", target, "pymongo==4.10.1"],
  ]);
  return target;
}

async function startLine(
  port: number,
): Promise<{ process: Deno.ChildProcess; port: number }> {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", `${HERE}slow_line.ts`],
      ...[String(port), String(ROUND_TRIP_MS)],
    ],
    stdout: "piped",
  }).spawn();
  const reader = process.stdout.getReader();
  const { value } = await reader.read();
  return { process, port: Number(new TextDecoder().decode(value)) };
}

async function output(
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    env,
  }).output();
  const [out, err] = [stdout, stderr].map((b) => new TextDecoder().decode(b));
  if (!success) throw new Error(`${program} ${args.join(" ")}: ${err}`);
  return out!;
}
