import {
  type Field,
  FIELDS,
  type Flux,
  type FluxTable,
  type Maybe,
} from "../simulation.ts";
import { isRounding } from "./points.ts";

/** One flux as bars. */
export interface FluxBars {
  flux: Flux;
  /** Stored fields that are not all zero, with a value for each species; the first where all are. */
  fields: { field: Field; values: Maybe[] }[];
  /** Largest part in magnitude. */
  largest: { field: Field; species: number; value: number };
}

/** More species than any code has: what lies beyond is no flux of one. */
const MAX_SPECIES = 20;

/** The fluxes that are stored, by species and field; heat first. Particle and momentum fluxes that are zero but for rounding are left out. */
export function fluxBars(table: FluxTable<Maybe[]>): FluxBars[] {
  const order = ["energy", "particles", "momentum"] as const;
  return order.flatMap((flux) => {
    const stored = FIELDS.map((field) => ({
      field,
      values: table[flux][field].slice(0, MAX_SPECIES),
    }))
      .filter(({ values }) => values.some((v) => v !== null));
    const moving = stored.filter(({ values }) => values.some((v) => v));
    const fields = moving.length > 0 ? moving : stored.slice(0, 1);
    const largest = largestPart(fields);
    if (largest === null) return [];
    const heat = FIELDS.flatMap((field) => table.energy[field]);
    const isNothing = isRounding(fields.flatMap((f) => f.values), heat);
    if (flux !== "energy" && isNothing) return [];
    return [{ flux, fields, largest }];
  });
}

function largestPart(fields: FluxBars["fields"]): FluxBars["largest"] | null {
  let best: FluxBars["largest"] | null = null;
  for (const { field, values } of fields) {
    for (const [species, value] of values.entries()) {
      if (value === null) continue;
      if (best === null || Math.abs(value) > Math.abs(best.value)) {
        best = { field, species, value };
      }
    }
  }
  return best;
}
