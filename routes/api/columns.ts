import { Hono } from "hono";
import { plain } from "../../components/plots/plot.ts";
import { type Column, PUBLIC_COLUMNS } from "../../physics/columns.ts";
import { UNITS } from "../../physics/units.ts";
import type { AppEnv } from "../http.ts";

/** How the values of a kind of column stand in JSON, as JSON Schema says it. */
export const JSON_TYPES: Record<Column["kind"], Record<string, unknown>> = {
  number: { type: "number" },
  int: { type: "integer" },
  text: { type: "string" },
  list: { type: "array", items: { type: "string" } },
  flag: { type: "boolean" },
  time: { type: "string", format: "date-time" },
};

/** The glossary for programs. */
export const apiColumns = new Hono<AppEnv>();

apiColumns.get(
  "/columns",
  (c) => c.json({ columns: PUBLIC_COLUMNS.map(entry) }),
);

/** The unit of a column's values as stored, in plain characters; null for bare numbers and for what is no number. */
export function unitName({ unit }: Pick<Column, "unit">): string | null {
  return plain(UNITS[unit].stored) || null;
}

function entry(column: Column) {
  const { key, label, name, meaning, kind, signed, group, formula } = column;
  const { type, format } = JSON_TYPES[kind] as {
    type: string;
    format?: string;
  };
  const unit = unitName(column);
  return {
    key,
    name,
    label,
    meaning,
    unit,
    type: format ?? type,
    signed,
    group,
    formula,
  };
}
