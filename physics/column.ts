import type { Simulation } from "./simulation.ts";
import type { SymbolPart } from "./symbol.ts";
import { symbol } from "./symbol.ts";
import type { Unit } from "./units.ts";

/** What a catalogue column holds for one run; null = the run has none. Times are ISO strings. */
export type ColumnValue =
  | number
  | string
  | boolean
  | string[]
  | number[]
  | null;

/** How columns are grouped in the form, the column picker and the glossary. */
export const GROUPS = {
  run: "Run",
  provenance: "Provenance",
  surface: "Flux surface",
  plasma: "Plasma",
  linear: "Linear mode",
  nonlinear: "Fluxes",
  numerics: "Numerics",
  files: "Files",
} as const;
export type Group = keyof typeof GROUPS;

/** One column of the catalogue: the only place that knows how it is called, drawn, explained, stored and worked out. */
export interface Column {
  /** Public name in URLs, JSON, CSV and SQL. */
  key: string;
  /** Empty when the quantity has no symbol: then `label` stands alone. */
  symbol: SymbolPart[];
  /** Short, in plain characters. */
  label: string;
  /** In words. */
  name: string;
  /** One or two sentences for the glossary. */
  meaning: string;
  unit: Unit;
  /** Path in the IMAS layout under `gyrokineticsIMAS`, or under the document when it begins with a capital. */
  imas: string | null;
  /** Path in the old GKDB layout, likewise. */
  old: string | null;
  /** How it is worked out, where it is not simply read. */
  formula: string | null;
  sql:
    | "text"
    | "text[]"
    | "double precision"
    | "double precision[]"
    | "integer"
    | "bigint"
    | "boolean"
    | "timestamptz";
  kind: "number" | "int" | "text" | "list" | "flag" | "time";
  /** May be negative, so that a filter by |x| makes sense. */
  signed: boolean;
  filter: "range" | "facet" | "flag" | "none";
  group: Group;
  /** False: helps the search but is in no table, form, export or glossary. */
  public: boolean;
  /** False: the base table `runs` already has it. */
  stored: boolean;
  /** Pure; sees the complete traces, which a stored `detail` has thinned. */
  value(sim: Simulation): ColumnValue;
}

interface Given {
  key: string;
  /** Notation of `symbol.ts`. */
  symbol?: string;
  label: string;
  name: string;
  meaning: string;
  imas?: string | null;
  old?: string | null;
  formula?: string;
  signed?: boolean;
  unit?: Unit;
  filter?: Column["filter"];
  public?: boolean;
  stored?: boolean;
}

/** A real number with a range filter. */
export function number(
  group: Group,
  given: Given,
  value: (sim: Simulation) => number | null,
): Column {
  return make(group, given, {
    sql: "double precision",
    kind: "number",
    filter: "range",
  }, value);
}

/** A whole number with a range filter. */
export function int(
  group: Group,
  given: Given,
  value: (sim: Simulation) => number | null,
): Column {
  return make(
    group,
    given,
    { sql: "integer", kind: "int", filter: "range" },
    value,
  );
}

/** A word with a facet. */
export function text(
  group: Group,
  given: Given,
  value: (sim: Simulation) => string | null,
): Column {
  return make(
    group,
    given,
    { sql: "text", kind: "text", filter: "facet" },
    value,
  );
}

/** Several words. */
export function list(
  group: Group,
  given: Given,
  value: (sim: Simulation) => string[],
): Column {
  return make(
    group,
    given,
    { sql: "text[]", kind: "list", filter: "facet" },
    value,
  );
}

/** Yes, no or unknown. */
export function flag(
  group: Group,
  given: Given,
  value: (sim: Simulation) => boolean | null,
): Column {
  return make(
    group,
    given,
    { sql: "boolean", kind: "flag", filter: "flag" },
    value,
  );
}

/** A moment. */
export function time(
  group: Group,
  given: Given,
  value: (sim: Simulation) => string | null,
): Column {
  return make(group, given, {
    sql: "timestamptz",
    kind: "time",
    filter: "none",
  }, value);
}

function make(
  group: Group,
  { symbol: notation, ...given }: Given,
  defaults: Pick<Column, "sql" | "kind" | "filter">,
  value: Column["value"],
): Column {
  return {
    unit: "none",
    imas: null,
    old: null,
    formula: null,
    signed: false,
    public: true,
    stored: true,
    ...defaults,
    ...given,
    symbol: notation === undefined ? [] : symbol(notation),
    group,
    value,
  };
}
