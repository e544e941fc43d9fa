import { column } from "../../physics/columns.ts";
import { plainSymbol } from "../../physics/symbol.ts";
import { axisLabel, num, word } from "../family_points.ts";
import { significant } from "../format.ts";
import { head, plain, type Plot, type PlotCell, unitOf } from "./plot.ts";
import type { UnitSystem } from "../../physics/units.ts";
import { type DrawnScan, nameOf, scanName, variedHead } from "./scan.ts";
import type { ShownScans } from "./scan_units.ts";
import type { PlotSeries } from "./series.tsx";

const FLUXES = ["Q_i", "Q_e"] as const;
type FluxKey = (typeof FLUXES)[number];

/** Heat fluxes of nonlinear or quasilinear runs against the varied parameter; one that did not settle is crossed. Null without fluxes. */
export function scanFluxesPlot(
  { scans, units, words }: ShownScans,
  varied: string,
): Plot | null {
  const name = nameOf(varied, units);
  const of = (scan: DrawnScan, key: FluxKey, look: number, label: string) =>
    seriesOf(scan, key, { look, label });
  const panels = scans.length === 1
    ? [{
      key: "fluxes",
      title: `Heat fluxes against ${name}`,
      yLabel: axisLabel("Q_i", units),
      series: FLUXES.map((key, k) => of(scans[0]!, key, k, symbolOf(key))),
    }]
    : FLUXES.map((key) => ({
      key,
      title: `${column(key)!.name} against ${name}`,
      yLabel: axisLabel(key, units),
      series: scans.map((scan, k) => of(scan, key, k, scanName(scan))),
    }));
  const drawn = panels.map((p) => ({
    ...p,
    xLabel: axisLabel(varied, units),
    crossed: "not saturated",
    series: p.series.filter((s) => s.points.length > 0),
  })).filter((p) => p.series.length > 0);
  if (drawn.length === 0) return null;
  return {
    name: "scan",
    title: `Heat fluxes against ${name}`,
    finding: drawn.flatMap((p) =>
      p.series.map((s) =>
        `${s.label}${
          scans.length > 1 ? `, ${symbolOf(p.key as FluxKey)}` : ""
        } goes from ${significant(s.points[0]!.y)} to ${
          significant(s.points.at(-1)!.y)
        }.`
      )
    ).join(" "),
    note: `A crossed point is not saturated. ${words}`.trim(),
    panels: drawn,
    table: tableOf(scans, varied, units),
  };
}

function seriesOf(
  { family }: DrawnScan,
  key: FluxKey,
  { look, label }: { look: number; label: string },
): PlotSeries {
  const points = family.members.flatMap(({ row, value }) => {
    const flux = num(row, key);
    if (flux === null) return [];
    const settled = row.saturated !== "no";
    const title = `Run ${row.id}: ${significant(flux)} at ${
      significant(value)
    }`;
    const mark = settled ? "filled" as const : "crossed" as const;
    return [{ x: value!, y: flux, mark, title }];
  });
  return { look, label, points, line: points };
}

function tableOf(
  scans: DrawnScan[],
  varied: string,
  units: UnitSystem,
): Plot["table"] {
  return {
    heads: [
      "scan",
      "code",
      "run",
      variedHead(varied, units),
      ...FLUXES.map((key) => head(key, plain(unitOf("heat_flux", units)))),
      "saturated",
    ],
    rows: scans.flatMap(({ id, family }) =>
      family.members.map(({ row, value }): PlotCell[] => [
        id,
        word(row, "code") ?? "",
        row.id,
        value,
        ...FLUXES.map((key) => num(row, key)),
        word(row, "saturated") ?? "",
      ])
    ),
  };
}

function symbolOf(key: FluxKey): string {
  return plainSymbol(column(key)!.symbol);
}
