import type { Column } from "../physics/columns.ts";
import {
  GRADIENTS,
  isSwitched,
  toCsA,
  unitIn,
  UNITS,
  type UnitSystem,
} from "../physics/units.ts";
import { symbol, type SymbolPart } from "../physics/symbol.ts";
import type { Cell, RunRow } from "../db/runs/list.ts";
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
export function ColumnLabel(
  { column, csA = false }: { column: Column; csA?: boolean },
) {
  if (column.symbol.length === 0) return <>{column.label}</>;
  return <Sym parts={symbolIn(csA ? "cs_a" : "stored", column)} />;
}

/** The symbol of a column: R/L_T in units of R0 is a/L_T in units of a. */
export function symbolIn(
  units: UnitSystem,
  { symbol: parts, unit }: Column,
): SymbolPart[] {
  return units === "cs_a" && unit === "gradient" && parts[0]?.text === "R"
    ? [{ text: "a", style: "italic" }, ...parts.slice(1)]
    : parts;
}

/** The unit of a column, as stored or in c_s and a; nothing for bare numbers. `units`: those of a page of runs, where wavenumbers are over rho_s, too. */
export function UnitOf(
  { column, csA = false, units }: {
    column: Column;
    csA?: boolean;
    units?: UnitSystem;
  },
) {
  const { stored, cs_a } = UNITS[column.unit];
  const unit = units
    ? unitIn(units, column.unit)
    : csA
    ? cs_a ?? stored
    : stored;
  return unit === "" ? null : <Sym parts={symbol(unit)} />;
}

/** A run's value in c_s and a. Where its a/R0 is not known it stays as stored, with its unit beside it. */
export function ValueInCsA({ column, row }: { column: Column; row: RunRow }) {
  const value = row[column.key] ?? null;
  if (typeof value !== "number" || !isSwitched(column.unit)) {
    return <Value column={column} value={value} />;
  }
  const a = row.a_over_R;
  if (typeof a === "number" && a > 0) {
    return (
      <Value column={column} value={value * toCsA(column.unit, a).factor} />
    );
  }
  return (
    <span class="as-stored">
      <Value column={column} value={value} />{" "}
      <small class="unit">
        {column.unit === "gradient"
          ? <Sym parts={symbol(GRADIENTS.stored)} />
          : <UnitOf column={column} />}
      </small>
    </span>
  );
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
