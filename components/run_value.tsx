import type { Column } from "../physics/columns.ts";
import { UNITS } from "../physics/units.ts";
import { symbol } from "../physics/symbol.ts";
import type { Cell } from "../db/runs/list.ts";
import { Sym } from "./symbol.tsx";
import { Ago, Bytes, None, Num } from "./values.tsx";

/** One value of the catalogue as a page shows it: numbers to three digits, the full ones in their titles. */
export function Value({ column, value }: { column: Column; value: Cell }) {
  if (value === null || value === undefined || value === "") return <None />;
  if (column.unit === "bytes") return <Bytes value={Number(value)} />;
  if (typeof value === "number") return <NumberOf column={column} n={value} />;
  if (typeof value === "boolean") return <>{value ? "yes" : "no"}</>;
  if (value instanceof Date) return <Ago at={value} />;
  if (Array.isArray(value)) {
    return value.length === 0 ? <None /> : <>{value.join(", ")}</>;
  }
  return <>{value}</>;
}

/** A column as its symbol, or in words where it has none. */
export function ColumnLabel({ column }: { column: Column }) {
  return column.symbol.length > 0
    ? <Sym parts={column.symbol} />
    : <>{column.label}</>;
}

/** The stored unit of a column; nothing for bare numbers. */
export function UnitOf({ column }: { column: Column }) {
  const { stored } = UNITS[column.unit];
  return stored === "" ? null : <Sym parts={symbol(stored)} />;
}

/** What a column is, for the title of its symbol. */
export function columnTitle(column: Column): string {
  return `${column.name}. ${column.meaning}`;
}

/** True for columns whose values stand right-aligned. */
export function isNumeric({ kind }: Column): boolean {
  return kind === "number" || kind === "int";
}

function NumberOf({ column, n }: { column: Column; n: number }) {
  return column.kind === "int"
    ? <span class="num">{n}</span>
    : <Num value={n} />;
}
