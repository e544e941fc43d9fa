import { OVERHEAD, type Room } from "./archive_limits.ts";
import type { Part } from "./parts.ts";
import {
  chosenTotals,
  partOf,
  type Preflight,
  type Selection,
  selectionWhere,
} from "./selection.ts";
import { sql } from "./sql.ts";

/** Runs of a smaller choice that are named one by one; an address holds no more. */
const NAMED_RUNS = 200;

/** A smaller choice that there is room for. */
export interface Fit {
  parts: Part[];
  bytes: number;
  /** The first so many runs; null: all of them. */
  first: { count: number; runs: number[] } | null;
}

/** What of a selection would fit when all of it does not: without diagnostics, the input files alone, the first runs. */
export async function listFits(
  selection: Selection,
  preflight: Preflight,
  parts: Part[],
  room: Room,
): Promise<Fit[]> {
  const limit = Math.floor(
    Math.min(room.max, room.quota - room.used, room.free / OVERHEAD),
  );
  const smaller = [
    parts.filter((p) => p !== "diagnostics"),
    parts.filter((p) => p !== "diagnostics" && p !== "files"),
  ];
  const fits: Fit[] = smaller.filter((some, n) =>
    some.length > 0 && some.length < (n === 0 ? parts : smaller[0]!).length
  ).map((some) => ({
    parts: some,
    bytes: chosenTotals(preflight, some).bytes,
    first: null,
  })).filter((fit) => fit.bytes <= limit);
  const first = await firstRuns(selection, parts, limit);
  return first ? [...fits, first] : fits;
}

/** The longest beginning of the archive that fits; null when its first run does not. */
async function firstRuns(
  selection: Selection,
  parts: Part[],
  limit: number,
): Promise<Fit | null> {
  const wanted = parts.includes("files") ? [...parts, "inputs"] : parts;
  const [row] = await sql<
    [{ count: number; bytes: number | null; runs: number[] | null }]
  >`
    with sizes as (
      select id, folder_path, run_suffix, (
        select coalesce(sum((file->>'length')::bigint), 0) from jsonb_array_elements(detail->'files') as f(file)
        where file->>'state' = 'ok' and ${partOf} = any(${wanted})
      ) as size
      from runs where ${selectionWhere(selection)}
    ), sums as (
      select id, row_number() over w as n, sum(size) over w as total
      from sizes window w as (order by folder_path, run_suffix, id)
    )
    select count(*)::int as count, max(total)::bigint as bytes, array_agg(id order by n) filter (where n <= ${NAMED_RUNS}) as runs
    from sums where total <= ${limit}`;
  const { count, bytes, runs } = row;
  if (count === 0 || !runs) return null;
  return { parts, bytes: bytes ?? 0, first: { count, runs: runs.map(Number) } };
}
