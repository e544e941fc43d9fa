import { sql } from "../sql.ts";
import { type FacetSet, facetSets, facetValues } from "./facet_sets.ts";
import { type Tally, tally } from "./facet_tally.ts";
import { facetTotals } from "./facet_totals.ts";
import { memory } from "./memory.ts";
import { conditionsOf, findInMemory } from "./memory_found.ts";
import { wayToCount } from "./memory_pages.ts";
import { readWholeNumbers } from "./numbers.ts";
import { filterOf } from "./open.ts";
import type { RunFilter } from "./query.ts";
import { isLarge, runsOf, shareToCount } from "./sample.ts";
import { FACET_COLUMNS } from "./searchable.ts";
import { type Fragment, where } from "./where.ts";

/** Values of one facet that are listed; the most frequent ones. */
const MAX_VALUES = 200;

/** One value of a facet and how many runs have it. */
export interface FacetCount {
  value: string;
  count: number;
}

/** What a search would find, in numbers. */
export interface Counts {
  /** Runs under all filters. */
  total: number;
  /** The numbers are estimates from a part of a large catalogue. */
  estimated: boolean;
  /**
   * By column key, under all filters but the facet's own. The most frequent value comes first; values that the other filters
   * exclude stay, with 0, so that nothing changes its place.
   */
  facets: Map<string, FacetCount[]>;
}

/** How many runs a filter finds, and how many it would find with each value of each facet. */
export async function countFacets(filter: RunFilter): Promise<Counts> {
  const [ranked, found] = await Promise.all([rankedValues(), count(filter)]);
  const facets = new Map<string, FacetCount[]>();
  for (const [number, runs] of ranked) {
    const { column, word } = facetValues[number]!;
    const { key } = FACET_COLUMNS[column]!;
    const values = facets.get(key) ?? [];
    facets.set(key, values);
    if (values.length === MAX_VALUES) continue;
    // A sample may find more of a rare value than there are.
    const count = Math.min(found.counts[number] ?? 0, runs);
    values.push({ value: word, count });
  }
  return { total: found.total, estimated: found.estimated, facets };
}

/** Every value that a run has, with the number of its runs, the most frequent first. */
async function rankedValues(): Promise<[number, number][]> {
  const runs = await isLarge() ? await facetTotals() : await allOfMemory();
  const word = (number: number) => facetValues[number]!.word;
  return [...runs].sort(([a, n], [b, m]) =>
    m - n || (word(a) < word(b) ? -1 : 1)
  );
}

async function allOfMemory(): Promise<[number, number][]> {
  const { all } = await memory();
  return [...all.counts.entries()].filter(([, n]) => n > 0);
}

async function count(
  filter: RunFilter,
): Promise<Tally & { estimated: boolean }> {
  const found = await findInMemory(filter);
  if (found) return scaled(found, found.memory.share);
  // The facets' own conditions are left to the tally, which needs the runs that fail just one of them.
  const rest: RunFilter = { ...filterOf(filter), facets: new Map() };
  const way = await wayToCount(rest);
  const condition = where(rest, undefined, way);
  const share = await shareToCount(condition);
  const sets = await readSets(condition, share);
  return scaled(tally(sets, conditionsOf(filter.facets)), share);
}

/** What was counted in a share of the catalogue, for all of it. */
function scaled(
  { total, counts }: Tally,
  share: number,
): Tally & { estimated: boolean } {
  const whole = (n: number) => Number((n / share).toPrecision(2));
  return share === 1
    ? { total, counts, estimated: false }
    : { total: whole(total), counts: counts.map(whole), estimated: true };
}

async function readSets(
  condition: Fragment,
  share: number,
): Promise<FacetSet[]> {
  const [row] = await sql<[{ hashes: Uint8Array | null }]>`
    select string_agg(int8send(facet_set), ''::bytea) as hashes from ${
    runsOf(share)
  } where ${condition}`;
  return await facetSets(readWholeNumbers(row.hashes));
}
