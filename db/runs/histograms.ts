import { binEdges } from "../../physics/bins.ts";
import { sql } from "../sql.ts";
import { wayToCount } from "./memory_pages.ts";
import { quantity } from "./quantity.ts";
import type { RunFilter } from "./query.ts";
import { type Fragment, listed, where } from "./where.ts";

/** Runs of which the whole catalogue's histograms are made: all when there are no more. */
const SAMPLE_OF_ALL = 100_000;
/** Runs of which a search's are: in a few milliseconds. */
const SAMPLE_OF_SEARCH = 5_000;
/** Runs that are looked at for the sample of a search. */
const READ_FOR_SEARCH = 20_000;
/** Share of the runs beyond the edges on either side: a single wrong value must not squeeze all others into one bar. */
const OUTSIDE = 0.01;
/** Age at which the whole catalogue's are made anew, behind the answer that still has the old ones. */
const FRESH_MS = 60_000;

/** What a histogram is of: a numeric column as stored, or in c_s and a. */
export interface Quantity {
  key: string;
  cs_a: boolean;
}

/** How a column's values are distributed. */
export interface Histogram {
  /** Between the bins, ascending; the first and the last bin are open. */
  edges: number[];
  /** Shares of the runs with a value, by bin: of the catalogue, and of the search (all 0 when none of its runs has a value). */
  all: number[];
  selected: number[];
  /** Runs that `selected` was made of, when it was not all of them. */
  sample: number | null;
}

interface Whole {
  at: number;
  runs: number;
  edges: Map<string, number[]>;
  shares: Map<string, number[]>;
}

/** By the keys of the columns. */
const wholes = new Map<string, { latest?: Whole; next?: Promise<Whole> }>();

/** Histograms of numeric columns over a search, beside those of the whole catalogue. Columns without two different values have none. */
export async function histograms(
  filter: RunFilter,
  quantities: Quantity[],
  /** Runs of the search; null: not counted, since that would mean reading them all. */
  total: number | null,
): Promise<Map<string, Histogram>> {
  const { runs, edges, shares } = await wholeCatalogue(quantities);
  const read = Math.min(1, READ_FOR_SEARCH / Math.max(runs, 1));
  const share = total === null
    ? read
    : total <= SAMPLE_OF_SEARCH
    ? 1
    : Math.min(SAMPLE_OF_SEARCH / total, read);
  const { bins, counted } = await count(
    quantities.filter(({ key }) => edges.has(key)),
    edges,
    { condition: where(filter, undefined, await wayToCount(filter)), share },
  );
  return new Map(
    [...edges].map(([key, of]) => [key, {
      edges: of,
      all: shares.get(key)!,
      selected: sharesOf(bins.get(key)!),
      sample: share < 1 ? counted : null,
    }]),
  );
}

async function wholeCatalogue(quantities: Quantity[]): Promise<Whole> {
  const name = quantities.map(({ key, cs_a }) => `${key} ${cs_a}`).join();
  const held = wholes.get(name) ?? {};
  wholes.set(name, held);
  const { latest } = held;
  if (latest && latest.runs > 0 && Date.now() - latest.at < FRESH_MS) {
    return latest;
  }
  held.next ??= readWhole(quantities).then((read) => held.latest = read)
    .finally(
      () => held.next = undefined,
    );
  if (!latest || latest.runs === 0) return await held.next;
  // Whoever waits for it next will see why it failed.
  held.next.catch(() => {});
  return latest;
}

async function readWhole(quantities: Quantity[]): Promise<Whole> {
  const at = Date.now();
  const [{ runs }] = await sql<[{ runs: number }]>`
    select count(*)::int as runs from runs where hidden_at is null`;
  const share = Math.min(1, SAMPLE_OF_ALL / Math.max(runs, 1));
  const bulk = quantities.map(({ key, cs_a }, n) =>
    sql`percentile_disc(array[${OUTSIDE}, 0.25, 0.75, ${1 - OUTSIDE}]::float8[])
      within group (order by ${quantity(key, cs_a)}::float8) as ${sql(`c${n}`)}`
  );
  const [found] = await sql<
    [Record<string, [number, number, number, number] | null>]
  >`
    select ${listed(bulk)} from ${sampled(share)} where hidden_at is null`;
  const edges = new Map(
    quantities.map(({ key }, n): [string, number[]] => {
      const [low, first, third, high] = found[`c${n}`] ?? [0, 0, 0, 0];
      return [key, binEdges({ low, high, quartiles: [first, third] })];
    }).filter(([, e]) => e.length > 0),
  );
  const { bins } = await count(
    quantities.filter(({ key }) => edges.has(key)),
    edges,
    { condition: sql`hidden_at is null`, share },
  );
  const shares = new Map([...bins].map(([key, b]) => [key, sharesOf(b)]));
  return { at, runs, edges, shares };
}

/** All columns in one pass over the runs. */
async function count(
  quantities: Quantity[],
  edges: Map<string, number[]>,
  { condition, share }: { condition: Fragment; share: number },
): Promise<{ bins: Map<string, number[]>; counted: number }> {
  const bins = new Map(
    [...edges].map((
      [key, e],
    ) => [key, new Array<number>(e.length + 1).fill(0)]),
  );
  if (edges.size === 0) return { bins, counted: 0 };
  const keys = quantities.map((q) => q.key);
  const names = keys.map((_, n) => sql`${sql(`c${n}`)}`);
  const buckets = quantities.map(({ key, cs_a }, n) =>
    sql`width_bucket(${quantity(key, cs_a)}::float8, ${edges.get(
      key,
    )!}::float8[]) as ${sql(`c${n}`)}`
  );
  // The empty set counts the runs; the fence (offset 0) works each bucket out once.
  const rows = await sql<
    { grouped: number; bin: number | null; n: number }[]
  >`
    select grouping(${listed(names)}) as grouped, coalesce(${
    listed(names)
  }) as bin, count(*)::int as n
    from (select ${listed(buckets)} from ${
    sampled(share)
  } where ${condition} offset 0) r
    group by grouping sets (${
    listed([...names.map((name) => sql`(${name})`), sql`()`])
  })`;
  let counted = 0;
  for (const { grouped, bin, n } of rows) {
    // The bit of the column that a row is grouped by is 0, the last column's being the lowest.
    const at = keys.findIndex((_, k) =>
      !(grouped >> (keys.length - 1 - k) & 1)
    );
    if (at < 0) counted = n;
    else if (bin !== null) bins.get(keys[at]!)![bin] = n;
  }
  return { bins, counted };
}

/** By pages of the table, the same ones each time: whatever is not sampled is not read. */
function sampled(share: number): Fragment {
  return share < 1
    ? sql`runs tablesample system (${100 * share}) repeatable (1)`
    : sql`runs`;
}

/** Numbers of runs as shares of their sum; all 0 for none. */
export function sharesOf(bins: number[]): number[] {
  const sum = bins.reduce((a, b) => a + b, 0);
  return bins.map((n) => sum === 0 ? 0 : n / sum);
}
