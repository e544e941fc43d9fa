import { type Column, PUBLIC_COLUMNS } from "../../physics/columns.ts";

/** Facets whose name in addresses differs from the column's: one value of a list is a keyword. */
const PARAMETER_OF: Partial<Record<string, string>> = { keywords: "keyword" };

/** Columns that take `<key>_min`, `<key>_max`, `<key>_any` and, when signed, `<key>_abs`. The number of a run is a name, not a quantity. */
export const RANGE_COLUMNS: Column[] = PUBLIC_COLUMNS.filter((c) =>
  (c.kind === "number" || c.kind === "int") && c.key !== "id"
);

/** Columns that take any of several values. `has` is apart: all of its values must hold. */
export const FACET_COLUMNS: Column[] = PUBLIC_COLUMNS.filter((c) =>
  c.key === "kind" || (c.filter === "facet" && c.key !== "has")
);

/** Columns that take yes or no. */
export const FLAG_COLUMNS: Column[] = PUBLIC_COLUMNS.filter((c) =>
  c.filter === "flag"
);

/** Name of a facet in addresses. */
export function facetParameter(key: string): string {
  return PARAMETER_OF[key] ?? key;
}
