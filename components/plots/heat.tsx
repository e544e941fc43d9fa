import { significant } from "../format.ts";
import type { Scale } from "./scale.ts";

/** A quantity over two axes, as cells: the darker the larger. */
export interface Heat {
  /** Ascending places of the cells' middles. */
  x: number[];
  y: number[];
  /** By x, then by y; what is not positive is left blank. */
  values: number[][];
}

/** Shades of a map. */
const SHADES = 6;
/** Neighbouring shades differ by this factor at most, and by the other at least. */
const MOST = 10;
const LEAST = 1.2;
/** The lightest shade is still seen on paper. */
const LIGHTEST = 0.1;

/** One shade: the values it stands for, how dense it is, and its cells by their places. */
interface Shade {
  from: number;
  to: number;
  opacity: string;
  cells: [number, number][];
}

/** Shades that a map needs, the lightest first: equal factors down from the largest value. What is below the last is left blank. */
export function shadesOf({ values }: Heat): Shade[] {
  const positive = values.flat().filter((v) => v > 0 && Number.isFinite(v));
  if (positive.length === 0) return [];
  const low = positive.reduce((a, b) => Math.min(a, b));
  const high = positive.reduce((a, b) => Math.max(a, b));
  const factor = Math.min(MOST, Math.max(LEAST, (high / low) ** (1 / SHADES)));
  const shades = Array.from({ length: SHADES }, (_, k): Shade => ({
    from: high / factor ** (SHADES - k),
    to: high / factor ** (SHADES - k - 1),
    opacity: (LIGHTEST + (1 - LIGHTEST) * k / (SHADES - 1)).toFixed(2),
    cells: [],
  }));
  for (const [i, column] of values.entries()) {
    for (const [j, v] of column.entries()) {
      if (!(v > 0) || !Number.isFinite(v)) continue;
      const steps = Math.log(high / v) / Math.log(factor);
      // The least value stands on the edge of the lightest shade.
      if (steps <= SHADES * (1 + 1e-9)) {
        const down = Math.min(Math.floor(steps), SHADES - 1);
        shades[SHADES - 1 - down]!.cells.push([i, j]);
      }
    }
  }
  return shades.filter(({ cells }) => cells.length > 0);
}

/** What a shade stands for, in words. */
export function shadeWords({ from, to }: Pick<Shade, "from" | "to">): string {
  return `${significant(from)} to ${significant(to)}`;
}

/** The cells, one path for each shade. */
export function HeatCells(
  { heat, x, y }: { heat: Heat; x: Scale; y: Scale },
) {
  const [xs, ys] = [edgesOf(heat.x).map(x.at), edgesOf(heat.y).map(y.at)];
  return (
    <g class="s s0">
      {shadesOf(heat).map(({ opacity, cells }) => (
        <path
          class="marker s0"
          fill-opacity={opacity}
          d={cells.map(([i, j]) =>
            `M${xs[i]},${ys[j]}H${xs[i + 1]}V${ys[j + 1]}H${xs[i]}Z`
          ).join("")}
        />
      ))}
    </g>
  );
}

/** Where cells begin and end: halfway between their middles, and as far beyond the outermost. */
export function edgesOf(middles: number[]): number[] {
  const between = middles.slice(1).map((m, k) => (middles[k]! + m) / 2);
  const [first, last] = [middles[0]!, middles.at(-1)!];
  return [
    first - ((between[0] ?? first + 1) - first),
    ...between,
    last + (last - (between.at(-1) ?? last - 1)),
  ];
}
