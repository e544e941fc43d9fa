import type { Family } from "../db/families/members.ts";
import { scanLines, threshold } from "../physics/scan.ts";
import { memberPoints } from "./family_points.ts";
import { publishedFor } from "./scan_published.ts";

/** The thresholds of a scan as lines of a CSV file, heads first: one for each k_y, and one for each published fit. */
export function thresholdCells(
  { members }: Family,
  varied: string,
): (string | number | null)[][] {
  const lines = scanLines(
    members.flatMap((m) =>
      memberPoints(m).map((p) => ({ ...p, value: m.value! }))
    ),
  );
  return [
    ["source", "ky", "ky_input", varied, "error", "slope", "values"],
    ...lines.map(({ ky, ky_input, points }) => {
      const found = threshold(points);
      return [
        "scan",
        ky,
        ky_input,
        found?.value ?? null,
        found?.error ?? null,
        found?.slope ?? null,
        points.length,
      ];
    }),
    ...publishedFor(varied, members[0]!.row).map(({ mode, source, value }) => [
      `${mode}: ${source}`,
      null,
      null,
      value,
      null,
      null,
      null,
    ]),
  ];
}
