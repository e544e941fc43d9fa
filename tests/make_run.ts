import { sql } from "../db/sql.ts";
import { column } from "../physics/columns.ts";
import type { ColumnValue } from "../physics/columns.ts";

let serial = 0;

/** Values of catalogue columns by public name, and what the base table has beside them. */
export type RunValues = Record<string, ColumnValue> & {
  folder_path?: string;
  run_suffix?: string;
};

/** A run of the catalogue with these values; everything else is as empty as a real run can be. */
export async function makeRun(
  values: RunValues = {},
  detail: unknown = {},
): Promise<{ id: number; source_id: string }> {
  const n = ++serial;
  const {
    source_id = (0x65000000 + n).toString(16).padEnd(24, "0"),
    folder_path = `/global/cfs/person/scan/run${n}`,
    run_suffix = "",
    ...columns
  } = values;
  const row: Record<string, unknown> = {
    kind: "linear",
    collection: "linear",
    folder: String(folder_path).split("/").slice(-2).join("/"),
    suffix: run_suffix,
    keywords: [],
    has: [],
    ky_values: typeof columns.ky === "number" ? [columns.ky] : [],
    ...columns,
  };
  for (const key of Object.keys(row)) {
    if (!column(key)?.stored) throw new Error(`${key} is no stored column`);
  }
  const [made] = await sql<[{ id: number; source_id: string }]>`
    insert into runs ${
    sql({
      ...row,
      source_id: String(source_id),
      folder_path,
      run_suffix,
      detail: sql.json(detail as never),
      row_hash: "none",
    } as never)
  } returning id, source_id`;
  return { ...made };
}
