import {
  type Field,
  FIELDS,
  type Flux,
  type FluxTable,
  type Maybe,
} from "../simulation.ts";

/** One flux as bars. */
export interface FluxBars {
  flux: Flux;
  /** Stored fields, with a value for each species. */
  fields: { field: Field; values: Maybe[] }[];
  /** Largest part in magnitude. */
  largest: { field: Field; species: number; value: number };
}

/** The fluxes that are stored, by species and field; heat first. A momentum flux of zeros, which runs without rotation have, is left out. */
export function fluxBars(table: FluxTable<Maybe[]>): FluxBars[] {
  const order = ["energy", "particles", "momentum"] as const;
  return order.flatMap((flux) => {
    const fields = FIELDS.map((field) => ({
      field,
      values: table[flux][field],
    })).filter(({ values }) => values.some((v) => v !== null));
    const largest = largestPart(fields);
    if (largest === null) return [];
    if (flux === "momentum" && largest.value === 0) return [];
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
