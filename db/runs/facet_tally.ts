import { type FacetSet, facetValues } from "./facet_sets.ts";

/** A facet of which a run must have any of the values. */
export interface Condition {
  /** Index in `FACET_COLUMNS`. */
  column: number;
  /** Numbers of the values. */
  wanted: number[];
}

/** What a search would find. */
export interface Tally {
  /** Runs that meet all conditions. */
  total: number;
  /** Runs by the number of each of their values. */
  counts: Float64Array;
}

/**
 * Counts each value over the runs that meet all conditions, and the values of a condition's own facet over those that fail just that one.
 *
 * @param conditions at most 31, one for each facet.
 */
export function tally(sets: FacetSet[], conditions: Condition[]): Tally {
  const counts = new Float64Array(facetValues.length);
  // The bit of a condition: for values that meet it, and for all values of its facet.
  const meets = new Uint32Array(facetValues.length);
  conditions.forEach(({ wanted }, n) => {
    for (const value of wanted) meets[value] = 1 << n;
  });
  const bitOf = new Map(conditions.map(({ column }, n) => [column, 1 << n]));
  const facet = Uint32Array.from(facetValues, (v) => bitOf.get(v.column) ?? 0);
  const all = (1 << conditions.length) - 1;
  let total = 0;
  for (const { values, runs } of sets) {
    let failed = all;
    for (const value of values) failed &= ~meets[value]!;
    if (failed === 0) total += runs;
    // More than one bit.
    if ((failed & (failed - 1)) !== 0) continue;
    for (const value of values) {
      if (failed === 0 || facet[value] === failed) counts[value]! += runs;
    }
  }
  return { total, counts };
}

/** For each set 1 where its runs meet all conditions. */
export function meetsAll(
  sets: FacetSet[],
  conditions: Condition[],
): Uint8Array {
  const wanted = conditions.map((c) => new Set(c.wanted));
  return Uint8Array.from(
    sets,
    ({ values }) => wanted.every((of) => values.some((v) => of.has(v))) ? 1 : 0,
  );
}
