import type { Member } from "../../db/families/members.ts";
import type { RunRow } from "../../db/runs/list.ts";
import type { Maybe, Simulation } from "../../physics/simulation.ts";
import {
  drawnGamma,
  lineOf,
  peakOf,
  type Point,
} from "../../physics/spectrum.ts";
import type { UnitSystem } from "../../physics/units.ts";
import { axisLabel, memberPoints, seriesOf } from "../family_points.ts";
import { significant } from "../format.ts";
import {
  GYRORADII,
  head,
  kyIn,
  type Plot,
  type PlotCell,
  unitOf,
} from "./plot.ts";
import type { PlotSeries } from "./series.tsx";

/** A run with what its plots are made from. */
export interface ComparedRun {
  row: RunRow;
  detail: Simulation;
  /** Runs of the same code and physics, the run itself among them. */
  spectrum: Member[];
}

/** More markers of one spectrum than this are a cloud. */
const MAX_MARKERS = 200;

/** Growth rate and frequency over k_y, for each run with its spectrum. Runs of one spectrum share its line. */
export function comparedSpectra(
  runs: ComparedRun[],
  units: UnitSystem,
): Plot | null {
  const found = runs.map((run, look) => ({
    ...run,
    look,
    family: run.spectrum.find((m) => m.row.id === run.row.id)?.spectrum_id,
    points: run.spectrum.flatMap(memberPoints).filter((p) =>
      p.ky !== null && (p.gamma !== null || p.state === "stable")
    ),
  })).filter((r) => r.points.length > 0);
  if (found.length === 0) return null;
  const series = (y: (p: Point) => Maybe) =>
    found.map((run, k): PlotSeries => {
      const isFirst = run.family === undefined ||
        found.findIndex((r) => r.family === run.family) === k;
      const own = run.points.filter((p) => p.run === run.row.id);
      const others = found.filter((r) => r.family === run.family && r !== run)
        .map((r) => r.row.id);
      const marked = isFirst && run.points.length <= MAX_MARKERS
        ? run.points.filter((p) => !others.includes(p.run))
        : own;
      return seriesOf({
        look: run.look,
        label: labelOf(run.row),
        points: marked,
        line: isFirst ? lineOf(run.points, (p) => p.ky) : [],
        x: (p) => p.ky,
        y,
      });
    });
  const peaks = found.flatMap(({ row, points }) => {
    const peak = peakOf(points);
    return peak === null ? [] : [
      `Run ${row.id} peaks at γ = ${significant(peak.gamma)}, ${
        kyIn(units)
      } = ${significant(peak.ky)}`,
    ];
  });
  return {
    name: "spectrum",
    title: "Growth rate and frequency over wavenumber",
    finding: peaks.length > 0 ? `${peaks.join("; ")}.` : "No mode grows.",
    note:
      "Each run with all runs of its code and physics; runs of one spectrum share its line. Frequencies above zero turn in the ion diamagnetic direction.",
    panels: [
      {
        key: "gamma",
        title: "Growth rate",
        xLabel: axisLabel("ky", units),
        yLabel: axisLabel("gamma", units),
        series: series(drawnGamma),
      },
      {
        key: "omega",
        title: "Frequency",
        xLabel: axisLabel("ky", units),
        yLabel: axisLabel("omega", units),
        series: series((p) => p.omega),
      },
    ],
    table: {
      heads: [
        "compared run",
        "run of the point",
        `ky ${GYRORADII[units].plain}`,
        head("γ", unitOf("rate", units)),
        head("ω", unitOf("rate", units)),
        "state",
      ],
      rows: found.flatMap(({ row, points }) =>
        points.toSorted((a, b) => a.ky! - b.ky!).map((
          p,
        ): PlotCell[] => [row.id, p.run, p.ky, p.gamma, p.omega, p.state])
      ),
    },
  };
}

/** How a run is called in a legend. */
export function labelOf(row: RunRow): string {
  return `Run ${row.id}${row.code ? `, ${row.code}` : ""}`;
}
