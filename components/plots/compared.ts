import type { RunRow } from "../../db/runs/list.ts";
import { fluxSpectra } from "../../physics/plots/flux_spectrum.ts";
import type { XY } from "../../physics/plots/points.ts";
import { tracesOf } from "../../physics/plots/trace.ts";
import type { UnitSystem } from "../../physics/units.ts";
import { significant } from "../format.ts";
import { FLUX_FACTS, fluxUnit } from "../run_fluxes.tsx";
import {
  membersIn,
  rowIn,
  type ShownUnits,
  simulationIn,
  unitsOfRuns,
} from "../shown_units.ts";
import {
  axis,
  GYRORADII,
  head,
  kyIn,
  plain,
  type Plot,
  unitOf,
} from "./plot.ts";
import {
  type ComparedRun,
  comparedSpectra,
  labelOf,
} from "./compared_spectra.ts";
import { lineSeries } from "./series_of.ts";
import { joined } from "./trace.ts";

/** Runs to compare in the units asked for, or as stored where a/R0 of one that is drawn is not known. */
export function comparedIn(
  asked: UnitSystem,
  runs: ComparedRun[],
): ShownUnits & { runs: ComparedRun[] } {
  const drawn = runs.flatMap((r) => [r.row, ...r.spectrum.map((m) => m.row)]);
  const { units, words } = unitsOfRuns(asked, drawn);
  return {
    units,
    words,
    runs: runs.map(({ row, detail, spectrum }) => ({
      row: rowIn(units, row),
      detail: simulationIn(units, detail, row),
      spectrum: membersIn(units, spectrum),
    })),
  };
}

/** Plots that lay runs over one another, all in `units`; each only where a run has something to show in it. */
export function comparedPlots(
  runs: ComparedRun[],
  units: UnitSystem = "stored",
): Plot[] {
  return [comparedSpectra, comparedTraces, comparedFluxes].map((draw) =>
    draw(runs, units)
  ).filter((p) => p !== null);
}

/** Total heat flux over time. */
export function comparedTraces(
  runs: ComparedRun[],
  units: UnitSystem,
): Plot | null {
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
    x: { label: axis("t", unitOf("time", units)), plain: "t", linear: true },
    xHead: head("t", unitOf("time", units)),
    lines,
    units,
  });
}

/** Total heat flux over k_y of nonlinear runs. */
export function comparedFluxes(
  runs: ComparedRun[],
  units: UnitSystem,
): Plot | null {
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
      `Run ${row.id} peaks at ${kyIn(units)} = ${significant(peak.x)}`
    ).join("; ") + ".",
    x: {
      label: axis(`|k_y| ${GYRORADII[units].symbol}`),
      plain: "ky",
      linear: false,
    },
    xHead: `|ky| ${GYRORADII[units].plain}`,
    lines,
    units,
  });
}

function linesPlot(
  { x, xHead, lines, units, ...words }:
    & Pick<Plot, "name" | "title" | "note" | "finding">
    & {
      x: { label: ReturnType<typeof axis>; plain: string; linear: boolean };
      xHead: string;
      units: UnitSystem;
      lines: { row: RunRow; look: number; points: XY[] }[];
    },
): Plot {
  const notation = FLUX_FACTS.energy[1];
  const unit = fluxUnit("energy", units);
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
