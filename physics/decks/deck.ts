import type { InputParameters, Maybe } from "../simulation.ts";

/** Codes whose input files are read. */
export const DECK_CODES = ["GENE", "CGYRO", "TGLF", "GS2", "GX"] as const;
export type DeckCode = (typeof DECK_CODES)[number];

/** One kinetic species in the units of the input. */
export interface DeckSpecies {
  charge: Maybe;
  mass: Maybe;
  density: Maybe;
  temperature: Maybe;
  /** L_ref/L_n and L_ref/L_T. */
  RLn: Maybe;
  RLT: Maybe;
  /** Collisions with itself in v/L_ref of the input, where it has them for each species. */
  collisions?: Maybe;
}

/** What an input file says, in its own units: lengths in L_ref, temperatures in T_ref and so on. */
export interface RawDeck {
  code: DeckCode;
  kind: "linear" | "nonlinear" | "quasilinear";
  input: InputParameters;
  /** R0/L_ref. */
  major: Maybe;
  /** r/L_ref; null where r/R0 is given. */
  minor?: Maybe;
  r_over_R?: Maybe;
  q: Maybe;
  s_hat: Maybe;
  kappa: Maybe;
  delta: Maybe;
  zeta: Maybe;
  shift: Maybe;
  s_kappa: Maybe;
  /** r d(asin delta)/dr. */
  s_delta: Maybe;
  s_zeta: Maybe;
  turnsHeight: boolean;
  /** The input's beta and pressure gradient are with B_unit in place of B0. */
  unitField: boolean;
  /** B0/B_ref of the input; 1 unless it takes the field elsewhere. */
  field: number;
  beta: Maybe;
  /** -(2 mu0/B_ref^2) dp/dr in 1/L_ref, or how it follows from beta and gradients. */
  p_prime: { value: Maybe } | { share: number };
  /** v of the input over c_s = sqrt(T_ref/m_ref). */
  speed: number;
  /** k_y rho_s, its rho_s with c_s; null where the input holds none or several. */
  ky: Maybe;
  species: DeckSpecies[];
  /** Electrons follow a Boltzmann response; their density and temperature. */
  adiabatic: { density: Maybe; temperature: Maybe; mass: Maybe } | null;
  /** Electron collisions in v/L_ref of the input. */
  nu_ee?: Maybe;
  gamma_E: Maybe;
  rotation: Maybe;
  a_parallel: boolean | null;
  b_parallel: boolean | null;
  /** What had to be assumed or could not be told, in words. */
  notes: string[];
}

/** An input file that was read: the catalogue's columns as far as it tells them. */
export interface Deck {
  code: DeckCode;
  kind: RawDeck["kind"];
  /** By public name, in the catalogue's normalisation; null = such a run has none, absent = the input does not say. */
  values: Partial<Record<string, number | string | boolean | null>>;
  notes: string[];
}
