import { fluxTable } from "./fluxes.ts";
import { totalHeatFlux } from "./saturation.ts";
import {
  FIELDS,
  FLUXES,
  type Maybe,
  type Nonlinear,
  type Simulation,
} from "./simulation.ts";

/** Most points of one trace that a plot needs. */
const MAX_POINTS = 1200;
/** Most numbers of all traces together, so that a stored detail stays small. */
const MAX_VALUES = 16_000;
const MIN_POINTS = 240;
const DIGITS = 7;

/** The simulation with its time traces thinned to what plots need: the extremes of the total heat flux stay. Everything else is untouched. */
export function thinned(sim: Simulation): Simulation {
  return sim.nonlinear === null
    ? sim
    : { ...sim, nonlinear: thinnedTraces(sim.nonlinear) };
}

function thinnedTraces(n: Nonlinear): Nonlinear {
  const rows = FLUXES.reduce(
    (sum, q) => sum + FIELDS.reduce((s, f) => s + n.traces[q][f].length, 0),
    0,
  );
  const points = Math.max(
    MIN_POINTS,
    Math.min(MAX_POINTS, Math.floor(MAX_VALUES / Math.max(rows, 1))),
  );
  if (n.time.length <= points) return n;
  const kept = extremes(
    totalHeatFlux(n.traces, n.time.length),
    n.time.length,
    points,
  );
  const traces = fluxTable((q, f) =>
    n.traces[q][f].map((row) => kept.map((k) => rounded(row[k] ?? null)))
  );
  return { ...n, time: kept.map((k) => n.time[k] ?? null), traces };
}

/** Indices of the smallest and the largest value of each of points/2 stretches, with the first and the last. */
function extremes(values: Maybe[], length: number, points: number): number[] {
  const stretches = Math.floor(points / 2) - 1;
  const kept = new Set([0, length - 1]);
  for (let s = 0; s < stretches; s++) {
    const [from, to] = [
      Math.floor(s * length / stretches),
      Math.floor((s + 1) * length / stretches),
    ];
    let [low, high] = [from, from];
    for (let k = from; k < to; k++) {
      if ((values[k] ?? Infinity) < (values[low] ?? Infinity)) low = k;
      if ((values[k] ?? -Infinity) > (values[high] ?? -Infinity)) high = k;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}

function rounded(x: Maybe): Maybe {
  return x === null ? null : Number(x.toPrecision(DIGITS));
}
