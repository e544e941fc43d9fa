import { sql } from "../sql.ts";
import type { Fragment } from "./where.ts";

/** Catalogues up to here are always counted in full: it takes milliseconds. */
const LARGE = 200_000;
/** Rows that are looked at where counting all would take too long. */
const SAMPLE_ROWS = 25_000;
/** The planner's cost of what is quick enough to be counted in full: some 10,000 rows found by an index. */
const QUICK_COST = 12_000;
const SIZE_IS_GOOD_FOR_MS = 60_000;

let size: { rows: number; read_at: number } | null = null;

/** About how many runs the catalogue holds, as Postgres remembers it. */
export async function catalogueSize(): Promise<number> {
  if (size === null || Date.now() - size.read_at > SIZE_IS_GOOD_FOR_MS) {
    const [row] = await sql<[{ rows: number }]>`
      select reltuples::float8 as rows from pg_class where oid = 'runs'::regclass`;
    size = { rows: row.rows, read_at: Date.now() };
  }
  return size.rows;
}

/** Whether counts over the whole catalogue have to be kept or estimated. */
export async function isLarge(): Promise<boolean> {
  return await catalogueSize() > LARGE;
}

/** The share of the catalogue to look at when the runs that meet a condition are counted: 1, unless it is large and no index finds the runs quickly. */
export async function shareToCount(condition: Fragment): Promise<number> {
  if (!await isLarge()) return 1;
  const [row] = await sql<
    { "QUERY PLAN": [{ Plan: { "Total Cost": number } }] }[]
  >`
    explain (format json) select facet_set from runs where ${condition}`;
  const isQuick = row!["QUERY PLAN"][0].Plan["Total Cost"] <= QUICK_COST;
  return isQuick ? 1 : SAMPLE_ROWS / await catalogueSize();
}

/** The table of runs, or that share of its pages, always the same ones so that counts do not dance. */
export function runsOf(share: number): Fragment {
  if (share === 1) return sql`runs`;
  return sql`runs tablesample system (${100 * share}::real) repeatable (1)`;
}
