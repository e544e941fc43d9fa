import { type Grids } from "./diagnostic_grids.ts";
import type { DiagnosticArray } from "./diagnostic_value.ts";

/** The square of a quantity over kx and ky, averaged over z and time. */
export interface DiagnosticMap {
  /** Names from the top of the diagnostic to the quantity. */
  path: string[];
  /** Ascending; of a fine grid means over neighbours. */
  kx: number[];
  ky: number[];
  /** By kx, then by ky. */
  values: number[][];
}

/** What snapshots of a quantity over kx and ky say, in the order of the stored grids. */
export interface Spectra {
  /** Sums of squares over kx at each ky, and over ky at each kx. */
  ky: number[];
  kx: number[];
  /** Squares by kx, then by ky. */
  squares: number[][];
}

/** Cells along one side of a map: more cannot be told apart on a page. */
const MAX_CELLS = 64;

/** True for an array whose first indices are kx and ky, whatever follows: `[kx][ky]`, or `[kx][ky][4]` at four places of z. */
export function isSnapshot({ shape }: DiagnosticArray, grids: Grids): boolean {
  return (shape.length === 2 || shape.length === 3) &&
    shape[0] === grids.kx?.length && shape[1] === grids.ky?.length;
}

/** Turbulence in units of its own gyroradius stays far below. */
const ABSURD = 1e30;

/** True for snapshots with numbers that no turbulence has: real documents hold moments whose memory was never written. */
export function isAbsurd(records: DiagnosticArray[]): boolean {
  const isOdd = (v: number) => !(Math.abs(v) <= ABSURD);
  return records.some(({ real, imaginary }) =>
    real.some(isOdd) || (imaginary?.some(isOdd) ?? false)
  );
}

/**
 * Sums of the squared magnitude of snapshots, averaged over their times and places along z.
 *
 * A real field is stored for ky >= 0 only, so that in the sum over ky each ky > 0 counts twice, for -ky too. By ky what is stored is summed:
 * both as in GENE's own amplitude spectra.
 */
export function spectraOf(records: DiagnosticArray[], grids: Grids): Spectra {
  const [kx, ky] = [grids.kx!, grids.ky!];
  const squares = kx.map(() => ky.map(() => 0));
  for (const { shape, real, imaginary } of records) {
    const places = shape[2] ?? 1;
    const share = 1 / (places * records.length);
    for (let k = 0; k < real.length; k++) {
      const at = Math.floor(k / places);
      squares[Math.floor(at / ky.length)]![at % ky.length]! += share *
        (real[k]! ** 2 + (imaginary === null ? 0 : imaginary[k]! ** 2));
    }
  }
  const isHalf = ky.every((k) => k >= 0);
  const weights = ky.map((k) => isHalf && k > 0 ? 2 : 1);
  return {
    ky: ky.map((_, j) => squares.reduce((sum, row) => sum + row[j]!, 0)),
    kx: squares.map((row) =>
      row.reduce((sum, v, j) => sum + weights[j]! * v, 0)
    ),
    squares,
  };
}

/** The squares as a map; null where there is no second place along kx or ky. */
export function mapOf(
  path: string[],
  { squares }: Spectra,
  grids: Grids,
): DiagnosticMap | null {
  const [kx, ky] = [ordered(grids.kx!), ordered(grids.ky!)];
  if (kx.length < 2 || ky.length < 2) return null;
  const values = kx.map((i) => ky.map((j) => mean(i, j, squares)));
  return {
    path,
    kx: kx.map((block) => placeOf(block, grids.kx!)),
    ky: ky.map((block) => placeOf(block, grids.ky!)),
    values,
  };
}

/** Places of an ascending grid in stored order, neighbours together where there are too many. */
function ordered(grid: number[]): number[][] {
  const places = [...grid.keys()].sort((a, b) => grid[a]! - grid[b]!);
  const size = Math.ceil(places.length / MAX_CELLS);
  return Array.from(
    { length: Math.ceil(places.length / size) },
    (_, k) => places.slice(k * size, (k + 1) * size),
  );
}

function placeOf(block: number[], grid: number[]): number {
  return block.reduce((sum, k) => sum + grid[k]!, 0) / block.length;
}

function mean(rows: number[], columns: number[], squares: number[][]): number {
  const sum = rows.reduce(
    (all, i) => columns.reduce((part, j) => part + squares[i]![j]!, all),
    0,
  );
  return sum / (rows.length * columns.length);
}
