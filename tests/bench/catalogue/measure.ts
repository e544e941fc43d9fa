/**
 * Part of `deno task bench`: fills the database of DATABASE_URL unless it is full, asks the app for pages as a browser would, and prints
 * what it took as JSON. Arguments: runs, bytes of a stored reading, parameters of an input.
 */
import { config } from "../../../config.ts";

Object.assign(config, {
  BASE_URL: "http://localhost:8000",
  SECRET_KEY: crypto.randomUUID() + crypto.randomUUID(),
  MONGO_URL: "mongodb://127.0.0.1:9",
  EMBEDDED: [],
});
const { migrate } = await import("../../../db/migrate.ts");
const { sql } = await import("../../../db/sql.ts");
const { fillCatalogue } = await import("./fill.ts");
const { measureExport } = await import("./measure_export.ts");
const { measureScenario } = await import("./measure_scenario.ts");
const { SCENARIOS } = await import("./scenarios.ts");
const { Browser, makeUser } = await import("../../make.ts");

const [runs, detail_bytes, inputs] = Deno.args.map(Number);
await migrate();
const [held] = await sql`select from runs limit 1`;
if (!held) {
  await fillCatalogue(sql, {
    runs: runs!,
    detail_bytes: detail_bytes!,
    inputs: inputs!,
  }, say);
}
const browser = await Browser.of(
  await makeUser({ email: `${crypto.randomUUID()}@example.org` }),
);
for (const scenario of SCENARIOS) {
  say(scenario.title);
  console.log(JSON.stringify(await measureScenario(browser, scenario)));
}
// An export of everything takes as long for each run of a large catalogue as of a small one.
for (
  const kind of (runs! < 100_000 ? ["csv", "json"] : []) as ("csv" | "json")[]
) {
  console.log(JSON.stringify(await measureExport(browser, kind)));
}
const { rss } = Deno.memoryUsage();
say(`done; this process holds ${Math.round(rss / 1e6)} MB`);
Deno.exit(0);

/** Progress, with the seconds since the start. */
function say(what: string): void {
  console.error(`${(performance.now() / 1000).toFixed(0)} s: ${what}`);
}
