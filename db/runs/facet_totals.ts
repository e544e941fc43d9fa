import type { Column } from "../../physics/columns.ts";
import { sql } from "../sql.ts";
import { valueNumber } from "./facet_sets.ts";
import { FACET_COLUMNS } from "./searchable.ts";
import { listed } from "./where.ts";

/** Hidden runs leave the counts no later than this. */
const GOOD_FOR_MS = 600_000;

interface Totals {
  pass: number | null;
  read_at: number;
  counts: Map<number, number>;
}

let kept: Totals | null = null;
let next: Promise<Totals> | null = null;

/**
 * How many runs of a large catalogue have each value of each facet, by the value's number; exact as of the last pass of the sync or
 * ten minutes ago, or a moment longer: counting takes seconds, in which the old ones are good enough.
 */
export async function facetTotals(): Promise<Map<number, number>> {
  const [row] = await sql<[{ pass: number | null }]>`
    select max(id) as pass from sync_passes where finished_at is not null and error is null`;
  const isGood = kept !== null && kept.pass === row.pass &&
    Date.now() - kept.read_at < GOOD_FOR_MS;
  if (isGood) return kept!.counts;
  next ??= countAll().then((counts) =>
    kept = { pass: row.pass, read_at: Date.now(), counts }
  ).finally(() => next = null);
  if (kept === null) return (await next).counts;
  // The next request tries again.
  next.catch(() => {});
  return kept.counts;
}

async function countAll(): Promise<Map<number, number>> {
  const words = FACET_COLUMNS.filter((c) => c.kind !== "list");
  const lists = FACET_COLUMNS.filter((c) => c.kind === "list");
  const found = await Promise.all([
    countWords(words),
    ...lists.map(countListed),
  ]);
  return new Map(found.flat());
}

/** One pass over the table for all columns of one word. */
async function countWords(columns: Column[]): Promise<[number, number][]> {
  const names = columns.map((c) => sql`${sql(c.key)}`);
  const rows = await sql<{ grouped: number; value: string; runs: number }[]>`
    select grouping(${listed(names)}) as grouped, coalesce(${
    listed(names.map((name) => sql`${name}::text`))
  }) as value, count(*) as runs from runs where hidden_at is null
    group by grouping sets (${listed(names.map((name) => sql`(${name})`))})`;
  // The bit of the column that a row is grouped by is 0, the last column's being the lowest.
  const columnOf = (grouped: number) =>
    columns.find((_, k) => !(grouped >> (columns.length - 1 - k) & 1))!;
  return rows.filter((row) => row.value !== null).map((row) => [
    valueNumber(FACET_COLUMNS.indexOf(columnOf(row.grouped)), row.value),
    row.runs,
  ]);
}

async function countListed(column: Column): Promise<[number, number][]> {
  const rows = await sql<{ value: string; runs: number }[]>`
    select value, count(*) as runs from runs, unnest(${sql(column.key)}) value
    where hidden_at is null group by value`;
  const n = FACET_COLUMNS.indexOf(column);
  return rows.map((row) => [valueNumber(n, row.value), row.runs]);
}
