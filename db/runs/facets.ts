import type { Column } from "../../physics/columns.ts";
import { sql } from "../sql.ts";
import type { RunFilter } from "./query.ts";
import { FACET_COLUMNS } from "./searchable.ts";
import { type Fragment, listed, where } from "./where.ts";

/** Values of one facet that are listed; the most frequent ones. */
const MAX_VALUES = 200;

/** One value of a facet and how many runs have it. */
export interface FacetCount {
  value: string;
  count: number;
}

interface CountRow {
  value: string;
  /** By {@linkcode matchesOf}: under all filters, then without each facet's own. */
  counts: number[];
}

/**
 * How many runs each value of each facet would find, under all filters but the facet's own; by column key.
 *
 * The most frequent value comes first; values that the other filters exclude stay, with 0, so that nothing changes its place.
 */
export async function countFacets(
  filter: RunFilter,
): Promise<Map<string, FacetCount[]>> {
  const own = FACET_COLUMNS.filter((c) => filter.facets.has(c.key));
  const counts = countsOf(1 + own.length);
  const [lists, words] = [true, false].map((isList) =>
    FACET_COLUMNS.filter((c) => (c.kind === "list") === isList)
  ) as [Column[], Column[]];
  const found = await Promise.all([
    countWords(words, matchesOf(filter, own), counts),
    ...lists.map((c) => countListed(c, matchesOf(filter, own), counts)),
  ]);
  const facets = new Map<string, FacetCount[]>();
  for (const [column, rows] of found.flatMap((f) => [...f])) {
    const n = own.indexOf(column) + 1;
    const values = rows.slice(0, MAX_VALUES).map(({ value, counts }) => ({
      value,
      count: counts[n]!,
    }));
    facets.set(column.key, values);
  }
  return facets;
}

/**
 * Every run with what the filters say of it: under all of them, then without the own one of each facet that has one.
 *
 * The fence (offset 0) makes Postgres work this out once for each run instead of once for each facet.
 */
function matchesOf(filter: RunFilter, own: Column[]): Fragment {
  const matches = [
    where(filter),
    ...own.map((c) => where(filter, c.key)),
  ].map((condition) => sql`coalesce(${condition}, false)`);
  return sql`(select *, array[${
    listed(matches)
  }] as matches from runs where hidden_at is null offset 0) r`;
}

/** One pass over the table for all columns at once. */
async function countWords(
  columns: Column[],
  runs: Fragment,
  counts: Fragment,
): Promise<Map<Column, CountRow[]>> {
  const names = columns.map((c) => sql`${sql(c.key)}`);
  const rows = await sql<(CountRow & { grouped: number })[]>`
    select grouping(${listed(names)}) as grouped, coalesce(${
    listed(names.map((name) => sql`${name}::text`))
  }) as value, ${counts} from ${runs}
    group by grouping sets (${listed(names.map((name) => sql`(${name})`))})
    order by count(*) desc, value`;
  // The bit of the column that a row is grouped by is 0, the last column's being the lowest.
  const byColumn = Map.groupBy(
    rows.filter((row) => row.value !== null),
    ({ grouped }) =>
      columns.findIndex((_, k) => !(grouped >> (columns.length - 1 - k) & 1)),
  );
  return new Map([...byColumn].map(([k, found]) => [columns[k]!, found]));
}

async function countListed(
  column: Column,
  runs: Fragment,
  counts: Fragment,
): Promise<Map<Column, CountRow[]>> {
  const rows = await sql<CountRow[]>`
    select value, ${counts} from ${runs}, unnest(${
    sql(column.key)
  }) value group by value order by count(*) desc, value`;
  return new Map(rows.length > 0 ? [[column, [...rows]]] : []);
}

/** For each condition the number of runs that meet it. */
function countsOf(conditions: number): Fragment {
  const counts = Array.from(
    { length: conditions },
    (_, n) => sql`count(*) filter (where matches[${n + 1}::int])`,
  );
  return sql`array[${listed(counts)}]::int[] as counts`;
}
