import { isTwinValue } from "./families.ts";
import { envelope, type ScanLine, type ScanPoint } from "./scan.ts";
import { peakOf } from "./spectrum.ts";

/** What of each scan is laid over the others: its points at one k_y that all have, or its largest growth rate. */
export interface Overlay {
  /** Null: the scans share no k_y. */
  ky: number | null;
  /** One for each scan, in their order. */
  lines: ScanPoint[][];
}

/**
 * What scans of different codes or base physics have in common: of the k_y at which all have a line (within the tolerance of twins) the one where
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

function at(lines: ScanLine[], ky: number): ScanLine | undefined {
  return lines.find((line) => isTwinValue(line.ky, ky));
}
