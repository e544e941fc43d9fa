/**
 * `deno task bench:pages [words of a title]`: how long the server takes for a run's page, what the first visit costs over the wire, and how long a
 * scatter of 4,000 points takes to draw. Prints a table in Markdown. Services and data of its own; under a minute.
 */
import { config } from "../../config.ts";
import { startTestServices } from "../services.ts";
import { benchDocuments } from "./pages/documents.ts";
import { measureBytes, measurePage, quantile } from "./pages/measure.ts";

const SCATTER_POINTS = 4000;
const DRAWINGS = 60;
const GOALS = { page_ms: 30, bytes: 150_000, scatter_ms: 10 };

const services = await startTestServices();
try {
  await run();
} finally {
  await services.stop();
}
Deno.exit(0);

async function run(): Promise<void> {
  Object.assign(config, {
    DATABASE_URL: services.postgresUrl,
    MONGO_URL: services.mongoUrl,
    MONGO_DB: "bench_pages",
    BASE_URL: "http://localhost:8000",
    SECRET_KEY: crypto.randomUUID() + crypto.randomUUID(),
    EMBEDDED: [],
  });
  const { migrate } = await import("../../db/migrate.ts");
  const { sql } = await import("../../db/sql.ts");
  await migrate();
  const pages = await fill();
  const { Browser, makeUser } = await import("../make.ts");
  const browser = await Browser.of(await makeUser());
  console.log(
    "| page | p50 ms | p95 ms | CPU ms | cold kB | goal |\n|---|---:|---:|---:|---:|---|",
  );
  const [wanted = ""] = Deno.args;
  for (const [title, id] of pages.filter(([t]) => t.includes(wanted))) {
    const path = `/runs/${id}`;
    const times = await measurePage(browser, path);
    const bytes = await measureBytes(browser, path);
    const isMet = times.p95 <= GOALS.page_ms && bytes <= GOALS.bytes;
    line(title, times, (bytes / 1000).toFixed(1), isMet);
  }
  const scatter = await drawScatter();
  line(
    `scatter of ${SCATTER_POINTS} points, drawn`,
    scatter,
    "",
    scatter.p95 <= GOALS.scatter_ms,
  );
  const [now] = Deno.loadavg();
  console.log(`\nLoad of the machine: ${now!.toFixed(1)}`);
  await sql.end({ timeout: 1 });
}

function line(
  title: string,
  { p50, p95, cpu }: { p50: number; p95: number; cpu?: number },
  bytes: string,
  isMet: boolean,
): void {
  const cells = [title, p50, p95, cpu ?? ""].map((v) =>
    typeof v === "number" ? v.toFixed(1) : v
  );
  console.log(
    `| ${[...cells, bytes].join(" | ")} | ${isMet ? "met" : "missed"} |`,
  );
}

/** Fills the source and the catalogue. -> the run of each page by its title */
async function fill(): Promise<[string, number][]> {
  const { fromSource } = await import("../../db/source/client.ts");
  const { syncCatalogue } = await import("../../jobs/sync_catalogue.ts");
  const { findFamilies } = await import("../../db/families/find.ts");
  const { getRunId } = await import("../../db/runs/run.ts");
  const { LinearRuns, NonlinRuns, pages } = benchDocuments();
  await fromSource(async (db) => {
    await db.collection("LinearRuns").insertMany(LinearRuns as never[]);
    await db.collection("NonlinRuns").insertMany(NonlinRuns as never[]);
  });
  await syncCatalogue({ pass: "full" });
  await findFamilies();
  return await Promise.all(
    pages.map(async ([title, { _id }]): Promise<[string, number]> => [
      title,
      (await getRunId(String(_id)))!,
    ]),
  );
}

/** Points in two groups of looks, from numbers to the markup of the page. */
async function drawScatter(): Promise<{ p50: number; p95: number }> {
  const { drawnPoints } = await import(
    "../../components/plots/cloud_marks.tsx"
  );
  const { Exploration } = await import("../../db/explore.ts");
  const view = Exploration.parse({
    x: "RLTi",
    y: "gamma",
    colour: "code",
    symbol: "device",
  });
  const each = <T>(of: (k: number) => T): T[] =>
    Array.from({ length: SCATTER_POINTS }, (_, k) => of(k));
  const points = {
    ids: each((k) => k),
    x: each((k) => 10 + 8 * Math.sin(k)),
    y: each((k) => Math.cos(3 * k)),
    colour: each((k) => ["GENE", "CGYRO", "TGLF", "GX", "GS2"][k % 5]!),
    symbol: each((k) => ["DIII-D", "JET", "ITER"][k % 3]!),
  };
  const times = Array.from({ length: DRAWINGS }, () => {
    const start = performance.now();
    String(drawnPoints(view, points).marks);
    return performance.now() - start;
  });
  // The first are of code that is not compiled yet.
  const warm = times.slice(10);
  return { p50: quantile(warm, 0.5), p95: quantile(warm, 0.95) };
}
