/** What a number is measured in; decides the factor of the normalisation switch. */
export type Unit = keyof typeof UNITS;

interface UnitFacts {
  /** In the stored normalisation, which URLs, JSON and CSV keep. Notation of `symbol.ts`; "" = a bare number. */
  stored: string;
  /** In c_s and a, and in c_s and R0 where a/R0 is not known; null = the switch leaves it alone. */
  cs_a: string | null;
  cs_R: string | null;
  /** Power of a/R0 and bare factor: stored x factor x (a/R0)^power. */
  power: number;
  factor: number;
}

/**
 * Units of the catalogue and their conversion to c_s = sqrt(T_e/m_D) and a (physics.md 2).
 *
 * v_ref = sqrt(2) c_s and rho_ref = sqrt(2) rho_s with L_ref = R0, so that a flux unit v_ref (rho_ref/R0)^2 is 2 sqrt(2) (a/R0)^2 c_s (rho_s/a)^2.
 */
export const UNITS = {
  none: { stored: "", cs_a: null, cs_R: null, power: 0, factor: 1 },
  rate: {
    stored: "v_{ref}/R_0",
    cs_a: "c_s/a",
    cs_R: "c_s/R_0",
    power: 1,
    factor: Math.SQRT2,
  },
  time: {
    stored: "R_0/v_{ref}",
    cs_a: "a/c_s",
    cs_R: "R_0/c_s",
    power: -1,
    factor: Math.SQRT1_2,
  },
  // gamma/k_y^2: with rho in it, so that it does not depend on what k_y is written over.
  diffusivity: {
    stored: "v_{ref}ρ_{ref}^2/R_0",
    cs_a: "c_sρ_s^2/a",
    cs_R: "c_sρ_s^2/R_0",
    power: 1,
    factor: 2 * Math.SQRT2,
  },
  // Bare numbers, whose symbol says by which length they are multiplied: GRADIENTS.
  gradient: { stored: "", cs_a: "", cs_R: "", power: 1, factor: 1 },
  heat_flux: {
    stored: "n_eT_ev_{ref}ρ*^2",
    cs_a: "Q_{gB}",
    cs_R: "n_eT_ec_s(ρ_s/R_0)^2",
    power: 2,
    factor: 2 * Math.SQRT2,
  },
  particle_flux: {
    stored: "n_ev_{ref}ρ*^2",
    cs_a: "Γ_{gB}",
    cs_R: "n_ec_s(ρ_s/R_0)^2",
    power: 2,
    factor: 2 * Math.SQRT2,
  },
  wavenumber: {
    stored: "1/ρ_{ref}",
    cs_a: null,
    cs_R: null,
    power: 0,
    factor: 1,
  },
  bytes: { stored: '"bytes"', cs_a: null, cs_R: null, power: 0, factor: 1 },
} as const satisfies Record<string, UnitFacts>;

/** What a gradient is, in both ways to show it. */
export const GRADIENTS = { stored: "R_0/L", cs_a: "a/L" };

/** The ways to show values: as stored, or in c_s and a where a/R0 is known. */
export const UNIT_SYSTEMS = ["stored", "cs_a"] as const;
export type UnitSystem = typeof UNIT_SYSTEMS[number];

/** Does the switch change values of this unit? */
export function isSwitched(unit: Unit): boolean {
  return UNITS[unit].cs_a !== null;
}

/** A number's unit and the factor to reach it from the stored value. */
export interface Conversion {
  factor: number;
  /** Notation of `symbol.ts`. */
  unit: string;
}

/** From the stored normalisation to c_s/a; without a/R0 to c_s/R0. Units that have no length or speed stay as they are. */
export function toCsA(unit: Unit, aOverR: number | null): Conversion {
  const facts: UnitFacts = UNITS[unit];
  if (facts.cs_a === null || facts.cs_R === null) {
    return { factor: 1, unit: facts.stored };
  }
  if (aOverR === null) return { factor: facts.factor, unit: facts.cs_R };
  return { factor: facts.factor * aOverR ** facts.power, unit: facts.cs_a };
}

/** {@linkcode toCsA} for what a single run, or a family of runs, is shown by: wavenumbers then are over rho_s = rho_ref/sqrt(2). The search, whose filters match any k_y of a run, keeps them as stored. */
export function toShown(unit: Unit, aOverR: number): Conversion {
  return unit === "wavenumber"
    ? { factor: Math.SQRT1_2, unit: "1/ρ_s" }
    : toCsA(unit, aOverR);
}

/** What a unit is called on pages of runs and families, in the notation of `symbol.ts`. */
export function unitIn(units: UnitSystem, unit: Unit): string {
  return units === "cs_a" ? toShown(unit, 1).unit : UNITS[unit].stored;
}
