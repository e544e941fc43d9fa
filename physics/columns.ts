import type { Column, ColumnValue } from "./column.ts";
import { FILE_COLUMNS } from "./columns/files.ts";
import { LINEAR_COLUMNS } from "./columns/linear.ts";
import { NONLINEAR_COLUMNS } from "./columns/nonlinear.ts";
import { NUMERICS_COLUMNS } from "./columns/numerics.ts";
import { PLASMA_COLUMNS } from "./columns/plasma.ts";
import { PROVENANCE_COLUMNS } from "./columns/provenance.ts";
import { RUN_COLUMNS } from "./columns/run.ts";
import { SPECIES_COLUMNS } from "./columns/species.ts";
import { SURFACE_COLUMNS } from "./columns/surface.ts";
import type { Simulation } from "./simulation.ts";

export type { Column, ColumnValue, Group } from "./column.ts";
export { GROUPS } from "./column.ts";

/** Every column of the catalogue, in the order of tables and exports. Adding a column is one entry in `columns/`. */
export const COLUMNS: Column[] = [
  ...RUN_COLUMNS,
  ...PROVENANCE_COLUMNS,
  ...SURFACE_COLUMNS,
  ...PLASMA_COLUMNS,
  ...SPECIES_COLUMNS,
  ...LINEAR_COLUMNS,
  ...NONLINEAR_COLUMNS,
  ...NUMERICS_COLUMNS,
  ...FILE_COLUMNS,
];

/** Bump when a `value()` or a layout reads differently: the next sync then reads every document again. */
const EXTRACTOR_REVISION = 3;

/** Changes with the table of columns and with the revision; kept with each pass of the sync. */
export const EXTRACTOR_VERSION = `${EXTRACTOR_REVISION}-${
  fnv(COLUMNS.map((c) => `${c.key} ${c.sql}`).join())
}`;

/** Columns that tables, exports, the API and the glossary show. */
export const PUBLIC_COLUMNS: Column[] = COLUMNS.filter((c) => c.public);

const BY_KEY = new Map(COLUMNS.map((c) => [c.key, c]));

/** The column of that public name, or undefined. */
export function column(key: string): Column | undefined {
  return BY_KEY.get(key);
}

/** The row of one run, without the parts that the base table has. */
export function columnValues(sim: Simulation): Record<string, ColumnValue> {
  return Object.fromEntries(
    COLUMNS.filter((c) => c.stored).map((c) => [c.key, c.value(sim)]),
  );
}

/** Statements that give the table `runs` every column it lacks; safe to repeat. */
export function runColumnsDdl(): string {
  return COLUMNS.filter((c) => c.stored).map((c) =>
    `alter table runs add column if not exists "${c.key}" ${c.sql};`
  ).join("\n");
}

/** FNV-1a: enough to notice that a list changed. */
function fnv(text: string): string {
  let hash = 0x811c9dc5;
  for (const char of text) {
    hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}
