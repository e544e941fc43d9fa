import {
  type Cell,
  countRuns,
  listRuns,
  type RunRow,
  streamCells,
  streamRuns,
} from "../db/runs/list.ts";
import type { RunQuery } from "../db/runs/query.ts";
import { getCatalogueState } from "../db/runs/state.ts";
import { column, PUBLIC_COLUMNS } from "../physics/columns.ts";

/** A spreadsheet takes a cell that begins so for a formula (security.md T12). */
const FORMULA = /^[=+\-@\t\r]/;

const QUOTED = /[",\r\n]/;

/** A search as JSON, written while it is read: all runs, or the page that was asked for. */
export function jsonOf(query: RunQuery, wholeFolders: boolean): ReadableStream {
  return bytesOf(jsonPieces(query, wholeFolders));
}

/** A search as CSV (RFC 4180): a line of column names, then a line for each run. */
export function csvOf(query: RunQuery, wholeFolders: boolean): ReadableStream {
  return bytesOf(csvPieces(query, wholeFolders));
}

async function* jsonPieces(query: RunQuery, wholeFolders: boolean) {
  const { unreadable, as_of } = await getCatalogueState();
  let sent = 0;
  yield '{"runs":[';
  for await (const rows of batches(query, { wholeFolders })) {
    const lines = rows.map((row) => JSON.stringify(row));
    yield (sent === 0 ? "\n" : ",\n") + lines.join(",\n");
    sent += rows.length;
  }
  // Counted while it is sent, so that a whole result always agrees with its total.
  const total = query.page === null ? sent : await countRuns(query);
  yield `],\n"total":${total},"unreadable":${unreadable},"as_of":${
    JSON.stringify(as_of)
  }}\n`;
}

async function* csvPieces(query: RunQuery, wholeFolders: boolean) {
  const columns = query.cols ?? PUBLIC_COLUMNS.map((c) => c.key);
  yield `${columns.join(",")}\r\n`;
  if (query.page !== null) {
    const rows = await listRuns(query, { columns, wholeFolders });
    yield rows.map((row) => csvLine(columns.map((k) => row[k]!))).join("");
    return;
  }
  const isDecimal = columns.map((key) => column(key)!.kind === "number");
  const cellOf = (cell: Cell, n: number) =>
    isDecimal[n] ? decimal(cell as string | null) : csvCell(cell);
  for await (const rows of streamCells(query, columns, { wholeFolders })) {
    yield rows.map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("");
  }
}

/** A number as JavaScript writes it: Postgres takes powers of ten for others and has a zero below zero. */
function decimal(written: string | null): string {
  if (written === null) return "";
  return written === "-0" || written.includes("e")
    ? String(Number(written))
    : written;
}

async function* batches(
  query: RunQuery,
  options: { columns?: string[]; wholeFolders: boolean },
): AsyncGenerator<RunRow[]> {
  if (query.page === null) return yield* streamRuns(query, options);
  const rows = await listRuns(query, options);
  if (rows.length > 0) yield rows;
}

/** One line of a CSV file (RFC 4180). */
export function csvLine(cells: Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  if (value instanceof Date) return value.toISOString();
  const text = Array.isArray(value) ? value.join("; ") : value;
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Ends the query when the client goes away, and the connection when the query fails: never a file that only looks whole. */
function bytesOf(pieces: AsyncGenerator<string>): ReadableStream {
  return ReadableStream.from(pieces).pipeThrough(new TextEncoderStream());
}
