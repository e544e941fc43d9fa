import { z } from "zod";
import { AskedUnits } from "./runs/asked_units.ts";
import { columnsOf, type ListOptions, type RunRow } from "./runs/list.ts";
import { DEFAULT_UNITS } from "./runs/query.ts";
import type { Run } from "./runs/run.ts";
import { sql } from "./sql.ts";

/** Runs that stand side by side at most: so many looks a plot has. */
export const MAX_COMPARED = 8;

const RunId = z.string().regex(/^[1-9]\d{0,14}$/, "must be a run's number")
  .transform(Number);

/** `run=` (repeatable, up to eight), `all=1`, which shows the columns, too, in which the runs agree, and `units=`. */
export const Comparison = z.strictObject({
  run: z.union([RunId.transform((id) => [id]), z.array(RunId)]).default([])
    .transform((ids) => [...new Set(ids)]).refine(
      (ids) => ids.length <= MAX_COMPARED,
      `at most ${MAX_COMPARED} runs can be compared`,
    ),
  all: z.literal("1", "must be 1").optional(),
  units: AskedUnits,
});
export type Comparison = z.infer<typeof Comparison>;

/** The address of a comparison. */
export function comparisonAddress(
  { run, all, units }: Comparison,
  path = "/compare",
): string {
  const pairs = [
    ...run.map((id) => ["run", String(id)]),
    ...(all ? [["all", "1"]] : []),
    ...(units === DEFAULT_UNITS ? [] : [["units", units]]),
  ];
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

/** The runs of these numbers in this order; unknown and hidden ones are left out. */
export async function listCompared(
  ids: number[],
  options: ListOptions = {},
): Promise<Run[]> {
  const found = await sql<(RunRow & Omit<Run, "row">)[]>`
    select ${columnsOf(options)}, detail, folder_path, synced_at from runs
    where id = any(${ids}::bigint[]) and hidden_at is null
    order by array_position(${ids}::bigint[], id)`;
  return found.map(({ detail, folder_path, synced_at, ...row }) => ({
    row: row as RunRow,
    detail,
    folder_path,
    synced_at,
  }));
}
