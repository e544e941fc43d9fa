import {
  type FluxTrace,
  type Traces,
  tracesOf,
} from "../../physics/plots/trace.ts";
import type { XY } from "../../physics/plots/points.ts";
import type { TimeRecord } from "../../physics/plots/record.ts";
import type { Simulation } from "../../physics/simulation.ts";
import type { UnitSystem } from "../../physics/units.ts";
import { count, significant } from "../format.ts";
import { FLUX_FACTS, fluxUnit } from "../run_fluxes.tsx";
import { speciesNames } from "../run_species.tsx";
import { axis, head, type Panel, plain, type Plot, unitOf } from "./plot.ts";
import { lineSeries } from "./series_of.ts";

const VERDICTS = {
  yes: "stands still (saturated)",
  no: "still drifts (not saturated)",
  unknown: "is too short to tell whether it is saturated",
  "not applicable": "needs no saturation",
};

/** Fluxes over time, with the stretch that averages are taken over. `sim` is in `units`. */
export function tracePlot(
  sim: Simulation,
  units: UnitSystem = "stored",
): Plot | null {
  const found = tracesOf(sim.nonlinear);
  if (found === null) return null;
  const names = speciesNames(sim.species);
  const shown = found.traces[0]!.species.reduce(
    (most, p) => Math.max(most, p.length),
    0,
  );
  return {
    name: "trace",
    title: "Fluxes over time",
    finding: finding(found, units),
    note: [
      "Summed over all wavenumbers and fields.",
      found.window ? "The averaging window is shaded." : "",
      found.n_time > shown
        ? `${count(shown)} of ${
          count(found.n_time)
        } points are drawn; the extremes of the heat flux are among them.`
        : "",
    ].filter(Boolean).join(" "),
    panels: found.traces.map((t) => panelOf(t, found, { names, units })),
    table: tableOf(recordOf(found, sim, units)),
    zoom: true,
  };
}

/** The lines of the plot with every point that the simulation at hand holds, for zooming; null where there is no plot. */
export function traceRecord(
  sim: Simulation,
  units: UnitSystem = "stored",
): TimeRecord | null {
  const found = tracesOf(sim.nonlinear);
  return found && recordOf(found, sim, units);
}

function recordOf(
  { traces }: Traces,
  sim: Simulation,
  units: UnitSystem,
): TimeRecord {
  const names = speciesNames(sim.species);
  return {
    x: { label: "t", unit: plain(unitOf("time", units)) },
    time: sim.nonlinear!.time,
    panels: traces.map(({ flux, rows, sum, total }) => {
      const [title, notation] = FLUX_FACTS[flux];
      const lines = rows.map((values, k) => ({
        label: names[k] ?? "?",
        values,
      }));
      return {
        key: flux,
        title,
        label: plain(notation),
        unit: plain(fluxUnit(flux, units)),
        log: false,
        series: sum !== null && total.length > 0
          ? [...lines, { label: "sum", values: sum }]
          : lines,
      };
    }),
  };
}

function panelOf(
  { flux, species, total }: FluxTrace,
  { window }: Traces,
  { names, units }: { names: string[]; units: UnitSystem },
): Panel {
  const [name, notation] = FLUX_FACTS[flux];
  const x = "t";
  return {
    key: flux,
    title: name,
    xLabel: axis("t", unitOf("time", units)),
    yLabel: axis(notation, fluxUnit(flux, units)),
    xLinear: true,
    band: window,
    series: [
      ...species.map((points, look) =>
        lineSeries({ look, label: names[look] ?? "?", points, x })
      ),
      ...(total.length > 0
        ? [
          lineSeries({
            look: species.length,
            label: "sum",
            points: total,
            x,
          }),
        ]
        : []),
    ],
  };
}

function finding(
  { saturation, traces }: Traces,
  units: UnitSystem,
): string {
  const { mean, error, verdict } = saturation;
  if (mean === null || traces[0]!.flux !== "energy") {
    return `${FLUX_FACTS[traces[0]!.flux][0]} over time.`;
  }
  const unit = plain(fluxUnit("energy", units));
  const spread = error === null ? "" : ` ± ${significant(error)}`;
  return `Over the last half of the time the total heat flux is ${
    significant(mean)
  }${spread} ${unit} (mean and its standard error); it ${VERDICTS[verdict]}.`;
}

/** One row for each time at which any of the lines has a number, ascending. */
function tableOf({ time, x, panels }: TimeRecord): Plot["table"] {
  const columns = panels.flatMap(({ label, unit, series }) =>
    series.map((s) => ({ head: head(`${label} ${s.label}`, unit), ...s }))
  );
  const lines = [time, ...columns.map((c) => c.values)];
  const rows = time.map((_, k) => lines.map((values) => values[k] ?? null));
  return {
    heads: [head(x.label, x.unit), ...columns.map((c) => c.head)],
    rows: rows.filter((row) =>
      row[0] !== null && row.some((v, column) => column > 0 && v !== null)
    ).sort((a, b) => a[0]! - b[0]!),
  };
}

/** One row for each place that any of the lines has, ascending; of two values of a line at one place the last. */
export function joined(lines: XY[][]): (number | null)[][] {
  const ascending = lines.map(ascendingOf);
  const next = lines.map(() => 0);
  const rows: (number | null)[][] = [];
  for (;;) {
    let x = Infinity;
    for (let k = 0; k < next.length; k++) {
      x = Math.min(x, ascending[k]![next[k]!]?.x ?? Infinity);
    }
    if (x === Infinity) return rows;
    const row: (number | null)[] = [x];
    for (let k = 0; k < next.length; k++) {
      const point = ascending[k]![next[k]!];
      row.push(point?.x === x ? point.y : null);
      if (point?.x === x) next[k]!++;
    }
    rows.push(row);
  }
}

/** The line itself where each place is beyond the one before, as it is over a time that no restart has set back. */
function ascendingOf(points: XY[]): XY[] {
  if (points.every(({ x }, k) => k === 0 || x > points[k - 1]!.x)) {
    return points;
  }
  const last = new Map(points.map((p) => [p.x, p]));
  return [...last.values()].sort((a, b) => a.x - b.x);
}
