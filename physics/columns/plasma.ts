import { type Column, flag, int, number, text } from "../column.ts";
import { electronCollisions, selfCollisions } from "../linear.ts";
import {
  adiabatic,
  effectiveCharge,
  electrons,
  finite,
  leadingImpurity,
  mainIons,
  ratio,
} from "../roles.ts";
import type { Maybe, Simulation, Species } from "../simulation.ts";

/** Below this a density gradient makes eta meaningless. */
const MIN_RLN = 1e-3;

/** Gradients, species, rotation, collisions and fields. */
export const PLASMA_COLUMNS: Column[] = [
  gradient(
    "RLTe",
    "R/L_{Te}",
    "R/LTe",
    "Electron temperature gradient",
    "temperature_log_gradient_norm",
    electrons,
    "RLT",
  ),
  gradient(
    "RLTi",
    "R/L_{Ti}",
    "R/LTi",
    "Ion temperature gradient",
    "temperature_log_gradient_norm",
    mainIons,
    "RLT",
  ),
  gradient(
    "RLne",
    "R/L_{ne}",
    "R/Lne",
    "Electron density gradient",
    "density_log_gradient_norm",
    electrons,
    "RLn",
  ),
  gradient(
    "RLni",
    "R/L_{ni}",
    "R/Lni",
    "Ion density gradient",
    "density_log_gradient_norm",
    mainIons,
    "RLn",
  ),
  number(
    "plasma",
    {
      key: "Ti_Te",
      symbol: "T_i/T_e",
      label: "Ti/Te",
      name: "Temperature ratio",
      meaning:
        "Main ion over electrons; over the reference temperature, which is T_e, when no electrons are stored.",
      imas: "species[].temperature_norm",
      old: "species[].temperature_norm",
    },
    (sim) =>
      ratio(
        mainIons(sim)?.temperature ?? null,
        electrons(sim) ? electrons(sim)!.temperature : 1,
      ),
  ),
  number("plasma", {
    key: "eta_e",
    symbol: "η_e",
    label: "eta_e",
    name: "Electron gradient ratio",
    meaning:
      "Temperature over density gradient of the electrons; none when the density is flat.",
    formula: "R/L_Te / (R/L_ne), none for |R/L_ne| < 0.001",
    signed: true,
  }, (sim) => eta(electrons(sim))),
  number("plasma", {
    key: "eta_i",
    symbol: "η_i",
    label: "eta_i",
    name: "Ion gradient ratio",
    meaning:
      "Temperature over density gradient of the main ion; none when the density is flat.",
    formula: "R/L_Ti / (R/L_ni), none for |R/L_ni| < 0.001",
    signed: true,
  }, (sim) => eta(mainIons(sim))),
  number("plasma", {
    key: "beta_e",
    symbol: "β_e",
    label: "beta_e",
    name: "Electron beta",
    meaning:
      "Electron pressure over magnetic pressure. It matters only where the run is electromagnetic.",
    formula: "2 mu0 n_e T_e/B_ref^2",
    imas: "species_all.beta_reference",
    old: "species_all.beta_reference",
  }, (sim) => sim.beta),
  flag("plasma", {
    key: "electromagnetic",
    label: "electromagnetic",
    name: "Electromagnetic",
    meaning:
      "The parallel vector potential is solved for, whatever beta: with beta below 1e-4 it is a numerical device.",
    imas: "model.include_a_field_parallel",
    old: "model.include_a_field_parallel",
  }, (sim) => sim.model.a_parallel),
  text(
    "plasma",
    {
      key: "fields",
      label: "fields",
      name: "Perturbed fields",
      meaning:
        "phi, phi+A (with the parallel vector potential) or phi+A+B (with the parallel field, too).",
      imas: "model.include_a_field_parallel, model.include_b_field_parallel",
      old: "model.include_a_field_parallel, model.include_b_field_parallel",
    },
    (sim) =>
      sim.model.a_parallel === null
        ? null
        : !sim.model.a_parallel
        ? "phi"
        : sim.model.b_parallel
        ? "phi+A+B"
        : "phi+A",
  ),
  number("plasma", {
    key: "gamma_E",
    symbol: "γ_E",
    label: "gamma_E",
    name: "E x B shearing rate",
    meaning: "Shear of the background flow.",
    unit: "rate",
    imas: "species_all.shearing_rate_norm",
    old: "species_all.shearing_rate_norm",
    signed: true,
  }, (sim) => sim.shearing_rate),
  number("plasma", {
    key: "rotation",
    symbol: "Ω_{tor}",
    label: "rotation",
    name: "Toroidal rotation",
    meaning:
      "Angular frequency of the background flow. With it the mode frequency may include a Doppler shift.",
    unit: "rate",
    imas: "species_all.velocity_tor_norm",
    old: "species_all.velocity_tor_norm",
    signed: true,
  }, (sim) => sim.rotation),
  number("plasma", {
    key: "nu_ee",
    symbol: "ν_{ee}",
    label: "nu_ee",
    name: "Electron collision frequency",
    meaning:
      "The old layout stores it smaller by 4 pi; here it is multiplied, so that one case gives one number in both layouts.",
    formula:
      "(R0/v_ref) n_e e^4 ln Lambda/(4 pi eps0^2 m_e^2 v_the^3), v_th = sqrt(2T/m)",
    unit: "rate",
    imas: "collisions.collisionality_norm[e][e]",
    old: "collisions.collisionality_norm[e][e] x 4 pi",
  }, electronCollisions),
  number("plasma", {
    key: "nu_ii",
    symbol: "ν_{ii}",
    label: "nu_ii",
    name: "Ion collision frequency",
    meaning: "Of the main ion with itself, defined like nu_ee.",
    unit: "rate",
    imas: "collisions.collisionality_norm[i][i]",
    old: "collisions.collisionality_norm[i][i] x 4 pi",
  }, (sim) => {
    const i = mainIons(sim);
    return i === null ? null : selfCollisions(sim, sim.species.indexOf(i));
  }),
  number("plasma", {
    key: "nu_star_e",
    symbol: "ν*_e",
    label: "nu*_e",
    name: "Electron collisionality",
    meaning:
      "Collisions against the bounce of trapped electrons. Definitions vary: mind the formula.",
    formula: "Z_eff nu_ee |q| sqrt(m_e/m_D)/(r/R0)^1.5",
  }, electronCollisionality),
  int("plasma", {
    key: "n_species",
    symbol: "n_{species}",
    label: "species",
    name: "Number of species",
    meaning:
      "Species the run evolves; adiabatic ones are not stored and not counted.",
    imas: "species",
    old: "species",
    filter: "facet",
  }, (sim) => sim.species.length === 0 ? null : sim.species.length),
  text("plasma", {
    key: "adiabatic",
    label: "adiabatic",
    name: "Adiabatic species",
    meaning:
      "none, electrons or ions: those with a Boltzmann response, told from the species that are stored.",
  }, (sim) => adiabatic(sim.species)),
  number("plasma", {
    key: "Z_eff",
    symbol: "Z_{eff}",
    label: "Z_eff",
    name: "Effective charge",
    meaning:
      "Of the stored ions. The collision operator's own value, from the input file, can differ.",
    formula:
      "sum over ions of n Z^2/n_e; over the sum of n Z when no electrons are stored",
  }, (sim) => effectiveCharge(sim.species)),
  number("plasma", {
    key: "Z_imp",
    symbol: "Z_{imp}",
    label: "Z_imp",
    name: "Impurity charge",
    meaning:
      "Of the most abundant impurity: an ion with Z > 1 that is neither the main ion nor fast.",
    imas: "species[].charge_norm",
    old: "species[].charge_norm",
  }, (sim) => leadingImpurity(sim.species)?.charge ?? null),
  number("plasma", {
    key: "n_imp",
    symbol: "n_{imp}/n_e",
    label: "n_imp/n_e",
    name: "Impurity density",
    meaning: "Of the most abundant impurity.",
    imas: "species[].density_norm",
    old: "species[].density_norm",
  }, (sim) => leadingImpurity(sim.species)?.density ?? null),
];

function gradient(
  key: string,
  symbol: string,
  label: string,
  name: string,
  path: string,
  of: (sim: Simulation) => Species | null,
  field: "RLn" | "RLT",
): Column {
  return number("plasma", {
    key,
    symbol,
    label,
    name,
    meaning:
      "Major radius over the gradient length; positive for a peaked profile." +
      (of === mainIons
        ? " Of the main ion: the most abundant one with Z = 1."
        : ""),
    unit: "gradient",
    imas: `species[].${path}`,
    old: `species[].${path}`,
    signed: true,
  }, (sim) => of(sim)?.[field] ?? null);
}

function eta(s: Species | null): Maybe {
  return s === null || s.RLn === null || Math.abs(s.RLn) < MIN_RLN
    ? null
    : ratio(s.RLT, s.RLn);
}

function electronCollisionality(sim: Simulation): Maybe {
  const [zeff, nu, mass] = [
    effectiveCharge(sim.species),
    electronCollisions(sim),
    electrons(sim)?.mass ?? null,
  ];
  const { q, r_over_R: eps } = sim.surface;
  if (
    zeff === null || nu === null || mass === null || mass < 0 || q === null ||
    eps === null || eps <= 0
  ) return null;
  return finite(zeff * nu * Math.abs(q) * Math.sqrt(mass) / eps ** 1.5);
}
