import { electromagneticShare, speciesFlux, summedFlux } from "./fluxes.ts";
import { dominant } from "./linear.ts";
import { electrons, mainIons, ratio, roles } from "./roles.ts";
import type { Maybe, Simulation, Species } from "./simulation.ts";

/** Ratios of the flux weights of the dominant mode: amplitudes drop out of them. */
export interface QuasilinearRatios {
  /** 0..1. */
  em_share: Maybe;
  /** All ions over electrons. */
  heat_ratio: Maybe;
  /** Gamma_e/Q_e. */
  particle_ratio: Maybe;
  /** Diffusivities, chi_s = Q_s/(n_s T_s R/L_Ts) and D_e = Gamma_e/(n_e R/L_ne). */
  chi_i_over_chi_e: Maybe;
  D_e_over_chi_e: Maybe;
}

/** Null for nonlinear runs and where no weights are stored (linear TGLF). */
export function quasilinear(sim: Simulation): QuasilinearRatios | null {
  const weights = dominant(sim)?.mode.weights;
  if (!weights || weights.energy.phi.length === 0) return null;
  const { e, i, positive } = roles(sim.species);
  const of = (flux: "energy" | "particles", s: number | null) =>
    s === null ? null : speciesFlux(weights, flux, s);
  const chiE = diffusivity(of("energy", e), electrons(sim), "RLT");
  return {
    em_share: electromagneticShare(weights),
    heat_ratio: ratio(summedFlux(weights, "energy", positive), of("energy", e)),
    particle_ratio: ratio(of("particles", e), of("energy", e)),
    chi_i_over_chi_e: ratio(
      diffusivity(of("energy", i), mainIons(sim), "RLT"),
      chiE,
    ),
    D_e_over_chi_e: ratio(
      diffusivity(of("particles", e), electrons(sim), "RLn"),
      chiE,
    ),
  };
}

function diffusivity(
  flux: Maybe,
  s: Species | null,
  gradient: "RLT" | "RLn",
): Maybe {
  if (
    s === null || s.density === null || s.temperature === null ||
    s[gradient] === null
  ) return null;
  return ratio(
    flux,
    s.density * (gradient === "RLT" ? s.temperature : 1) * s[gradient],
  );
}
