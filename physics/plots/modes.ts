import type { Maybe, Simulation } from "../simulation.ts";

/** A mode that is not the fastest at its wavevector. */
export interface FurtherMode {
  /** |k_theta rho_ref|. */
  ky: number;
  gamma: number;
  omega: Maybe;
  /** 2 for the second fastest. */
  rank: number;
}

/** The slower modes of a run, which only eigenvalue solvers find; by wavevector, the faster first. */
export function furtherModes(sim: Simulation): FurtherMode[] {
  return sim.wavevectors.filter((w) => w.ky).flatMap(({ ky, modes }) =>
    modes.filter((m) => m.gamma !== null)
      .toSorted((a, b) => b.gamma! - a.gamma!)
      .map((m, k) => ({
        ky: Math.abs(ky!),
        gamma: m.gamma!,
        omega: m.omega,
        rank: k + 1,
      })).slice(1)
  );
}
