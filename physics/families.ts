/** A column whose value belongs to the physics of a run, and what an absent value stands for; `null` = absence is a value of its own. */
export interface PhysicsColumn {
  key: string;
  absent: number | null;
}

/** A parameter that scans vary, and what changes with it without being varied itself. */
export interface Scanned {
  key: string;
  /** Columns that may differ between the runs of such a scan (physics.md 3). */
  followers: string[];
}

/** Numbers that runs of one spectrum share to five significant digits. What follows from them (eta, alpha_MHD, nu_star_e) is left out. */
export const PHYSICS: PhysicsColumn[] = [
  { key: "q", absent: null },
  { key: "s_hat", absent: null },
  { key: "r_over_R", absent: null },
  { key: "RLTi", absent: null },
  { key: "RLTe", absent: null },
  { key: "RLne", absent: null },
  { key: "RLni", absent: null },
  { key: "Ti_Te", absent: null },
  { key: "beta_e", absent: 0 },
  { key: "p_prime", absent: 0 },
  { key: "nu_ee", absent: null },
  { key: "nu_ii", absent: null },
  { key: "kappa", absent: 1 },
  { key: "delta", absent: 0 },
  { key: "zeta", absent: 0 },
  { key: "gamma_E", absent: 0 },
  { key: "rotation", absent: 0 },
  { key: "Z_eff", absent: null },
  { key: "Z_imp", absent: null },
  { key: "n_imp", absent: null },
  { key: "mass_i", absent: null },
  { key: "n_species", absent: null },
];

/** Words that must agree as well: the model rather than its parameters. Of the geometry only whether it is s-alpha: codes name the rest as they like. */
export const MODEL = [
  "kind",
  "adiabatic",
  "fields",
  "geometry",
  "other_species",
] as const;
/** The geometry that differs from all others in what it solves. */
export const S_ALPHA = "s-alpha";

/** The grid: equal physics on different grids is a convergence test. */
export const RESOLUTION = ["nx", "nky", "nz", "nv", "nw"] as const;

/** Independent parameters, the likeliest first. Densities follow the impurity, p' the pressure, collisions of ions those of electrons. */
export const SCANNED: Scanned[] = [
  { key: "RLTi", followers: ["p_prime"] },
  { key: "RLTe", followers: ["p_prime"] },
  { key: "RLne", followers: ["RLni", "p_prime", "other_species"] },
  { key: "RLni", followers: ["p_prime"] },
  { key: "beta_e", followers: ["p_prime"] },
  { key: "nu_ee", followers: ["nu_ii"] },
  { key: "nu_ii", followers: [] },
  { key: "q", followers: [] },
  { key: "s_hat", followers: [] },
  { key: "Ti_Te", followers: ["nu_ii", "p_prime"] },
  { key: "gamma_E", followers: [] },
  { key: "rotation", followers: [] },
  { key: "n_imp", followers: ["Z_eff", "nu_ii", "RLni", "p_prime"] },
  {
    key: "Z_imp",
    followers: [
      "Z_eff",
      "n_imp",
      "nu_ii",
      "RLni",
      "p_prime",
      "other_species",
    ],
  },
  { key: "p_prime", followers: [] },
  { key: "r_over_R", followers: [] },
  { key: "kappa", followers: [] },
  { key: "delta", followers: [] },
  { key: "zeta", followers: [] },
  { key: "mass_i", followers: ["nu_ii", "nu_ee"] },
];

/** Runs of one spectrum agree to so many digits. */
export const DIGITS = 5;
/** Twins agree within this, relatively: codes convert constants differently. */
export const TWIN_TOLERANCE = 2e-3;
/** Smaller numbers are zeros that went through arithmetic. */
export const NOISE = 1e-7;
/** Lifts a number that stands exactly between two roundings, so that its last bit does not decide. */
const LIFT = 1 + 1e-12;

/** A number to five significant digits; null stays null. */
export function significantDigits(x: number | null): number | null {
  if (x === null) return null;
  return Math.abs(x) < NOISE ? 0 : Number((x * LIFT).toPrecision(DIGITS));
}

/** Equal within the tolerance of twins. */
export function isTwinValue(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <=
    TWIN_TOLERANCE * Math.max(Math.abs(a), Math.abs(b)) + NOISE;
}

/** The numbers of a run that families go by, absent ones replaced by what they stand for. */
export type PhysicsValues = Record<string, number | string | null>;

/** Columns in which two runs differ after rounding; empty = the same physics. */
export function differingColumns(a: PhysicsValues, b: PhysicsValues): string[] {
  const numbers = PHYSICS.filter(({ key, absent }) =>
    significantDigits(numeric(a[key]) ?? absent) !==
      significantDigits(numeric(b[key]) ?? absent)
  ).map((c) => c.key);
  return [
    ...numbers,
    ...MODEL.filter((key) => word(a, key) !== word(b, key)),
  ];
}

/** The one independent parameter in which two runs of a code differ, if everything else that differs follows it; null otherwise. */
export function variedBetween(
  a: PhysicsValues,
  b: PhysicsValues,
): string | null {
  const differ = differingColumns(a, b);
  const found = SCANNED.find(({ key, followers }) =>
    differ.includes(key) &&
    differ.every((d) => d === key || followers.includes(d))
  );
  return found?.key ?? null;
}

/** True when two runs of any codes are the same physics within the tolerance of twins. */
export function isTwinPhysics(a: PhysicsValues, b: PhysicsValues): boolean {
  return PHYSICS.every(({ key, absent }) =>
    isTwinValue(numeric(a[key]) ?? absent, numeric(b[key]) ?? absent)
  ) && MODEL.every((key) => word(a, key) === word(b, key));
}

function word(values: PhysicsValues, key: string) {
  const value = values[key] ?? null;
  return key === "geometry" ? value === S_ALPHA : value;
}

function numeric(value: number | string | null | undefined): number | null {
  return typeof value === "number" ? value : null;
}
