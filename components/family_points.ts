import type { Member } from "../db/families/members.ts";
import type { RunRow } from "../db/runs/list.ts";
import { pointsOf } from "../physics/points.ts";
import type { Point, PointState } from "../physics/spectrum.ts";
import { column } from "../physics/columns.ts";
import { symbol, type SymbolPart } from "../physics/symbol.ts";
import { unitIn, type UnitSystem } from "../physics/units.ts";
import { significant } from "./format.ts";
import { symbolIn } from "./run_value.tsx";
import type { Mark, PlotPoint, PlotSeries } from "./plots/series.tsx";

const MARKS: Record<PointState, Mark> = {
  unstable: "filled",
  stable: "open",
  unconverged: "crossed",
  implausible: "warning",
};

/** The points of a run of a family. */
export function memberPoints(
  { row, wavevectors, folder_path }: Member,
): Point[] {
  return pointsOf({
    id: row.id,
    code: word(row, "code"),
    ky: num(row, "ky"),
    ky_input: num(row, "ky_input"),
    gamma: num(row, "gamma"),
    omega: num(row, "omega"),
    stability: word(row, "stability"),
    convergence: word(row, "convergence"),
    implausible: row.implausible === true,
    mode: word(row, "mode"),
    folder: folder_path,
    wavevectors,
  });
}

/** A series of a plot: `points` as markers, `line` as the path through those of its points that are not implausible. */
export function seriesOf<P extends Point>(
  { look, label, points, line, x, y }: {
    look: number;
    label: string;
    points: P[];
    line: P[];
    x: (p: P) => number | null;
    y: (p: P) => number | null;
  },
): PlotSeries {
  const placed = (p: P) => x(p) !== null && y(p) !== null;
  const place = (p: P) => ({ x: x(p)!, y: y(p)! });
  return {
    look,
    label,
    points: points.filter(placed).map((p): PlotPoint => ({
      ...place(p),
      mark: MARKS[p.state],
      title: `Run ${p.run}: ${significant(y(p))} at ${significant(x(p))}${
        p.state === "unstable" ? "" : `, ${p.state}`
      }`,
    })),
    line: line.filter((p) => placed(p) && p.state !== "implausible").map(place),
  };
}

/** Symbol and unit of a column, as an axis shows them. */
export function axisLabel(
  key: string,
  units: UnitSystem = "stored",
): SymbolPart[] {
  const { label, unit } = column(key)!;
  const parts = symbolIn(units, column(key)!);
  const name = parts.length > 0
    ? parts
    : [{ text: label, style: "plain" as const }];
  const shown = unitIn(units, unit);
  if (shown === "") return name;
  return [
    ...name,
    { text: " (", style: "plain" },
    ...symbol(shown),
    { text: ")", style: "plain" },
  ];
}

/** A number of a row; null for anything else. */
export function num(row: RunRow, key: string): number | null {
  const value = row[key];
  return typeof value === "number" ? value : null;
}

/** A word of a row; null for anything else. */
export function word(row: RunRow, key: string): string | null {
  const value = row[key];
  return typeof value === "string" && value !== "" ? value : null;
}
