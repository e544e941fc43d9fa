import type { Column } from "../../physics/columns.ts";
import { sql } from "../sql.ts";
import type { RunFilter } from "./query.ts";
import { FACET_COLUMNS } from "./searchable.ts";
import { type Fragment, where } from "./where.ts";

/** Values of one facet that are listed; the most frequent ones. */
const MAX_VALUES = 200;

/** One value of a facet and how many runs have it. */
export interface FacetCount {
  value: string;
  count: number;
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
  const matches = own.map((c) =>
    sql`, ${where(filter, c.key)} as ${sql(matchesName(c))}`
  ).reduce((a, b) => sql`${a} ${b}`, sql``);
  const values = FACET_COLUMNS.map((c) => facetValues(c, own.includes(c)))
    .reduce((a, b) => sql`${a} union all ${b}`);
  // The fence (offset 0) keeps Postgres from working the conditions out once for each facet.
  const rows = await sql<(FacetCount & { facet: string })[]>`
    select facet, value, (count(*) filter (where matches))::int as count
    from (select *, ${
    where(filter)
  } as matches_all ${matches} from runs where hidden_at is null offset 0) r,
      lateral (${values}) v (facet, value, matches)
    where value is not null group by facet, value order by facet, count(*) desc, value`;
  return Map.groupBy(rows, (row) => row.facet).entries().reduce(
    (facets, [facet, found]) => facets.set(facet, found.slice(0, MAX_VALUES)),
    new Map<string, FacetCount[]>(),
  );
}

function facetValues(column: Column, hasOwnFilter: boolean): Fragment {
  const { key, kind } = column;
  const matches = sql(hasOwnFilter ? matchesName(column) : "matches_all");
  return kind === "list"
    ? sql`select ${key}::text, unnest(r.${sql(key)}), r.${matches}`
    : sql`select ${key}::text, r.${sql(key)}::text, r.${matches}`;
}

function matchesName({ key }: Column): string {
  return `matches_${key}`;
}
