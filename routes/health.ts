import { Hono } from "hono";
import { type Metric, readMetrics } from "../db/metrics.ts";
import { sql } from "../db/sql.ts";
import { sourceReachable } from "../db/source/client.ts";

/** For supervisors: is the process alive, can it do its work. */
export const health = new Hono();

health.get("/healthz", (c) => c.text("ok"));

health.get("/readyz", async (c) => {
  const postgres = await sql`select 1`.then(() => true, () => false);
  const source = await sourceReachable();
  return c.json({ postgres, source }, postgres ? 200 : 503);
});

// For the operator's own network: Caddy answers 404 to everybody else.
health.get("/metrics", async (c) => {
  const lines = (await readMetrics()).flatMap(linesOf);
  const text = [...new Set(lines)].join("\n") + "\n";
  return c.text(text, 200, { "Content-Type": "text/plain; version=0.0.4" });
});

/** The Prometheus text format; the first two lines of a name are the same for all its labels. */
function linesOf({ name, help, label, value }: Metric): string[] {
  const labels = label ? `{${label[0]}="${label[1]}"}` : "";
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    `${name}${labels} ${Number.isNaN(value) ? "NaN" : value}`,
  ];
}
