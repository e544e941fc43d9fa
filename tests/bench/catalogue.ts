/**
 * `deno task bench [--quick]`: fills catalogues of 27,000 and (unless quick) 1,000,000 runs on a Postgres of its own, asks the app for
 * pages, and prints a table in Markdown, and meanwhile what it is doing. Needs 3 GB of disk and five minutes.
 */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { startPostgres } from "../../db/embedded/postgres.ts";
import type { Measured } from "./catalogue/measure_scenario.ts";

/** What the large one keeps of each run is smaller, since only its rows are searched. */
const SIZES = [
  { runs: 27_000, detail_bytes: 2_700, inputs: 60 },
  { runs: 1_000_000, detail_bytes: 64, inputs: 30 },
];
const MEASURE = new URL("./catalogue/measure.ts", import.meta.url).href;
/** What a plain container of Postgres has. */
const SETTINGS = { shared_buffers: "128MB", max_wal_size: "2GB" };

const sizes = Deno.args.includes("--quick") ? SIZES.slice(0, 1) : SIZES;
const dataDir = await Deno.makeTempDir({ prefix: "mgkdb-bench-" });
// Root's Postgres runs as another user, who must be able to enter.
await Deno.chmod(dataDir, 0o755);
const server = await startPostgres({
  dataDir,
  log: console.error,
  settings: SETTINGS,
});
try {
  console.log(
    "| runs | what | p50 ms | p95 ms | bare SQL ms | p50 / bare |\n|---:|---|---:|---:|---:|---:|",
  );
  for (const size of sizes) {
    for await (const line of measure(Object.values(size))) {
      console.log(row(size.runs, line));
    }
  }
} finally {
  await server.stop();
  await Deno.remove(dataDir, { recursive: true });
}

/** What the child has measured, as soon as it has. */
async function* measure(args: number[]): AsyncGenerator<Measured> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MEASURE, ...args.map(String)],
    env: { DATABASE_URL: await database(args[0]!) },
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  for await (
    const line of createInterface(Readable.fromWeb(child.stdout as never))
  ) {
    yield JSON.parse(line);
  }
  const { success } = await child.status;
  if (!success) throw new Error(`The catalogue of ${args[0]} runs failed`);
}

async function database(runs: number): Promise<string> {
  const { default: postgres } = await import("postgres");
  const sql = postgres(server.url, { max: 1 });
  await sql`create database ${sql(`bench_${runs}`)}`;
  await sql.end();
  return Object.assign(new URL(server.url), { pathname: `/bench_${runs}` })
    .href;
}

function row(runs: number, { title, p50, p95, bare }: Measured): string {
  const cells = [
    runs.toLocaleString("en-GB"),
    title,
    p50.toFixed(1),
    p95.toFixed(1),
    bare === null ? "" : bare.toFixed(1),
    bare === null ? "" : `${(p50 / bare).toFixed(1)} x`,
  ];
  return `| ${cells.join(" | ")} |`;
}
