import { column } from "../../physics/columns.ts";
import { UNITS } from "../../physics/units.ts";
import { sql } from "../sql.ts";
import type { Fragment } from "./where.ts";

/** A numeric column in SQL: as stored, or in c_s and a, where it is null unless a/R0 is known (physics.md 2). */
export function quantity(key: string, isCsA: boolean): Fragment {
  if (!isCsA) return sql`${sql(key)}`;
  const { power, factor } = UNITS[column(key)!.unit];
  return sql`(${
    sql(key)
  } * ${factor}::float8 * power(nullif("a_over_R", 0), ${power}::float8))`;
}
