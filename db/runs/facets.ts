import { sql } from "../sql.ts";
import {
  type FacetSet,
  facetSets,
  facetValues,
  knownValue,
} from "./facet_sets.ts";
import { type Condition, type Tally, tally } from "./facet_tally.ts";
import { facetTotals } from "./facet_totals.ts";
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
  const runs = await isLarge()
    ? await facetTotals()
    : (await wholeCatalogue()).ofValue;
  const word = (number: number) => facetValues[number]!.word;
  return [...runs].sort(([a, n], [b, m]) =>
    m - n || (word(a) < word(b) ? -1 : 1)
  );
}

async function count(
  filter: RunFilter,
): Promise<Tally & { estimated: boolean }> {
  // The facets' own conditions are left to the tally, which needs the runs that fail just one of them.
  const rest: RunFilter = { ...filter, facets: new Map() };
  const share = await shareToCount(rest);
  const { sets, all } = share === 1 && isOpen(rest)
    ? await wholeCatalogue()
    : { sets: await readSets(where(rest), share), all: null };
  const isAll = all !== null && filter.facets.size === 0;
  const { total, counts } = isAll ? all : tally(sets, conditionsOf(filter));
  const whole = (n: number) => Number((n / share).toPrecision(2));
  return share === 1
    ? { total, counts, estimated: false }
    : { total: whole(total), counts: counts.map(whole), estimated: true };
}

/** Whether there is nothing but facets; what only concerns the page does no harm, whichever way it is taken. */
function isOpen(filter: RunFilter): boolean {
  return filter.like === null &&
    Object.values(filter).every((v) =>
      v === null || (v instanceof Map ? v.size === 0 : !v.length)
    );
}

function conditionsOf({ facets }: RunFilter): Condition[] {
  return FACET_COLUMNS.flatMap(({ key, kind }, column) => {
    const words = facets.get(key);
    if (!words) return [];
    const written = words.map((w) => kind === "int" ? String(Number(w)) : w);
    const wanted = written.map((w) => knownValue(column, w));
    return [{ column, wanted: wanted.filter((v) => v !== undefined) }];
  });
}

async function readSets(
  condition: Fragment,
  share: number,
): Promise<FacetSet[]> {
  // As one value, since taking thousands of rows apart takes longer than finding them.
  const [row] = await sql<[{ hashes: Uint8Array | null }]>`
    select string_agg(int8send(facet_set), ''::bytea) as hashes from ${
    runsOf(share)
  } where ${condition}`;
  return await facetSets(readNumbers(row.hashes));
}

function* readNumbers(bytes: Uint8Array | null): Generator<number> {
  if (bytes === null) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += 8) {
    yield view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4);
  }
}

/** The sets of a catalogue that is not large, as long as none of its runs changes them. */
interface Whole {
  state: string;
  sets: FacetSet[];
  all: Tally;
  /** Of these the values that runs have. */
  ofValue: Map<number, number>;
}

let kept: Whole | null = null;

/** What is kept is compared with the table each time, by a sum over an index, so that counts are never behind. */
async function wholeCatalogue(): Promise<Whole> {
  const [{ state }] = await sql<[{ state: string }]>`
    select concat_ws(' ', count(*), sum(hashint8(facet_set))) as state from runs where hidden_at is null`;
  if (kept?.state === state) return kept;
  const sets = await readSets(sql`hidden_at is null`, 1);
  const all = tally(sets, []);
  const ofValue = [...all.counts.entries()].filter(([, n]) => n > 0);
  return kept = { state, sets, all, ofValue: new Map(ofValue) };
}
