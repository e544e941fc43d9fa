import { type Column, flag, number, text } from "../column.ts";
import { electrons, mainIons, ratio } from "../roles.ts";
import type { Maybe, Simulation, Species } from "../simulation.ts";

/** Below this a density gradient makes eta meaningless. */
const MIN_RLN = 1e-3;

/** Gradients, temperatures, rotation and fields. */
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
