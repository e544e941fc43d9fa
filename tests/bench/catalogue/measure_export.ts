import postgres from "postgres";
import { PUBLIC_COLUMNS } from "../../../physics/columns.ts";
import { config } from "../../../config.ts";
import type { Browser } from "../../make.ts";
import { type Measured, quantile } from "./measure_scenario.ts";

const ROUNDS = 5;

/** Exports runs in full and, in turns, has Postgres copy the same rows to its client, which drops them. */
export async function measureExport(
  browser: Browser,
  kind: "csv" | "json",
): Promise<Measured> {
  const sql = postgres(config.DATABASE_URL!, { max: 1 });
  const [row] = await sql`select count(*)::int as total from runs`;
  const names = PUBLIC_COLUMNS.map((c) => `"${c.key}"`).join(", ");
  const times: number[] = [];
  const bare: number[] = [];
  for (let n = -1; n < ROUNDS; n++) {
    const ours = await timeOf(async () =>
      (await browser.get(`/runs.${kind}`)).body!
    );
    // A connection of its own: the client's stream of a copy leaves it paused.
    const client = postgres(config.DATABASE_URL!, { max: 1 });
    const copy = await timeOf(async () =>
      await client.unsafe(
        `copy (select ${names} from runs where hidden_at is null order by uploaded_at desc nulls last, id) to stdout (format csv)`,
      ).readable()
    );
    await client.end({ timeout: 0 });
    if (n < 0) continue;
    times.push(ours);
    bare.push(copy);
  }
  await sql.end();
  return {
    key: kind,
    title: `export of ${row!.total} runs as ${kind.toUpperCase()}`,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    bare: quantile(bare, 0.5),
  };
}

async function timeOf(
  open: () => Promise<AsyncIterable<Uint8Array>>,
): Promise<number> {
  const start = performance.now();
  let bytes = 0;
  for await (const chunk of await open()) bytes += chunk.length;
  if (bytes === 0) throw new Error("The export is empty");
  return performance.now() - start;
}
