import { type Column, number, text } from "../column.ts";
import { electromagneticShare, speciesFlux, summedFlux } from "../fluxes.ts";
import { kind } from "../linear.ts";
import { roles } from "../roles.ts";
import type { Maybe, Simulation } from "../simulation.ts";

const PATH = "non_linear.fluxes_1d";

/** Time-averaged fluxes of nonlinear and quasilinear runs. */
export const NONLINEAR_COLUMNS: Column[] = [
  number("nonlinear", {
    key: "Q_e",
    symbol: "Q_e",
    label: "Qe",
    name: "Electron heat flux",
    meaning: "Sum over the perturbed fields.",
    unit: "heat_flux",
    imas: `${PATH}.energy_*`,
    signed: true,
  }, (sim) => ofSpecies(sim, "energy", "e")),
  number(
    "nonlinear",
    {
      key: "Q_i",
      symbol: "Q_i",
      label: "Qi",
      name: "Ion heat flux",
      meaning:
        "Sum over all positive species, impurities and fast ions included, and over the perturbed fields.",
      unit: "heat_flux",
      imas: `${PATH}.energy_*`,
      signed: true,
    },
    (sim) =>
      sim.nonlinear &&
      summedFlux(sim.nonlinear.fluxes, "energy", roles(sim.species).positive),
  ),
  number("nonlinear", {
    key: "Q_i_main",
    symbol: 'Q_i "(main)"',
    label: "Qi (main ion)",
    name: "Heat flux of the main ion",
    meaning: "Of the most abundant ion with Z = 1 alone.",
    unit: "heat_flux",
    imas: `${PATH}.energy_*`,
    signed: true,
  }, (sim) => ofSpecies(sim, "energy", "i")),
  number("nonlinear", {
    key: "G_e",
    symbol: "Γ_e",
    label: "Ge",
    name: "Electron particle flux",
    meaning: "Sum over the perturbed fields.",
    unit: "particle_flux",
    imas: `${PATH}.particles_*`,
    signed: true,
  }, (sim) => ofSpecies(sim, "particles", "e")),
  number("nonlinear", {
    key: "em_share",
    symbol: "f_{em}",
    label: "em share",
    name: "Magnetic share of the heat flux",
    meaning:
      "0 = all by the electric potential, 1 = all by magnetic perturbations. GENE's parallel-field part is contained in its A part.",
    formula: "sum_s |Q_s^A + Q_s^B|/sum_s(|Q_s^phi| + |Q_s^A + Q_s^B|)",
    imas: `${PATH}.energy_*`,
  }, (sim) => sim.nonlinear && electromagneticShare(sim.nonlinear.fluxes)),
  number("nonlinear", {
    key: "t_end",
    symbol: "t_{end}",
    label: "t end",
    name: "End of the time trace",
    meaning: "Last output time of a nonlinear run.",
    unit: "time",
    imas: "non_linear.time_norm",
  }, (sim) => kind(sim) === "nonlinear" ? sim.nonlinear?.t_end ?? null : null),
  text("nonlinear", {
    key: "saturated",
    label: "saturated",
    name: "Saturated",
    meaning:
      "Does the total heat flux stand still over the last half of the time? unknown below 40 points or ten autocorrelation times; " +
      "not applicable to quasilinear runs.",
    formula:
      "|m2 - m1| <= max(0.2 |m|, 2 SE), m1 and m2 the means of the two last quarters, SE = sigma sqrt(2 tau_ac/T)",
    imas: "non_linear.fluxes_2d_k_x_k_y_sum.energy_*",
  }, saturated),
];

function ofSpecies(
  sim: Simulation,
  flux: "energy" | "particles",
  role: "e" | "i",
): Maybe {
  const s = roles(sim.species)[role];
  return s === null || sim.nonlinear === null
    ? null
    : speciesFlux(sim.nonlinear.fluxes, flux, s);
}

function saturated(sim: Simulation): string | null {
  if (kind(sim) === "linear") return null;
  if (kind(sim) === "quasilinear") return "not applicable";
  return sim.nonlinear?.saturation.verdict ?? "unknown";
}
