import type { Flux, Maybe, Nonlinear, Saturation } from "../simulation.ts";
import { addRows, isRounding, placed, speciesRows, type XY } from "./points.ts";

/** One flux over time. */
export interface FluxTrace {
  flux: Flux;
  /** By species, in stored order, summed over the fields. */
  species: XY[][];
  /** Heat summed over the species; empty for a single one, and for particles, whose fluxes are tied to each other. */
  total: XY[];
}

/** Fluxes over time with the stretch that averages are taken over. */
export interface Traces {
  traces: FluxTrace[];
  /** In R0/v_ref. */
  window: { from: number; to: number } | null;
  /** True when `window` is the last half, which `saturation` speaks of. */
  isLastHalf: boolean;
  saturation: Saturation;
  /** Points in the document, of which `traces` may hold fewer. */
  n_time: number;
}

/** Fractions of the end time that are closer are the same. */
const SAME = 1e-6;

/** Heat and particle fluxes over time; null when no flux has two points. */
export function tracesOf(n: Nonlinear | null): Traces | null {
  if (n === null) return null;
  const traces = (["energy", "particles"] as const).map((f) => traceOf(n, f))
    .filter((t) => t.species.some((points) => points.length > 1))
    .filter((t, _, all) => t === all[0] || !isRounding(...heights(t, all[0]!)));
  if (traces.length === 0) return null;
  const window = windowOf(n);
  return {
    traces,
    window,
    isLastHalf: window !== null && n.t_end !== null &&
      Math.abs(window.from / n.t_end - 0.5) < SAME &&
      Math.abs(window.to / n.t_end - 1) < SAME,
    saturation: n.saturation,
    n_time: n.n_time,
  };
}

function heights(...traces: FluxTrace[]): [Maybe[], Maybe[]] {
  return traces.map((t) => t.species.flat().map((p) => p.y)) as [
    Maybe[],
    Maybe[],
  ];
}

function traceOf(n: Nonlinear, flux: Flux): FluxTrace {
  const rows = speciesRows(n.traces, flux);
  return {
    flux,
    species: rows.map((row) => placed(n.time, row)),
    total: flux === "energy" && rows.length > 1
      ? placed(n.time, addRows(rows))
      : [],
  };
}

/** The document's window, as times; null where it holds none that makes sense. */
function windowOf({ window, t_end }: Nonlinear): Traces["window"] {
  const [from, to]: (Maybe | undefined)[] = window;
  if (
    typeof from !== "number" || typeof to !== "number" || t_end === null ||
    from < 0 || to > 1 + SAME || from >= to
  ) return null;
  return { from: from * t_end, to: to * t_end };
}
