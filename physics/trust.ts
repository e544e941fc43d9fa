import { column } from "./columns.ts";
import { deckOfStoredInput } from "./decks/stored.ts";
import { product, ratio, roles, total } from "./roles.ts";
import type { Maybe, Simulation, Species } from "./simulation.ts";

/** How far something is from what it should be, and whether that is far. */
export interface Check {
  verdict: "good" | "bad" | "unknown";
  value: Maybe;
}

/** Largest share by which charges may fail to cancel. */
const CHARGE_TOLERANCE = 1e-3;
/** Gradients are typed with fewer digits than densities. */
const GRADIENT_TOLERANCE = 1e-2;
/** p' within this of what beta and the gradients give is the same. */
const PRESSURE_TOLERANCE = 0.05;
/** Values recomputed from the input agree within this, relatively, whatever the codes' constants. */
const INPUT_TOLERANCE = 0.01;
/** Below this beta the pressure gradient means nothing. */
const MIN_BETA = 1e-6;
/** What can be recomputed without knowing a code's own constants. */
const RECOMPUTED = [
  "r_over_R",
  "q",
  "s_hat",
  "RLTi",
  "RLTe",
  "RLne",
  "RLni",
  "Ti_Te",
];

/** |sum Z n| / sum |Z| n over the species: 0..1. Unknown where electrons or ions are adiabatic, hence not stored. */
export function quasineutrality(species: Species[]): Check {
  return balance(
    species,
    species.map((s) => product(s.charge, s.density)),
    CHARGE_TOLERANCE,
  );
}

/** |sum Z n R/L_n| / sum |Z n R/L_n|: 0..1; without it charges would not cancel next to the surface. */
export function gradientNeutrality(species: Species[]): Check {
  return balance(
    species,
    species.map((s) => product(product(s.charge, s.density), s.RLn)),
    GRADIENT_TOLERANCE,
  );
}

function balance(
  species: Species[],
  parts: Maybe[],
  tolerance: number,
): Check {
  const { e, positive } = roles(species);
  const sum = e === null || positive.length === 0 ? null : total(parts);
  if (sum === null) return { verdict: "unknown", value: null };
  const size = parts.reduce<number>((s, p) => s + Math.abs(p!), 0);
  const value = size === 0 ? 0 : Math.abs(sum) / size;
  return { verdict: value <= tolerance ? "good" : "bad", value };
}

/**
 * p' / (beta_e sum n T (R/L_n + R/L_T)): 1 where the pressure gradient of the equilibrium is that of the species (physics.md 1).
 *
 * Unknown without beta, with species that are not stored, or where the drive is 0.
 */
export function pressureQuality(sim: Simulation): Check {
  const { e, positive } = roles(sim.species);
  const unknown: Check = { verdict: "unknown", value: null };
  if (e === null || positive.length === 0) return unknown;
  if (sim.beta === null || Math.abs(sim.beta) < MIN_BETA) return unknown;
  const drive = total(
    sim.species.map((s) =>
      product(product(s.density, s.temperature), total([s.RLn, s.RLT]))
    ),
  );
  const value = ratio(sim.surface.p_prime, product(sim.beta, drive));
  if (value === null) return unknown;
  const isClose = Math.abs(value - 1) <= PRESSURE_TOLERANCE;
  return { verdict: isClose ? "good" : "bad", value };
}

/** A column whose stored value is not what the stored input gives. */
export interface Disagreement {
  key: string;
  stored: number;
  recomputed: number;
}

/** Stored values beside those recomputed from the input that is stored with them. */
export interface Recomputation {
  /** Columns that both have. */
  compared: string[];
  disagreements: Disagreement[];
}

/**
 * Does the document say what its own input says? The converter is known to have got r/R0 and the gradients of inputs with unusual
 * reference lengths wrong (schema.md 0, 16). Null where the input is not stored, or is of a code that is not read.
 */
export function recomputed(sim: Simulation): Recomputation | null {
  const deck = deckOfStoredInput(sim.tags.code, sim.input);
  if (deck === null) return null;
  const both = RECOMPUTED.flatMap((key) => {
    const [stored, again] = [column(key)!.value(sim), deck.values[key]];
    return typeof stored === "number" && typeof again === "number"
      ? [{ key, stored, recomputed: again }]
      : [];
  });
  return {
    compared: both.map((b) => b.key),
    disagreements: both.filter((b) =>
      Math.abs(Math.abs(b.stored) - Math.abs(b.recomputed)) >
        INPUT_TOLERANCE *
          Math.max(Math.abs(b.stored), Math.abs(b.recomputed), 1e-3)
    ),
  };
}
