import { column } from "../../physics/columns.ts";
import { exportSql, sql } from "../sql.ts";
import { type Cell, chosen, type ListOptions, orderBy } from "./list.ts";
import type { RunQuery } from "./query.ts";
import { type Fragment, listed } from "./where.ts";

/** Rows that are read from the server at once while a result is streamed. */
const BATCH = 500;

/** Columns whose values come as one text for each run: taking a cell apart costs more than the value in it. */
interface Pack {
  /** Places of its columns among those that were asked for. */
  places: number[];
  type: Fragment;
}

/**
 * All runs of a search as lists of cells, in the order of the columns, in batches straight from the server, over a connection of
 * exports; ending the loop early ends the query. Numbers, whole or not, stay as Postgres writes them, in the shortest form that reads as
 * the same double, since reading and writing them again takes most of an export's time; yes and no are 1 and 0.
 */
export async function* streamCells(
  query: RunQuery,
  columns: string[],
  { wholeFolders }: ListOptions = {},
): AsyncGenerator<Cell[][]> {
  const packs = packsOf(columns);
  const alone = columns.flatMap((key, n) => isPacked(key) ? [] : [n]);
  const pieces = [
    ...packs.map((pack) => packed(pack, columns)),
    ...alone.map((n) =>
      columns[n] === "folder" && wholeFolders
        ? sql`folder_path`
        : sql`${sql(columns[n]!)}`
    ),
  ];
  // postgres.js 3.4.9 asks for the types of arrays before the first statement of a client, but sends a long one in the same turn and
  // may bind it before it has read them: a list then arrives as text and the export ends after its head. So the first is this one.
  await exportSql`select`;
  const statement = exportSql<Cell[][]>`
    select ${listed(pieces)} from runs where ${chosen(query)} ${
    orderBy(query)
  }`;
  const batches = statement.values().cursor(BATCH) as unknown as AsyncIterable<
    Cell[][]
  >;
  for await (const rows of ahead(batches)) {
    yield rows.map((row) => unpacked(row, packs, alone));
  }
}

function isPacked(key: string): boolean {
  return ["number", "int", "flag"].includes(column(key)!.kind);
}

function packsOf(columns: string[]): Pack[] {
  const isNumber = (key: string) => column(key)!.kind === "number";
  const places = columns.flatMap((key, n) => isPacked(key) ? [n] : []);
  return [
    {
      places: places.filter((n) => isNumber(columns[n]!)),
      type: sql`float8[]`,
    },
    {
      places: places.filter((n) => !isNumber(columns[n]!)),
      type: sql`bigint[]`,
    },
  ].filter((pack) => pack.places.length > 0);
}

function packed({ places, type }: Pack, columns: string[]): Fragment {
  const values = places.map((n) => {
    const key = columns[n]!;
    return column(key)!.kind === "flag"
      ? sql`${sql(key)}::int`
      : sql`${sql(key)}`;
  });
  return sql`array_to_string(array[${listed(values)}]::${type}, ',', '')`;
}

function unpacked(row: Cell[], packs: Pack[], alone: number[]): Cell[] {
  const cells: Cell[] = [];
  packs.forEach(({ places }, k) => {
    const values = (row[k] as string).split(",");
    for (let n = 0; n < places.length; n++) {
      const value = values[n]!;
      cells[places[n]!] = value === "" ? null : value;
    }
  });
  for (let n = 0; n < alone.length; n++) {
    cells[alone[n]!] = row[packs.length + n]!;
  }
  return cells;
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
