import type { Member } from "../../db/families/members.ts";
import type { RunRow } from "../../db/runs/list.ts";
import { fluxSpectra } from "../../physics/plots/flux_spectrum.ts";
import type { XY } from "../../physics/plots/points.ts";
import { tracesOf } from "../../physics/plots/trace.ts";
import type { Maybe, Simulation } from "../../physics/simulation.ts";
import {
  drawnGamma,
  lineOf,
  peakOf,
  type Point,
} from "../../physics/spectrum.ts";
import { axisLabel, memberPoints, seriesOf } from "../family_points.ts";
import { significant } from "../format.ts";
import { FLUX_FACTS } from "../run_fluxes.tsx";
import { axis, head, plain, type Plot, type PlotCell, unitOf } from "./plot.ts";
import { lineSeries } from "./series_of.ts";
import type { PlotSeries } from "./series.tsx";
import { joined } from "./trace.ts";

/** A run with what its plots are made from. */
export interface ComparedRun {
  row: RunRow;
  detail: Simulation;
  /** Runs of the same code and physics, the run itself among them. */
  spectrum: Member[];
}

/** More markers of one spectrum than this are a cloud. */
const MAX_MARKERS = 200;

/** Plots that lay runs over one another; each only where a run has something to show in it. */
export function comparedPlots(runs: ComparedRun[]): Plot[] {
  return [comparedSpectra(runs), comparedTraces(runs), comparedFluxes(runs)]
    .filter((p) => p !== null);
}

/** Growth rate and frequency over k_y, for each run with its spectrum. Runs of one spectrum share its line. */
export function comparedSpectra(runs: ComparedRun[]): Plot | null {
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
      `Run ${row.id} peaks at γ = ${significant(peak.gamma)}, ky = ${
        significant(peak.ky)
      }`,
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
        xLabel: axisLabel("ky"),
        yLabel: axisLabel("gamma"),
        series: series(drawnGamma),
      },
      {
        key: "omega",
        title: "Frequency",
        xLabel: axisLabel("ky"),
        yLabel: axisLabel("omega"),
        series: series((p) => p.omega),
      },
    ],
    table: {
      heads: [
        "compared run",
        "run of the point",
        "ky ρref",
        head("γ", unitOf("rate")),
        head("ω", unitOf("rate")),
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

/** Total heat flux over time. */
export function comparedTraces(runs: ComparedRun[]): Plot | null {
  const lines = runs.flatMap(({ row, detail }, look) => {
    const traces = tracesOf(detail.nonlinear ?? null);
    const heat = traces?.traces.find((t) => t.flux === "energy");
    if (!traces || !heat) return [];
    const points = heat.total.length > 0 ? heat.total : heat.species[0] ?? [];
    return [{ row, look, points, mean: traces.saturation.mean }];
  });
  if (lines.length === 0) return null;
  return linesPlot({
    name: "trace",
    title: "Heat flux over time",
    note:
      "Summed over species, wavenumbers and fields. Means are those of the last half of the time.",
    finding: lines.map(({ row, mean }) =>
      mean === null
        ? `Run ${row.id} has no mean`
        : `Run ${row.id} has a mean of ${significant(mean)}`
    ).join("; ") + ".",
    x: { label: axis("t", unitOf("time")), plain: "t", linear: true },
    xHead: head("t", unitOf("time")),
    lines,
  });
}

/** Total heat flux over k_y of nonlinear runs. */
export function comparedFluxes(runs: ComparedRun[]): Plot | null {
  const lines = runs.flatMap(({ row, detail }, look) => {
    const heat = fluxSpectra(detail.nonlinear ?? null).find((s) =>
      s.flux === "energy"
    );
    return heat ? [{ row, look, points: heat.total, peak: heat.peak }] : [];
  });
  if (lines.length === 0) return null;
  return linesPlot({
    name: "flux-spectrum",
    title: "Heat flux over wavenumber",
    note:
      "Time-averaged, summed over species, fields and radial wavenumbers; each point is what its wavenumber adds to the flux.",
    finding: lines.map(({ row, peak }) =>
      `Run ${row.id} peaks at ky = ${significant(peak.x)}`
    ).join("; ") + ".",
    x: { label: axis("|k_y| ρ_{ref}"), plain: "ky", linear: false },
    xHead: "|ky| ρref",
    lines,
  });
}

function linesPlot(
  { x, xHead, lines, ...words }:
    & Pick<Plot, "name" | "title" | "note" | "finding">
    & {
      x: { label: ReturnType<typeof axis>; plain: string; linear: boolean };
      xHead: string;
      lines: { row: RunRow; look: number; points: XY[] }[];
    },
): Plot {
  const [, notation, unit] = FLUX_FACTS.energy;
  return {
    ...words,
    panels: [{
      key: "heat",
      title: words.title,
      xLabel: x.label,
      yLabel: axis(notation, unit),
      xLinear: x.linear,
      series: lines.map(({ row, look, points }) =>
        lineSeries({ look, label: labelOf(row), points, x: x.plain })
      ),
    }],
    table: {
      heads: [
        xHead,
        ...lines.map(({ row }) =>
          head(`${plain(notation)} run ${row.id}`, unit)
        ),
      ],
      rows: joined(lines.map((l) => l.points)),
    },
  };
}

function labelOf(row: RunRow): string {
  return `Run ${row.id}${row.code ? `, ${row.code}` : ""}`;
}
