import { type Column, int, number, text } from "../column.ts";
import { electronCollisions, selfCollisions } from "../linear.ts";
import {
  adiabatic,
  effectiveCharge,
  electrons,
  finite,
  leadingImpurity,
  mainIons,
  roles,
} from "../roles.ts";
import type { Maybe, Simulation } from "../simulation.ts";

/** Collisions, and which species there are. */
export const SPECIES_COLUMNS: Column[] = [
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
  number("plasma", {
    key: "mass_i",
    symbol: "m_i/m_D",
    label: "m_i/m_D",
    name: "Ion mass",
    meaning: "Of the main ion, in deuterium masses: tells isotopes apart.",
    imas: "species[].mass_norm",
    old: "species[].mass_norm",
  }, (sim) => mainIons(sim)?.mass ?? null),
  text("plasma", {
    key: "other_species",
    label: "other species",
    name: "Species besides electrons and main ion",
    meaning:
      "Charge, mass, temperature, gradients and density of each, to three digits: families of runs share them.",
    filter: "none",
    public: false,
  }, otherSpecies),
];

/** The density of the leading impurity has a column of its own, which scans may vary. */
function otherSpecies(sim: Simulation): string | null {
  const { e, i } = roles(sim.species);
  const leading = leadingImpurity(sim.species);
  const others = sim.species.filter((_, k) => k !== e && k !== i).map((s) =>
    [
      s.charge,
      s.mass,
      s.temperature,
      s.RLn,
      s.RLT,
      s === leading ? null : s.density,
    ].map((x) => x === null ? "-" : String(Number(x.toPrecision(3)))).join(" ")
  );
  return others.length === 0 ? null : others.sort().join(", ");
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
