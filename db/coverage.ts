import { z } from "zod";
import { binEdges } from "../physics/bins.ts";
import { type Column, PUBLIC_COLUMNS } from "../physics/columns.ts";
import { queryPairs } from "./runs/address.ts";
import type { RunQuery } from "./runs/query.ts";
import { catalogueSize, isLarge, runsOf } from "./runs/sample.ts";
import { viewQuery } from "./runs/view_query.ts";
import { type Fragment, listed, where } from "./runs/where.ts";
import { sql } from "./sql.ts";

/** Physics that parameter space is spanned by. */
export const COVER_COLUMNS: Column[] = PUBLIC_COLUMNS.filter((c) =>
  c.kind === "number" && (c.group === "surface" || c.group === "plasma")
);
/** What is seen at once, each against each. */
export const MAIN_COLUMNS = [
  "RLTi",
  "RLTe",
  "RLne",
  "q",
  "s_hat",
  "beta_e",
  "nu_ee",
] as const;

/** Runs of a large catalogue that the overview and the edges are made from. */
const SAMPLE = 60_000;
/** Fewer runs in the sample say nothing: then all are read. */
const ENOUGH = 500;
/** Share of the runs below the first edge, and above the last: those bins are open. */
const OUTSIDE = 0.01;
/** A count that takes longer is given up: the answer is the overview's sample then. */
const TIMEOUT_MS = 8_000;
const TIMED_OUT = "57014";

const Axis = z.enum(
  COVER_COLUMNS.map((c) => c.key),
  "must name a physics column of the catalogue",
);
const View = z.object({ x: Axis.default("RLTi"), y: Axis.default("RLTe") })
  .refine(({ x, y }) => x !== y, {
    path: ["y"],
    message: "must be another column than x",
  });

/** Two columns, and which runs. */
export interface CoverageQuery {
  x: string;
  y: string;
  query: RunQuery;
}

/** `x= y=` and the parameters of /runs. */
export const CoverageQuery = viewQuery(View);

/** The address of a coverage. */
export function coverageAddress(
  { x, y, query }: CoverageQuery,
  path = "/explore/coverage",
): string {
  const pairs = [["x", x], ["y", y], ...queryPairs({ ...query, page: null })];
  return `${path}?${new URLSearchParams(pairs as [string, string][])}`;
}

/** Runs in the cells of a grid whose outermost bins are open. */
export interface CoverageGrid {
  x: string;
  y: string;
  /** Between the bins, ascending and round: as in the histograms of the search. */
  xEdges: number[];
  yEdges: number[];
  /** By row, then by column; one more of each than edges. */
  counts: number[][];
  /** Runs with both values. */
  total: number;
  /** Numbers are of a share of the runs. */
  sampled: boolean;
}

/** The edges of columns over a search; a column without two different values has none. */
async function edgesOf(
  query: RunQuery,
  keys: readonly string[],
): Promise<{ edges: Map<string, number[]>; share: number }> {
  const size = await catalogueSize();
  const share = await isLarge() ? Math.min(1, SAMPLE / size) : 1;
  const read = async (share: number) => {
    const columns = keys.map((key, n) =>
      sql`percentile_disc(array[${OUTSIDE}, 0.25, 0.75, ${
        1 - OUTSIDE
      }]::float8[])
        within group (order by ${sql(key)}::float8) as ${sql(`c${n}`)}`
    );
    const [row] = await sql<[Record<string, number[] | null> & { n: number }]>`
      select count(*)::int as n, ${listed(columns)} from ${
      runsOf(share)
    } where ${where(query)}`;
    return row;
  };
  let found = await read(share);
  let used = share;
  if (share < 1 && found.n < ENOUGH) [found, used] = [await read(1), 1];
  return {
    share: used,
    edges: new Map(keys.map((key, n) => {
      const [low, first, third, high] = found[`c${n}`] ?? [0, 0, 0, 0];
      const quartiles: [number, number] = [first!, third!];
      return [key, binEdges({ low: low!, high: high!, quartiles })];
    })),
  };
}

/** The grid of two columns over all runs of a search; over a sample where counting takes too long. Null where a column has less than two different values. */
export async function getCoverage(
  { x, y, query }: CoverageQuery,
): Promise<CoverageGrid | null> {
  const { edges, share } = await edgesOf(query, [x, y]);
  if ([x, y].some((key) => edges.get(key)!.length === 0)) return null;
  const grid = { x, y, edges, condition: where(query) };
  try {
    return await gridOf(grid, 1);
  } catch (error) {
    if ((error as { code?: string }).code !== TIMED_OUT || share === 1) {
      throw error;
    }
    return await gridOf({ ...grid, condition: where(query) }, share);
  }
}

async function gridOf(
  { x, y, edges, condition }: {
    x: string;
    y: string;
    edges: Map<string, number[]>;
    condition: Fragment;
  },
  share: number,
): Promise<CoverageGrid> {
  const [xEdges, yEdges] = [edges.get(x)!, edges.get(y)!];
  const cells = await sql.begin(async (tx) => {
    await tx`select set_config('statement_timeout', ${
      String(TIMEOUT_MS)
    }, true)`;
    return await tx<{ column: number; row: number; runs: number }[]>`
      select width_bucket(${sql(x)}, ${xEdges}::float8[]) as column,
        width_bucket(${
      sql(y)
    }, ${yEdges}::float8[]) as row, count(*)::int as runs
      from ${runsOf(share)} where ${condition} and ${sql(x)} is not null and ${
      sql(y)
    } is not null group by 1, 2`;
  });
  return {
    x,
    y,
    xEdges,
    yEdges,
    ...tabled(cells, xEdges, yEdges),
    sampled: share < 1,
  };
}

/** All pairs of the main columns in one pass over the runs, or over a sample of a large catalogue. */
export async function getOverview(query: RunQuery): Promise<CoverageGrid[]> {
  const { edges, share } = await edgesOf(query, MAIN_COLUMNS);
  const keys = MAIN_COLUMNS.filter((key) => edges.get(key)!.length > 0);
  const pairs = keys.flatMap((y, n) => keys.slice(0, n).map((x) => [x, y]));
  if (pairs.length === 0) return [];
  const buckets = keys.map((key) =>
    sql`width_bucket(${sql(key)}, ${edges.get(key)!}::float8[]) as ${sql(key)}`
  );
  const names = keys.map((key) => sql`${sql(key)}`);
  const rows = await sql<
    (Record<string, number | null> & { grouped: number; runs: number })[]
  >`
    select grouping(${listed(names)}) as grouped, ${
    listed(names)
  }, count(*)::int as runs
    from (select ${listed(buckets)} from ${runsOf(share)} where ${
    where(query)
  } offset 0) r
    group by grouping sets (${
    listed(pairs.map((p) => sql`(${listed(p.map((k) => sql`${sql(k)}`))})`))
  })`;
  const sets = Map.groupBy(rows, (r) => r.grouped);
  return pairs.map(([x, y]) => {
    const bit = (key: string) =>
      1 << (keys.length - 1 - keys.indexOf(key as never));
    // The bits of the columns that a row is grouped by are 0.
    const grouped = (1 << keys.length) - 1 - bit(x!) - bit(y!);
    const cells = (sets.get(grouped) ?? []).filter((r) =>
      r[x!] !== null && r[y!] !== null
    ).map((r) => ({ column: r[x!]!, row: r[y!]!, runs: r.runs }));
    const [xEdges, yEdges] = [edges.get(x!)!, edges.get(y!)!];
    return {
      x: x!,
      y: y!,
      xEdges,
      yEdges,
      ...tabled(cells, xEdges, yEdges),
      sampled: share < 1,
    };
  });
}

function tabled(
  cells: { column: number; row: number; runs: number }[],
  xEdges: number[],
  yEdges: number[],
): Pick<CoverageGrid, "counts" | "total"> {
  const counts = [...yEdges, 0].map(() => [...xEdges, 0].map(() => 0));
  for (const { column, row, runs } of cells) counts[row]![column] = runs;
  return { counts, total: cells.reduce((sum, c) => sum + c.runs, 0) };
}
