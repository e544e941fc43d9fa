import type { Child } from "hono/jsx";
import type { RunRow } from "../db/runs/list.ts";
import { column } from "../physics/columns.ts";
import { symbol } from "../physics/symbol.ts";
import type { UnitSystem } from "../physics/units.ts";
import { ColumnLabel, columnTitle, UnitOf, Value } from "./run_value.tsx";
import { Sym } from "./symbol.tsx";

/** Columns of a run as a list of names and values; those without a value are left out. `row` is in `units`. */
export function ColumnFacts(
  { row, keys, units = "stored" }: {
    row: RunRow;
    keys: string[];
    units?: UnitSystem;
  },
) {
  return (
    <>
      {keys.map((key) => column(key)!).filter((c) => hasValue(row[c.key]))
        .map((c) => (
          <>
            <dt title={columnTitle(c)}>
              {c.symbol.length > 0 && (
                <>
                  <ColumnLabel column={c} csA={units === "cs_a"} />
                  {" "}
                </>
              )}
              {c.name}
            </dt>
            <dd>
              <Value column={c} value={row[c.key]!} />{" "}
              <small class="unit">
                <UnitOf column={c} units={units} />
              </small>
            </dd>
          </>
        ))}
    </>
  );
}

/** One more fact; nothing where there is no value. */
export function Fact(
  { name, notation, children }: {
    name: string;
    /** Symbol, in the notation of physics/symbol.ts. */
    notation?: string;
    children: Child;
  },
) {
  if (!hasValue(children)) return null;
  return (
    <>
      <dt>
        {notation && (
          <>
            <Sym parts={symbol(notation)} />
            {" "}
          </>
        )}
        {name}
      </dt>
      <dd>{children}</dd>
    </>
  );
}

function hasValue(value: unknown): boolean {
  return value !== null && value !== undefined && value !== "" &&
    !(Array.isArray(value) && value.length === 0);
}
