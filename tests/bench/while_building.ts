/**
 * `deno task bench:building`: what a reader of pages notices while the same process builds an archive (ROLE=all): times of pages and
 * lag of the event loop, idle and meanwhile. The reader and both databases share the machine's cores with the archive.
 */
import {
  config,
  downloads,
  faults,
  make,
  setup,
  sql,
} from "../faults/world.ts";
import { AppProcess } from "../app_process.ts";
import { noise } from "../noise.ts";

// They read the address of the database, which the world sets.
const { createSession } = await import("../../db/sessions.ts");
const { makeRun } = await import("../make_run.ts");
const { makeStoredRun } = await import("../make_stored_run.ts");

const FILES = 40;
const FILE_BYTES = 100_000_000;
const RUNS = 400;
const IDLE_MS = 15_000;
/** A reader has 1,200 pages a minute. */
const PAUSE_MS = 50;

interface Times {
  page: number[];
  lag: number[];
}

setup.test("pages while an archive is built", async () => {
  const content = noise(FILE_BYTES);
  const run = await makeStoredRun({
    files: Object.fromEntries(
      Array.from({ length: FILES }, (_, n) => [`field_${n}`, content]),
    ),
  });
  for (let n = 0; n < RUNS; n++) await makeRun({ ky: 0.1 + n / RUNS });
  const user = await make.makeUser();
  const sid = await createSession(sql, user, { ip: null, userAgent: "bench" });
  const lagFile = await Deno.makeTempFile();
  const app = await AppProcess.start({
    DATABASE_URL: config.DATABASE_URL!,
    MONGO_URL: Deno.env.get("TEST_MONGO_URL")!,
    MONGO_DB: config.MONGO_DB,
    ARCHIVE_DIR: config.ARCHIVE_DIR,
    SECRET_KEY: config.SECRET_KEY!,
    ADMIN_EMAILS: "admin@example.org",
    LAG_FILE: lagFile,
  }, new URL("lag_probe.ts", import.meta.url));
  try {
    const read = (until: () => Promise<boolean>) =>
      watch({ base: app.base, sid, lagFile, until });
    await read(after(2000));
    const idle = await read(after(IDLE_MS));
    const { id } = await faults.ask(user, [run]);
    const building = await read(async () => {
      const { state } = (await downloads.getDownload(user.id, id))!;
      if (state === "failed") throw new Error("The archive failed");
      return state === "ready";
    });
    print(idle, building);
  } finally {
    await app.stop();
    await Deno.remove(lagFile);
  }
});

/** Reads the search and the list of downloads in turn, until told. */
async function watch(
  { base, sid, lagFile, until }: {
    base: string;
    sid: string;
    lagFile: string;
    until: () => Promise<boolean>;
  },
): Promise<Times> {
  await Deno.writeTextFile(lagFile, "");
  const page: number[] = [];
  for (let n = 0; !await until(); n++) {
    const begin = performance.now();
    const answer = await fetch(`${base}${n % 2 ? "/runs" : "/downloads"}`, {
      headers: { Cookie: `sid=${sid}` },
    });
    await answer.text();
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    page.push(performance.now() - begin);
    await new Promise((done) => setTimeout(done, PAUSE_MS));
  }
  const lines = (await Deno.readTextFile(lagFile)).trim().split("\n");
  return { page, lag: lines.map(Number) };
}

function after(ms: number): () => Promise<boolean> {
  const end = Date.now() + ms;
  return () => Promise.resolve(Date.now() > end);
}

function print(idle: Times, building: Times): void {
  console.log("| | p50 ms | p95 ms | p99 ms | count |\n|---|--:|--:|--:|--:|");
  const rows = {
    "page, idle": idle.page,
    "page, while an archive is built": building.page,
  };
  const lags = {
    "lag, idle": idle.lag,
    "lag, while an archive is built": building.lag,
  };
  for (const [what, times] of Object.entries({ ...rows, ...lags })) {
    const at = [0.5, 0.95, 0.99].map((q) => quantile(times, q).toFixed(1));
    console.log(`| ${what} | ${at.join(" | ")} | ${times.length} |`);
  }
}

function quantile(values: number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
}
