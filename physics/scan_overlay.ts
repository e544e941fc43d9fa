import { envelope, type ScanLine, type ScanPoint } from "./scan.ts";
import { peakOf } from "./spectrum.ts";

/** Wavenumbers of scans that are laid over one another are one within this share: the metric factor in the stored k_y follows the surface. */
export const SHARED_KY = 0.02;

/** What of each scan is laid over the others: its points at one k_y that all have, or its largest growth rate. */
export interface Overlay {
  /** Null: the scans share no k_y. */
  ky: number | null;
  /** One for each scan, in their order. */
  lines: ScanPoint[][];
}

/**
 * What scans of different codes or base physics have in common: of the k_y at which all have a line (within {@linkcode SHARED_KY}) the one where
 * the first scan grows most; where there is none, the largest growth rate over each scan's own k_y.
 */
export function overlay(
  scans: { points: ScanPoint[]; lines: ScanLine[] }[],
): Overlay {
  const [first, ...others] = scans;
  const shared = first!.lines.filter((line) =>
    line.ky !== null && others.every((o) => at(o.lines, line.ky!))
  );
  const height = (line: ScanLine) => peakOf(line.points)?.gamma ?? -Infinity;
  const best = shared.toSorted((a, b) => height(b) - height(a))[0];
  return best
    ? { ky: best.ky, lines: scans.map((s) => at(s.lines, best.ky!)!.points) }
    : { ky: null, lines: scans.map((s) => envelope(s.points)) };
}

/** The nearest line to a k_y. */
function at(lines: ScanLine[], ky: number): ScanLine | undefined {
  const off = (line: ScanLine) => Math.abs((line.ky ?? Infinity) / ky - 1);
  return lines.filter((line) => off(line) <= SHARED_KY).toSorted((a, b) =>
    off(a) - off(b)
  )[0];
}
