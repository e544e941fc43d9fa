import type { Flux, Maybe, Nonlinear, Saturation } from "../simulation.ts";
import { addRows, isRounding, placed, speciesRows, type XY } from "./points.ts";

/** One flux over time. */
export interface FluxTrace {
  flux: Flux;
  /** By species, in stored order, summed over the fields: one value for each stored time. */
  rows: Maybe[][];
  /** Heat summed over the species, as `rows`; null for a single one, and for particles, whose fluxes are tied to each other. */
  sum: Maybe[] | null;
  /** `rows` as places, where there is a number. */
  species: XY[][];
  /** `sum` as places; empty without one. */
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
    .filter((t, _, [first]) =>
      t === first || !isRounding(t.rows.flat(), first!.rows.flat())
    );
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

function traceOf(n: Nonlinear, flux: Flux): FluxTrace {
  const rows = speciesRows(n.traces, flux);
  const sum = flux === "energy" && rows.length > 1 ? addRows(rows) : null;
  return {
    flux,
    rows,
    sum,
    species: rows.map((row) => placed(n.time, row)),
    total: sum === null ? [] : placed(n.time, sum),
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
