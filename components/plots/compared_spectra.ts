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
  type Panel,
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

/** A compared run with the points of its spectrum. */
interface Drawn extends ComparedRun {
  look: number;
  /** Number of its spectrum; runs of one have the same. */
  family: number | undefined;
  points: Point[];
}

/** Growth rate and frequency over k_y, for each run with its spectrum. Runs of one spectrum share its line. */
export function comparedSpectra(
  runs: ComparedRun[],
  units: UnitSystem,
): Plot | null {
  const drawn = runs.map((run, look): Drawn => ({
    ...run,
    look,
    family: run.spectrum.find((m) => m.row.id === run.row.id)?.spectrum_id,
    points: run.spectrum.flatMap(memberPoints).filter((p) =>
      p.ky !== null && (p.gamma !== null || p.state === "stable")
    ),
  })).filter((r) => r.points.length > 0);
  if (drawn.length === 0) return null;
  const panel = (
    key: "gamma" | "omega",
    title: string,
    y: (p: Point) => Maybe,
  ): Panel => ({
    key,
    title,
    xLabel: axisLabel("ky", units),
    yLabel: axisLabel(key, units),
    series: drawn.map((run) => seriesAmong(run, drawn, y)),
  });
  return {
    name: "spectrum",
    title: "Growth rate and frequency over wavenumber",
    finding: finding(drawn, units),
    note:
      "Each run with all runs of its code and physics; runs of one spectrum share its line. Frequencies above zero turn in the ion diamagnetic direction.",
    panels: [
      panel("gamma", "Growth rate", drawnGamma),
      panel("omega", "Frequency", (p) => p.omega),
    ],
    table: tableOf(drawn, units),
  };
}

/** The first run of a spectrum has its line and all markers but those of the others that are compared; these have their own markers only. */
function seriesAmong(
  run: Drawn,
  drawn: Drawn[],
  y: (p: Point) => Maybe,
): PlotSeries {
  const same = drawn.filter((r) => r.family === run.family);
  const isFirst = run.family === undefined || same[0] === run;
  const others = same.filter((r) => r !== run).map((r) => r.row.id);
  return seriesOf({
    look: run.look,
    label: labelOf(run.row),
    points: isFirst && run.points.length <= MAX_MARKERS
      ? run.points.filter((p) => !others.includes(p.run))
      : run.points.filter((p) => p.run === run.row.id),
    line: isFirst ? lineOf(run.points, (p) => p.ky) : [],
    x: (p) => p.ky,
    y,
  });
}

function finding(drawn: Drawn[], units: UnitSystem): string {
  const peaks = drawn.flatMap(({ row, points }) => {
    const peak = peakOf(points);
    return peak === null ? [] : [
      `Run ${row.id} peaks at γ = ${significant(peak.gamma)}, ${
        kyIn(units)
      } = ${significant(peak.ky)}`,
    ];
  });
  return peaks.length > 0 ? `${peaks.join("; ")}.` : "No mode grows.";
}

function tableOf(drawn: Drawn[], units: UnitSystem): Plot["table"] {
  return {
    heads: [
      "compared run",
      "run of the point",
      `ky ${GYRORADII[units].plain}`,
      head("γ", unitOf("rate", units)),
      head("ω", unitOf("rate", units)),
      "state",
    ],
    rows: drawn.flatMap(({ row, points }) =>
      points.toSorted((a, b) => a.ky! - b.ky!).map((
        p,
      ): PlotCell[] => [row.id, p.run, p.ky, p.gamma, p.omega, p.state])
    ),
  };
}

/** How a run is called in a legend. */
export function labelOf(row: RunRow): string {
  return `Run ${row.id}${row.code ? `, ${row.code}` : ""}`;
}
