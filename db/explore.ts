import { z } from "zod";
import { type Column, column, PUBLIC_COLUMNS } from "../physics/columns.ts";
import { queryPairs } from "./runs/address.ts";
import type { RunQuery } from "./runs/query.ts";
import { catalogueSize, isLarge, runsOf } from "./runs/sample.ts";
import { RANGE_COLUMNS } from "./runs/searchable.ts";
import { viewQuery } from "./runs/view_query.ts";
import { type Fragment, where } from "./runs/where.ts";
import { sql } from "./sql.ts";

/** Points that are drawn one by one; more become a grid of counts. */
export const MAX_POINTS = 10_000;
/** Cells of that grid across and upwards. */
export const GRID = { across: 60, up: 40 } as const;

/** Runs of a large catalogue that the grid is made from, and the fewest that it may be. */
const SAMPLE = 100_000;
const ENOUGH = 10_000;

/** Columns that stand along an axis. */
export const AXIS_COLUMNS: Column[] = RANGE_COLUMNS;
/** Columns that colours and symbols can tell apart. */
export const GROUP_COLUMNS: Column[] = PUBLIC_COLUMNS.filter((c) =>
  ["number", "int", "text", "flag"].includes(c.kind) &&
  !["id", "source_id", "comments", "folder", "suffix"].includes(c.key)
);

const Axis = z.enum(
  AXIS_COLUMNS.map((c) => c.key),
  "must name a numeric column of the catalogue",
);
const Grouping = z.enum(
  GROUP_COLUMNS.map((c) => c.key),
  "must name a column of numbers, words or yes and no",
);
const Tick = z.literal("1", "must be 1");

const View = z.object({
  x: Axis.default("RLTi"),
  y: Axis.default("gamma"),
  colour: Grouping.optional(),
  symbol: Grouping.optional(),
  xlog: Tick.optional(),
  ylog: Tick.optional(),
});

/** What is drawn of which runs. */
export interface Exploration {
  x: string;
  y: string;
  colour: string | null;
  symbol: string | null;
  xlog: boolean;
  ylog: boolean;
  query: RunQuery;
}

/** `x= y= colour= symbol= xlog=1 ylog=1` and the parameters of /runs. */
export const Exploration = viewQuery(View).transform((
  { colour = null, symbol = null, xlog, ylog, ...rest },
): Exploration => ({
  ...rest,
  colour,
  symbol,
  xlog: xlog !== undefined,
  ylog: ylog !== undefined,
}));

/** The address of an exploration, as a page or another thing. */
export function explorationAddress(
  { x, y, colour, symbol, xlog, ylog, query }: Exploration,
  path = "/explore",
): string {
  const pairs: [string, string][] = [
    ["x", x],
    ["y", y],
    ...(colour ? [["colour", colour] as [string, string]] : []),
    ...(symbol ? [["symbol", symbol] as [string, string]] : []),
    ...(xlog ? [["xlog", "1"] as [string, string]] : []),
    ...(ylog ? [["ylog", "1"] as [string, string]] : []),
    ...queryPairs({ ...query, page: null }),
  ];
  return `${path}?${new URLSearchParams(pairs)}`;
}

/** Runs as points; the arrays go together. */
export interface Points {
  ids: number[];
  x: number[];
  y: number[];
  /** Words, or numbers as text; "" where a run has none. Empty arrays without a grouping. */
  colour: string[];
  symbol: string[];
}

/** Between words of one answer; no word of the catalogue holds it. */
const SEPARATOR = "\u001f";

/** The points of an exploration; null when there are more than {@linkcode MAX_POINTS}. As a few long values, which are read much faster than rows. */
export async function listPoints(view: Exploration): Promise<Points | null> {
  const [row] = await sql<[{
    n: number;
    places: Uint8Array | null;
    colours: string | null;
    symbols: string | null;
  }]>`
    select count(*)::int as n, string_agg(int8send(id) || float8send(x) || float8send(y), ''::bytea) as places,
      string_agg(colour, ${SEPARATOR}) as colours, string_agg(symbol, ${SEPARATOR}) as symbols
    from (select id, ${name(view.x)}::float8 as x, ${
    name(view.y)
  }::float8 as y, ${group(view.colour)} as colour, ${
    group(view.symbol)
  } as symbol from runs where ${drawn(view)} limit ${MAX_POINTS + 1}) points`;
  if (row.n > MAX_POINTS) return null;
  const words = (joined: string | null) =>
    joined === null ? [] : joined.split(SEPARATOR);
  return {
    ...places(row.places),
    colour: words(row.colours),
    symbol: words(row.symbols),
  };
}

/** Counts of runs in cells of equal size, in the logarithm where the axis is. */
export interface Density {
  x: [number, number];
  y: [number, number];
  /** Column and row from 0, runs. */
  cells: { column: number; row: number; runs: number }[];
  total: number;
  /** Numbers are worked out from a sample: a cell with few runs may look empty. */
  estimated: boolean;
}

/** The points of an exploration as a grid; null when there is none. Of a large catalogue estimated from a sample, unless that holds too few. */
export async function getDensity(view: Exploration): Promise<Density | null> {
  const share = await isLarge()
    ? Math.min(1, SAMPLE / await catalogueSize())
    : 1;
  const found = await densityOf(view, share);
  return share < 1 && (found?.total ?? 0) * share < ENOUGH
    ? await densityOf(view, 1)
    : found;
}

async function densityOf(
  view: Exploration,
  share: number,
): Promise<Density | null> {
  const along = (key: string, log: boolean) =>
    log ? sql`ln(${name(key)}::float8)` : sql`${name(key)}::float8`;
  const [x, y] = [along(view.x, view.xlog), along(view.y, view.ylog)];
  const [bounds] = await sql<
    [{ x0: number; x1: number; y0: number; y1: number; total: number }]
  >`
    select min(${x}) as x0, max(${x}) as x1, min(${y}) as y0, max(${y}) as y1, count(*)::int as total
    from ${runsOf(share)} where ${drawn(view)}`;
  const { x0, x1, y0, y1, total } = bounds;
  if (total === 0) return null;
  const [xEnd, yEnd] = [above(x0, x1), above(y0, y1)];
  const cells = await sql<Density["cells"]>`
    select width_bucket(${x}, ${x0}::float8, ${xEnd}::float8, ${GRID.across}) - 1 as column,
      width_bucket(${y}, ${y0}::float8, ${yEnd}::float8, ${GRID.up}) - 1 as row, count(*)::int as runs
    from ${runsOf(share)} where ${drawn(view)} group by 1, 2`;
  const back = (v: number, log: boolean) => log ? Math.exp(v) : v;
  return {
    x: [back(x0, view.xlog), back(xEnd, view.xlog)],
    y: [back(y0, view.ylog), back(yEnd, view.ylog)],
    cells: cells.map((c) => ({ ...c, runs: Math.round(c.runs / share) })),
    total: Math.round(total / share),
    estimated: share < 1,
  };
}

/** The largest value falls into the last cell, and a single value into a cell of some width. */
function above(low: number, high: number): number {
  return high + (high - low || Math.abs(high) || 1) * 1e-6;
}

/** Runs with both values; a logarithm needs positive ones. */
function drawn({ x, y, xlog, ylog, query }: Exploration): Fragment {
  const positive = (key: string, log: boolean) =>
    log ? sql`and ${name(key)} > 0` : sql``;
  return sql`${where(query)} and ${name(x)} is not null and ${
    name(y)
  } is not null ${positive(x, xlog)} ${positive(y, ylog)}`;
}

function name(key: string): Fragment {
  return sql`${sql(key)}`;
}

function group(key: string | null): Fragment {
  if (key === null) return sql`null::text`;
  return column(key)!.kind === "flag"
    ? sql`case ${
      name(key)
    } when true then 'yes' when false then 'no' else '' end`
    : sql`coalesce(${name(key)}::text, '')`;
}

function places(
  bytes: Uint8Array | null,
): Pick<Points, "ids" | "x" | "y"> {
  const found = { ids: [], x: [], y: [] } as Pick<Points, "ids" | "x" | "y">;
  if (bytes === null) return found;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length; at += 24) {
    found.ids.push(Number(view.getBigInt64(at)));
    found.x.push(view.getFloat64(at + 8));
    found.y.push(view.getFloat64(at + 16));
  }
  return found;
}
