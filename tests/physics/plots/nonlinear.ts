import { fluxTable, perField } from "../../../physics/fluxes.ts";
import { NO_SATURATION } from "../../../physics/saturation.ts";
import type { Nonlinear } from "../../../physics/simulation.ts";

/** A nonlinear part with nothing in it but what is given. */
export function nonlinear(given: Partial<Nonlinear> = {}): Nonlinear {
  return {
    ky: [],
    kx: [],
    time: [],
    window: [0.5, 1],
    n_time: given.time?.length ?? 0,
    t_end: given.time?.at(-1) ?? null,
    fluxes: fluxTable(() => []),
    spectra: fluxTable(() => []),
    traces: fluxTable(() => []),
    intensity: perField(() => []),
    saturation: NO_SATURATION,
    ...given,
  };
}
