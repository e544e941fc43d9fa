import { PUBLIC_COLUMNS } from "../../physics/columns.ts";
import { sql } from "../sql.ts";
import { isFirstOfSpectrum } from "./collapse.ts";
import { pageInMemory, wayToFind } from "./memory_pages.ts";
import { DEFAULT_SORT, type RunFilter, type RunQuery } from "./query.ts";
import { type Fragment, where } from "./where.ts";

/** What a cell of the catalogue holds. */
export type Cell = number | string | boolean | string[] | Date | null;

/** A run of the catalogue: the columns that were asked for, and always its number. */
export interface RunRow {
  id: number;
  [column: string]: Cell;
}

/** How a list of runs is read. */
export interface ListOptions {
  /** Keys of public columns. Default: all. */
  columns?: string[];
  /** `folder` whole instead of its last two segments: it names people, so for admins only. */
  wholeFolders?: boolean;
}

/** One page of a search. */
export async function listRuns(
  query: RunQuery,
  options: ListOptions = {},
): Promise<RunRow[]> {
  const offset = ((query.page ?? 1) - 1) * query.size;
  const isPlain = !query.collapse && !query.like;
  const ids = isPlain ? await pageInMemory(query, orderBy(query)) : null;
  if (ids) {
    return await sql<RunRow[]>`
      select ${columnsOf(options)} from runs
      where id = any(${ids}::bigint[]) and hidden_at is null ${orderBy(query)}`;
  }
  const way = isPlain ? await wayToFind(query, orderBy(query)) : "any";
  const found = way === "any" ? chosen(query) : where(query, undefined, way);
  // Behind a fence (offset 0) Postgres looks for the runs before it sorts them.
  const runs = way === "gather"
    ? sql`(select id, ${
      sql(query.sort.column)
    } from runs where ${found} offset 0) runs`
    : sql`runs where ${found}`;
  // The rows before the page are passed by in an index alone, where there is one for the order.
  return await sql<RunRow[]>`
    select ${columnsOf(options)} from runs where id = any(array(
      select id from ${runs} ${orderBy(query)}
      limit ${query.size} offset ${offset})) ${orderBy(query)}`;
}

/** How many rows a filter finds: runs, or spectra when it collapses them. */
export async function countRuns(
  filter: RunFilter & { collapse?: boolean },
): Promise<number> {
  const [row] = await sql<[{ total: number }]>`
    select count(*)::int as total from runs where ${chosen(filter)}`;
  return row.total;
}

/** The columns of the catalogue as SQL, under their public names. */
export function columnsOf({ columns, wholeFolders }: ListOptions): Fragment {
  const asked = columns ?? PUBLIC_COLUMNS.map((c) => c.key);
  const keys = [...new Set(["id", ...asked])];
  if (!wholeFolders || !keys.includes("folder")) return sql`${sql(keys)}`;
  const others = keys.filter((key) => key !== "folder");
  return sql`${sql(others)}, folder_path as folder`;
}

/** The condition that a search stands for, collapsed if it asks for it. */
export function chosen(filter: RunFilter & { collapse?: boolean }): Fragment {
  return filter.collapse
    ? sql`${where(filter)} and ${isFirstOfSpectrum(filter)}`
    : where(filter);
}

/** Runs without a value come last either way; the number makes pages stable. Runs of like physics: the nearest first. */
export function orderBy({ sort, like }: RunQuery): Fragment {
  if (like?.near && sort === DEFAULT_SORT) {
    const ids = like.near.map((n) => n.id);
    return sql`order by array_position(${ids}::bigint[], id)`;
  }
  const { column, descending } = sort;
  // Of the table: an output column of that name may be its text, which has another order.
  return sql`order by runs.${sql(column)} ${
    descending ? sql`desc` : sql`asc`
  } nulls last, runs.id`;
}
