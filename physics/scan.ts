import { significantDigits } from "./families.ts";
import type { Maybe } from "./simulation.ts";
import { drawnGamma, lineOf, type Point } from "./spectrum.ts";

/** A point of a scan: a wavevector at one value of what is varied. */
export interface ScanPoint extends Point {
  value: number;
}

/** The points of a scan at one k_y, along what is varied. */
export interface ScanLine {
  ky: Maybe;
  ky_input: Maybe;
  points: ScanPoint[];
}

/** Where an instability sets in, or ceases, along a scan. */
export interface Threshold {
  /** Zero of gamma. */
  value: number;
  /** It lies no further away than this: half the way between the neighbours it was found from. */
  error: number;
  /** d gamma / d value on the unstable side. */
  slope: number;
}

/**
 * Lines of at least two values, one for each k_y, ascending.
 *
 * Where all runs say what was typed, k_y is told apart by that: the stored one contains a metric factor, which a scan of the shape changes.
 */
export function scanLines(points: ScanPoint[]): ScanLine[] {
  const typed = points.every((p) => p.ky_input !== null);
  const place = (p: ScanPoint) => typed ? p.ky_input : p.ky;
  const lines = Map.groupBy(points, (p) => significantDigits(place(p)));
  return [...lines.values()].map((group) => ({
    ky: group[0]!.ky,
    ky_input: group[0]!.ky_input,
    points: lineOf(group, (p) => (p as ScanPoint).value) as ScanPoint[],
  })).filter((line) => line.points.length > 1).sort((a, b) =>
    (a.ky ?? 0) - (b.ky ?? 0)
  );
}

/** The largest growth rate at each value: what is left of many lines. Implausible points do not count. */
export function envelope(points: ScanPoint[]): ScanPoint[] {
  const values = Map.groupBy(
    points.filter((p) => p.state !== "implausible"),
    (p) => significantDigits(p.value),
  );
  return [...values.values()].map((group) =>
    group.reduce((best, p) =>
      (drawnGamma(p) ?? -Infinity) > (drawnGamma(best) ?? -Infinity) ? p : best
    )
  ).sort((a, b) => a.value - b.value);
}

/**
 * Where gamma crosses zero between a stable and an unstable neighbour, the first such place; null where the line does not show one.
 *
 * A straight line through the two; where the stable one has no growth rate of its own, through the two nearest unstable ones instead, its
 * zero held between the neighbours.
 */
export function threshold(line: ScanPoint[]): Threshold | null {
  const trusted = line.filter((p) =>
    p.state === "stable" || (p.state === "unstable" && p.gamma !== null)
  );
  const at = trusted.findIndex((p, k) =>
    k > 0 && p.state !== trusted[k - 1]!.state
  );
  if (at < 1) return null;
  const rises = trusted[at]!.state === "unstable";
  const [stable, unstable, further] = rises
    ? [trusted[at - 1]!, trusted[at]!, trusted[at + 1]]
    : [trusted[at]!, trusted[at - 1]!, trusted[at - 2]];
  const other = stable.gamma !== null && stable.gamma < 0 ? stable : further;
  if (!other || other.gamma === null) return null;
  const slope = (unstable.gamma! - other.gamma) /
    (unstable.value - other.value);
  if (rises !== slope > 0 || !Number.isFinite(slope)) return null;
  const zero = unstable.value - unstable.gamma! / slope;
  const [low, high] = [trusted[at - 1]!.value, trusted[at]!.value];
  return {
    value: Math.min(Math.max(zero, low), high),
    error: (high - low) / 2,
    slope,
  };
}
