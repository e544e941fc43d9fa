import { column, PUBLIC_COLUMNS } from "../../physics/columns.ts";
import { sql } from "../sql.ts";
import { isFirstOfSpectrum } from "./collapse.ts";
import { pageInMemory } from "./memory_pages.ts";
import { DEFAULT_SORT, type RunFilter, type RunQuery } from "./query.ts";
import { type Fragment, listed, where } from "./where.ts";

/** Rows that are read from the server at once while a result is streamed. */
const BATCH = 500;

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
  // The rows before the page are passed by in an index alone, where there is one for the order.
  return await sql<RunRow[]>`
    select ${columnsOf(options)} from runs where id = any(array(
      select id from runs where ${chosen(query)} ${orderBy(query)}
      limit ${query.size} offset ${offset})) ${orderBy(query)}`;
}

/** All runs of a search, in batches straight from the server; ending the loop early ends the query. */
export async function* streamRuns(
  query: RunQuery,
  options: ListOptions = {},
): AsyncGenerator<RunRow[]> {
  yield* ahead(sql<RunRow[]>`${rows(query, options)}`.cursor(BATCH));
}

/**
 * The same as lists of cells, in the order of the columns. Numbers that may have a fraction stay as Postgres writes them, in the
 * shortest form that reads as the same double, since reading and writing them again takes most of an export's time.
 */
export async function* streamCells(
  query: RunQuery,
  columns: string[],
  { wholeFolders }: ListOptions = {},
): AsyncGenerator<Cell[][]> {
  const cells = columns.map((key) =>
    key === "folder" && wholeFolders
      ? sql`folder_path`
      : column(key)!.kind === "number"
      ? sql`${sql(key)}::text`
      : sql`${sql(key)}`
  );
  const statement = sql<Cell[][]>`
    select ${listed(cells)} from runs where ${chosen(query)} ${orderBy(query)}`;
  yield* ahead(
    statement.values().cursor(BATCH) as unknown as AsyncIterable<Cell[][]>,
  );
}

/** Lets the server work on the next batch while this one is being used. */
async function* ahead<T>(cursor: AsyncIterable<T>): AsyncGenerator<T> {
  const batches = cursor[Symbol.asyncIterator]();
  // Async, since the last answer comes without a promise.
  const read = async () => await batches.next();
  let next = read();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = read();
      // Reported when its turn comes; until then it must not pass for forgotten.
      next.catch(() => {});
      yield value;
    }
  } finally {
    // A query can only be ended between two batches.
    await next.catch(() => {});
    await batches.return?.();
  }
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
  const keys = columns ?? PUBLIC_COLUMNS.map((c) => c.key);
  return listed(
    [...new Set(["id", ...keys])].map((key) =>
      key === "folder" && wholeFolders
        ? sql`folder_path as folder`
        : sql`${sql(key)}`
    ),
  );
}

function rows(query: RunQuery, options: ListOptions): Fragment {
  return sql`select ${columnsOf(options)} from runs where ${chosen(query)} ${
    orderBy(query)
  }`;
}

function chosen(filter: RunFilter & { collapse?: boolean }): Fragment {
  return filter.collapse
    ? sql`${where(filter)} and ${isFirstOfSpectrum(filter)}`
    : where(filter);
}

/** Runs without a value come last either way; the number makes pages stable. Runs of like physics: the nearest first. */
function orderBy({ sort, like }: RunQuery): Fragment {
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
