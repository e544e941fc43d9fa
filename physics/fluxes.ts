import {
  type Field,
  FIELDS,
  type Flux,
  type FluxTable,
  type Maybe,
  type PerField,
} from "./simulation.ts";
import { finite } from "./roles.ts";

/** One species' flux summed over the fields that are stored. A stored field without a number makes the sum unknown. */
export function speciesFlux(
  table: FluxTable<Maybe[]>,
  flux: Flux,
  s: number,
  fields: readonly Field[] = FIELDS,
): Maybe {
  let sum: Maybe = null;
  for (const field of fields) {
    const values = table[flux][field];
    if (values.length === 0) continue;
    const value = values[s] ?? null;
    if (value === null) return null;
    sum = (sum ?? 0) + value;
  }
  return sum === null ? null : finite(sum);
}

/** Sum of a flux over several species, or null when one is unknown or there is none. */
export function summedFlux(
  table: FluxTable<Maybe[]>,
  flux: Flux,
  species: number[],
): Maybe {
  if (species.length === 0) return null;
  const values = species.map((s) => speciesFlux(table, flux, s));
  return values.includes(null)
    ? null
    : finite(values.reduce<number>((a, v) => a + v!, 0));
}

/**
 * Share of the heat flux carried by magnetic perturbations, sum_s |Q_s^A + Q_s^B| / sum_s (|Q_s^phi| + |Q_s^A + Q_s^B|): 0..1.
 *
 * Null when the denominator is 0 or a flux is unknown. Electrostatic runs store no magnetic part, which counts as 0.
 */
export function electromagneticShare(table: FluxTable<Maybe[]>): Maybe {
  const { phi } = table.energy;
  let magnetic = 0;
  let all = 0;
  for (const s of phi.keys()) {
    const q = phi[s] ?? null;
    const isStored = table.energy.a_parallel.length > 0 ||
      table.energy.b_parallel.length > 0;
    const m = isStored
      ? speciesFlux(table, "energy", s, ["a_parallel", "b_parallel"])
      : 0;
    if (q === null || m === null) return null;
    magnetic += Math.abs(m);
    all += Math.abs(q) + Math.abs(m);
  }
  return all > 0 ? finite(magnetic / all) : null;
}

/** The same value for every perturbed field, made anew for each. */
export function perField<T>(make: (field: Field) => T): PerField<T> {
  return {
    phi: make("phi"),
    a_parallel: make("a_parallel"),
    b_parallel: make("b_parallel"),
  };
}

/** A table with one made entry per flux and field. */
export function fluxTable<T>(
  make: (flux: Flux, field: Field) => T,
): FluxTable<T> {
  return {
    particles: perField((f) => make("particles", f)),
    energy: perField((f) => make("energy", f)),
    momentum: perField((f) => make("momentum", f)),
  };
}
