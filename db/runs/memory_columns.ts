import { binEdges } from "../../physics/bins.ts";
import { column } from "../../physics/columns.ts";
import { UNITS } from "../../physics/units.ts";
import { sql } from "../sql.ts";
import type { Quantity } from "./histograms.ts";
import type { Memory } from "./memory.ts";
import { readDoubles, readWholeNumbers } from "./numbers.ts";
import { runsOf } from "./sample.ts";
import { listed } from "./where.ts";

/** Columns that are held at once, 8 bytes for each run. */
const MOST = 40;
/** Share of the runs beyond the edges on either side: a single wrong value must not squeeze all others into one bar. */
const OUTSIDE = 0.01;
/** Stands for the bin of runs without a value. */
const NO_BIN = 255;

/** A numeric column of the runs in memory. */
export interface HeldColumn {
  /** By place; NaN for none. */
  values: Float64Array;
  /** Of the bins of its histogram (physics/bins.ts), with each run's bin by place; no edges where there are no two values. */
  edges: number[];
  bins: Uint8Array;
  /** All runs by bin. */
  counts: number[];
}

/** The name of a quantity among the columns. */
export function columnName({ key, cs_a }: Quantity): string {
  return cs_a ? `${key} in cs_a` : key;
}

/** Whether these are in memory. Those that are not will be, soon: what asks for them now does without. */
export function hasColumns(memory: Memory, wanted: Quantity[]): boolean {
  const missing = wanted.filter((q) => !memory.columns.has(columnName(q)));
  const unread = missing.filter((q) => !memory.reading.has(columnName(q)));
  if (unread.length > 0) {
    for (const q of unread) memory.reading.add(columnName(q));
    // Postgres has refused it; whoever asks again has it tried again.
    readColumns(memory, unread).catch(() => {}).finally(() => {
      for (const q of unread) memory.reading.delete(columnName(q));
    });
  }
  return missing.length === 0;
}

/** How many of the runs at these places are in each bin. */
export function countBins(column: HeldColumn, places: Uint32Array): number[] {
  const counts = new Array<number>(column.edges.length + 1).fill(0);
  for (const place of places) {
    const bin = column.bins[place]!;
    if (bin !== NO_BIN) counts[bin]!++;
  }
  return counts;
}

async function readColumns(
  memory: Memory,
  quantities: Quantity[],
): Promise<void> {
  const names = [...new Set(["a_over_R", ...quantities.map((q) => q.key)])];
  const sent = names.map((name, n) =>
    sql`string_agg(float8send(coalesce(${
      sql(name)
    }::float8, 'NaN')), ''::bytea) as ${sql(`c${n}`)}`
  );
  const [row] = await sql<[Record<string, Uint8Array | null>]>`
    select string_agg(int8send(id), ''::bytea) as ids, ${listed(sent)}
    from ${runsOf(memory.pages)} where hidden_at is null`;
  const places = Array.from(
    readWholeNumbers(row.ids!),
    (id) => memory.places.get(id),
  );
  const read = names.map((_, n) => {
    const values = new Float64Array(memory.ids.length).fill(NaN);
    for (const [at, value] of readDoubles(row[`c${n}`]!).entries()) {
      const place = places[at];
      if (place !== undefined) values[place] = value;
    }
    return values;
  });
  if (memory.columns.size + quantities.length > MOST) memory.columns.clear();
  for (const q of quantities) {
    const values = read[names.indexOf(q.key)]!;
    const converted = q.cs_a ? inCsA(values, read[0]!, q.key) : values;
    memory.columns.set(columnName(q), held(converted));
  }
}

/** As quantity.ts says it in SQL, but for numbers that are too small to be converted there. */
function inCsA(
  values: Float64Array,
  aOverR: Float64Array,
  key: string,
): Float64Array {
  const { power, factor } = UNITS[column(key)!.unit];
  return values.map((v, place) =>
    v * factor * (aOverR[place]! || NaN) ** power
  );
}

function held(values: Float64Array): HeldColumn {
  const sorted = values.filter((v) => !Number.isNaN(v)).sort();
  const at = (share: number) =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const edges = binEdges({
    low: at(OUTSIDE),
    high: at(1 - OUTSIDE),
    quartiles: [at(0.25), at(0.75)],
  });
  const bins = Uint8Array.from(values, (v) => binOf(v, edges));
  const column = { values, edges, bins, counts: [] };
  const all = Uint32Array.from(values, (_, place) => place);
  return { ...column, counts: countBins(column, all) };
}

/** How many edges are not above a value. */
function binOf(value: number, edges: number[]): number {
  if (Number.isNaN(value)) return NO_BIN;
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
