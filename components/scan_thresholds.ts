import { threshold } from "../physics/scan.ts";
import type { DrawnScan } from "./plots/scan.ts";

/** The thresholds of scans, as stored, as lines of a CSV file, heads first: one for each scan and k_y, and one for each published fit to the first scan's plasma. */
export function thresholdCells(
  scan: DrawnScan,
  varied: string,
  others: DrawnScan[] = [],
): (string | number | null)[][] {
  return [
    ["source", "ky", "ky_input", varied, "error", "slope", "values"],
    ...linesOf(scan, "scan"),
    ...others.flatMap((o) => linesOf(o, `scan of run ${o.id}`)),
    ...scan.published.map((
      { mode, source, value },
    ) => [`${mode}: ${source}`, null, null, value, null, null, null]),
  ];
}

function linesOf(
  { lines }: DrawnScan,
  source: string,
): (string | number | null)[][] {
  return lines.map(({ ky, ky_input, points }) => {
    const found = threshold(points);
    return [
      source,
      ky,
      ky_input,
      found?.value ?? null,
      found?.error ?? null,
      found?.slope ?? null,
      points.length,
    ];
  });
}
