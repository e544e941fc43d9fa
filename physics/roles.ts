import type { Maybe, Simulation, Species } from "./simulation.ts";

/** Indices into `species`; the roles of physics.md 1. */
export interface Roles {
  /** Electrons: charge -1. */
  e: number | null;
  /** Main ion: largest density among Z = 1 (ties: lower mass, then order), else largest density of the positive ones. */
  i: number | null;
  /** Fast ions: positive, hotter than three times the main ion. */
  fast: number[];
  /** Impurities: the other positive species with Z > 1. */
  impurities: number[];
  /** All positive species, in stored order. */
  positive: number[];
}

const CHARGE_TOLERANCE = 1e-6;
const FAST_TEMPERATURE_RATIO = 3;

/** Who is who among the stored species, whose order is arbitrary. */
export function roles(species: Species[]): Roles {
  const e = species.findIndex((s) => isCharge(s, -1));
  const positive = species.keys().filter((k) => (species[k]!.charge ?? 0) > 0)
    .toArray();
  const i = mainIon(species, positive);
  const hot = i === null ? null : species[i]!.temperature;
  const fast = positive.filter((k) =>
    k !== i && hot !== null &&
    (species[k]!.temperature ?? 0) > FAST_TEMPERATURE_RATIO * hot
  );
  const impurities = positive.filter((k) =>
    k !== i && !fast.includes(k) && species[k]!.charge! > 1 + CHARGE_TOLERANCE
  );
  return { e: e < 0 ? null : e, i, fast, impurities, positive };
}

function mainIon(species: Species[], positive: number[]): number | null {
  const hydrogenic = positive.filter((k) => isCharge(species[k]!, 1));
  const candidates = hydrogenic.length > 0 ? hydrogenic : positive;
  const order = candidates.toSorted((a, b) =>
    (species[b]!.density ?? -1) - (species[a]!.density ?? -1) ||
    (species[a]!.mass ?? Infinity) - (species[b]!.mass ?? Infinity) || a - b
  );
  return order[0] ?? null;
}

function isCharge(s: Species, charge: number): boolean {
  return s.charge !== null && Math.abs(s.charge - charge) < CHARGE_TOLERANCE;
}

/** The electrons, or null when they are not stored (adiabatic). */
export function electrons(sim: Simulation): Species | null {
  const { e } = roles(sim.species);
  return e === null ? null : sim.species[e]!;
}

/** The main ion, or null when no positive species is stored. */
export function mainIons(sim: Simulation): Species | null {
  const { i } = roles(sim.species);
  return i === null ? null : sim.species[i]!;
}

/** Which species follow a Boltzmann response because they are not stored; null without any species. */
export function adiabatic(
  species: Species[],
): "none" | "electrons" | "ions" | null {
  if (species.length === 0) return null;
  const { e, positive } = roles(species);
  if (e === null) return "electrons";
  return positive.length === 0 ? "ions" : "none";
}

/** Sum over positive species of n Z^2 / n_e; over their sum of n Z when no electrons are stored. Null when a density or charge is missing. */
export function effectiveCharge(species: Species[]): Maybe {
  const { e, positive } = roles(species);
  const weighted = total(
    positive.map((k) => product(species[k]!.density, species[k]!.charge! ** 2)),
  );
  const electronDensity = e === null
    ? total(
      positive.map((k) => product(species[k]!.density, species[k]!.charge)),
    )
    : species[e]!.density;
  return ratio(weighted, electronDensity);
}

/** The most abundant impurity, or null. */
export function leadingImpurity(species: Species[]): Species | null {
  const { impurities } = roles(species);
  return impurities.map((k) => species[k]!).toSorted((a, b) =>
    (b.density ?? -1) - (a.density ?? -1)
  )[0] ?? null;
}

/** Null as soon as one part is missing or there is none: a partial sum would be a wrong number. */
export function total(values: Maybe[]): Maybe {
  if (values.length === 0) return null;
  let sum = 0;
  for (const v of values) {
    if (v === null) return null;
    sum += v;
  }
  return sum;
}

/** a / b, or null when either is missing or b is 0. */
export function ratio(a: Maybe, b: Maybe): Maybe {
  return a === null || b === null || b === 0 ? null : finite(a / b);
}

export function product(a: Maybe, b: Maybe): Maybe {
  return a === null || b === null ? null : finite(a * b);
}

/** Beyond this IMAS writes stand-ins for "nothing"; a product that gets there is no value either. */
const MAX_VALUE = 9e39;

/** The number, or null where it has overflowed. */
export function finite(x: number): Maybe {
  return Math.abs(x) < MAX_VALUE ? x : null;
}
