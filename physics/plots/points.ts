import {
  FIELDS,
  type Flux,
  type FluxTable,
  type Maybe,
} from "../simulation.ts";

/** A place in a plot. */
export interface XY {
  x: number;
  y: number;
}

/** Columns of pixels that a line is worth; each keeps its extremes. */
const COLUMNS = 400;

/** The places where both coordinates are numbers, in stored order. */
export function placed(xs: Maybe[], ys: Maybe[]): XY[] {
  const points: XY[] = [];
  for (let k = 0; k < xs.length; k++) {
    const x = xs[k]!;
    const y = ys[k] ?? null;
    if (x !== null && y !== null) points.push({ x, y });
  }
  return points;
}

/** A line thinned to the first, lowest, highest and last place of each column of pixels, so that no spike is lost. Short lines stay whole. */
export function decimated(points: XY[], columns = COLUMNS): XY[] {
  if (points.length <= 4 * columns) return points;
  const kept: XY[] = [];
  for (let c = 0; c < columns; c++) {
    const from = Math.floor(c * points.length / columns);
    const to = Math.floor((c + 1) * points.length / columns);
    let [low, high] = [from, from];
    for (let k = from; k < to; k++) {
      if (points[k]!.y < points[low]!.y) low = k;
      if (points[k]!.y > points[high]!.y) high = k;
    }
    const chosen = new Set([from, Math.min(low, high), Math.max(low, high)]);
    for (const k of chosen.add(to - 1)) kept.push(points[k]!);
  }
  return kept;
}

/** About `n` of the places, evenly over the list, the first and the last among them: for markers and for tables. */
export function some<T>(items: T[], n: number): T[] {
  if (items.length <= n) return items;
  return Array.from(
    { length: n },
    (_, k) => items[Math.round(k * (items.length - 1) / (n - 1))]!,
  );
}

/** One row per species, summed over the stored fields: a row is null where a stored field has no number. Empty when nothing is stored. */
export function speciesRows(
  table: FluxTable<Maybe[][]>,
  flux: Flux,
): Maybe[][] {
  const fields = FIELDS.map((f) => table[flux][f]).filter((rows) =>
    rows.length > 0
  );
  const n = fields.reduce((most, rows) => Math.max(most, rows.length), 0);
  return Array.from(
    { length: n },
    (_, s) => addRows(fields.map((rows) => rows[s] ?? [])),
  );
}

/** Sum at each place over several rows; null where one of them has no number, or the sum is too large for one. */
export function addRows(rows: Maybe[][]): Maybe[] {
  const length = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const sums: Maybe[] = [];
  for (let k = 0; k < length; k++) sums.push(sumAt(k, rows));
  return sums;
}

function sumAt(k: number, rows: Maybe[][]): Maybe {
  let sum = 0;
  for (const row of rows) {
    const v = row[k] ?? null;
    if (v === null) return null;
    sum += v;
  }
  return Number.isFinite(sum) ? sum : null;
}

/** Particle fluxes below this share of the heat flux, in the stored units of both, are what rounding left of zero. */
const ROUNDING = 1e-9;

/** True for particle fluxes that are zero but for rounding, as adiabatic electrons force them to be. */
export function isRounding(particles: Maybe[], heat: Maybe[]): boolean {
  return size(particles) <= ROUNDING * size(heat);
}

function size(values: Maybe[]): number {
  return values.reduce<number>(
    (most, v) => Math.max(most, Math.abs(v ?? 0)),
    0,
  );
}

/** The place whose height is largest in magnitude; null for none. */
export function largest(points: XY[]): XY | null {
  let best: XY | null = null;
  for (const p of points) {
    if (best === null || Math.abs(p.y) > Math.abs(best.y)) best = p;
  }
  return best;
}
