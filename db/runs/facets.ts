import { sql } from "../sql.ts";
import { facetSets, facetValues, knownValue } from "./facet_sets.ts";
import { facetTotals } from "./facet_totals.ts";
import type { RunFilter } from "./query.ts";
import { isLarge, runsOf, shareToCount } from "./sample.ts";
import { FACET_COLUMNS } from "./searchable.ts";
import { where } from "./where.ts";

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
  // The facets' own conditions are left to the tally, which needs the runs that fail just one of them.
  const rest = { ...filter, facets: new Map() };
  const [all, found] = await Promise.all([allValues(), tallyOf(rest, filter)]);
  const facets = new Map<string, FacetCount[]>();
  for (const [number, runs] of sortedValues(all)) {
    const { column, word } = facetValues[number]!;
    const { key } = FACET_COLUMNS[column]!;
    const values = facets.get(key) ?? [];
    facets.set(key, values);
    if (values.length === MAX_VALUES) continue;
    // A sample may find more of a rare value than there are.
    const count = Math.min(found.counts.get(number) ?? 0, runs);
    values.push({ value: word, count });
  }
  return { total: found.total, estimated: found.share < 1, facets };
}

/** Runs of each value in the whole catalogue, by the value's number. */
async function allValues(): Promise<Map<number, number>> {
  if (await isLarge()) return await facetTotals();
  return tally(await readSets(sql`hidden_at is null`, 1), []).counts;
}

function sortedValues(all: Map<number, number>): [number, number][] {
  const word = (number: number) => facetValues[number]!.word;
  return [...all].sort(([a, n], [b, m]) =>
    m - n || (word(a) < word(b) ? -1 : 1)
  );
}

async function tallyOf(rest: RunFilter, filter: RunFilter) {
  const share = await shareToCount(rest);
  const sets = await readSets(where(rest), share);
  const { total, counts } = tally(sets, conditionsOf(filter));
  const whole = (n: number) =>
    share === 1 ? n : Number((n / share).toPrecision(2));
  return {
    share,
    total: whole(total),
    counts: new Map([...counts].map(([number, n]) => [number, whole(n)])),
  };
}

/** A facet of which a run must have any of the values. */
interface Condition {
  /** Index in `FACET_COLUMNS`. */
  column: number;
  /** Numbers of values. One that no run had so far has none, and finds none. */
  wanted: Set<number | undefined>;
}

function conditionsOf({ facets }: RunFilter): Condition[] {
  return FACET_COLUMNS.flatMap(({ key, kind }, column) => {
    const words = facets.get(key);
    if (!words) return [];
    const written = words.map((w) => kind === "int" ? String(Number(w)) : w);
    const wanted = new Set(written.map((w) => knownValue(column, w)));
    return [{ column, wanted }];
  });
}

/** Sets of facet values with the number of runs that have just these. */
interface SetCount {
  values: Uint32Array;
  runs: number;
}

async function readSets(
  condition: ReturnType<typeof where>,
  share: number,
): Promise<SetCount[]> {
  // As one value, since taking thousands of rows apart takes longer than finding them.
  const [row] = await sql<[{ hashes: Uint8Array | null }]>`
    select string_agg(int8send(facet_set), ''::bytea) as hashes from ${
    runsOf(share)
  } where ${condition}`;
  const runs = new Map<number, number>();
  for (const hash of readNumbers(row.hashes)) {
    runs.set(hash, (runs.get(hash) ?? 0) + 1);
  }
  const sets = await facetSets(runs.keys());
  return [...sets].map(([hash, values]) => ({ values, runs: runs.get(hash)! }));
}

function* readNumbers(bytes: Uint8Array | null): Generator<number> {
  if (bytes === null) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += 8) {
    yield view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4);
  }
}

/** Counts each value over the runs that meet all conditions, and the values of a condition's facet over those that fail just that one. */
function tally(
  sets: SetCount[],
  conditions: Condition[],
): { total: number; counts: Map<number, number> } {
  const counts = new Float64Array(facetValues.length);
  let total = 0;
  for (const { values, runs } of sets) {
    const failed = conditions.filter(({ wanted }) =>
      !values.some((v) => wanted.has(v))
    );
    if (failed.length > 1) continue;
    if (failed.length === 0) total += runs;
    for (const v of values) {
      if (failed.length === 0 || facetValues[v]!.column === failed[0]!.column) {
        counts[v]! += runs;
      }
    }
  }
  const entries = [...counts.entries()].filter(([, n]) => n > 0);
  return { total, counts: new Map(entries) };
}
