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

/** Where an instability sets in along a scan. */
export interface Threshold {
  /** Zero of gamma. */
  value: number;
  /** It lies no further away than this: half the way between the neighbours it was found from. */
  error: number;
  /** d gamma / d value above it. */
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
    (p) => p.value,
  );
  return [...values.values()].map((group) =>
    group.reduce((best, p) =>
      (drawnGamma(p) ?? -Infinity) > (drawnGamma(best) ?? -Infinity) ? p : best
    )
  ).sort((a, b) => a.value - b.value);
}

/**
 * Where gamma crosses zero between a stable and an unstable neighbour; null where the line does not show it.
 *
 * A straight line through the two: with a stable point that has no growth rate of its own, through the two first unstable ones instead,
 * held between the neighbours.
 */
export function threshold(line: ScanPoint[]): Threshold | null {
  const trusted = line.filter((p) =>
    p.state === "stable" || (p.state === "unstable" && p.gamma !== null)
  );
  const at = trusted.findIndex((p, k) =>
    k > 0 && p.state === "unstable" && trusted[k - 1]!.state === "stable"
  );
  if (at < 1) return null;
  const [below, above, next] = [
    trusted[at - 1]!,
    trusted[at]!,
    trusted[at + 1],
  ];
  const other = below.gamma !== null && below.gamma < 0 ? below : next;
  if (!other || other.gamma === null || other.value === above.value) {
    return null;
  }
  const slope = (above.gamma! - other.gamma) / (above.value - other.value);
  if (!(slope > 0)) return null;
  const zero = above.value - above.gamma! / slope;
  return {
    value: Math.min(Math.max(zero, below.value), above.value),
    error: (above.value - below.value) / 2,
    slope,
  };
}
