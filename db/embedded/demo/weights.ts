import type { ModeName } from "./linear_models.ts";
import { electron, kinetic, type Plasma } from "./plasma.ts";
import type { Random } from "./random.ts";

/** Fluxes of one species, split by field; energy and particles in one common unit. */
export interface SpeciesFlux {
  particles: [phi: number, A: number, B: number];
  energy: [phi: number, A: number, B: number];
}

/** chi_i/chi_e, D_e/chi_e and the electromagnetic share of each mode (Kotschenreuther 2019). */
const FINGERPRINT: Record<ModeName, { chi: number; D: number; em: number }> = {
  ITG: { chi: 2.6, D: 0.12, em: -0.03 },
  TEM: { chi: 1.1, D: 0.25, em: -0.02 },
  ETG: { chi: 0.1, D: 0.05, em: 0.01 },
  MTM: { chi: 0.08, D: 0.08, em: 0.96 },
  KBM: { chi: 1, D: 0.66, em: 0.12 },
};

/**
 * Fluxes of every stored species for a mode, scaled to an electron heat
 * diffusivity of `size`. One diffusivity D for all species makes sum Z Gamma = 0
 * wherever sum Z n R/L_n = 0; adiabatic electrons leave no particle flux.
 */
export function fluxes(
  p: Plasma,
  name: ModeName,
  size: number,
  random: Random,
): SpeciesFlux[] {
  const { chi, D, em } = FINGERPRINT[name];
  const ratio = chi * random.scatter(0.03);
  const particle = p.adiabatic === "none" ? D * random.scatter(0.03) : 0;
  const magnetic = p.fields > 1 ? em * (name === "MTM" ? 1 : emGrowth(p)) : 0;
  return kinetic(p).map((s) => {
    const ion = s.Z > 0;
    const drive = p.adiabatic === "electrons"
      ? s.RLT
      : Math.max(s.RLT, 0.2 * electron(p).RLT);
    return {
      particles: share(size * particle * s.n * s.RLn, magnetic, p.fields),
      energy: share(
        size * (ion ? ratio : 1) * s.n * s.T * drive,
        ion ? 0.3 * magnetic : magnetic,
        p.fields,
      ),
    };
  });
}

/** The magnetic part grows with beta and is as in the table at 1 %. */
function emGrowth(p: Plasma): number {
  return Math.min(2, p.betaE / 0.01);
}

/** Splits a flux between the fields that are solved. */
function share(
  total: number,
  magnetic: number,
  fields: number,
): [number, number, number] {
  const B = fields === 3 ? -0.004 * total : 0;
  return [total * (1 - magnetic) - B, total * magnetic, B];
}
