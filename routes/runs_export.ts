import { type Cell, countRuns, listRuns } from "../db/runs/list.ts";
import type { RunQuery } from "../db/runs/query.ts";
import { getCatalogueState } from "../db/runs/state.ts";
import { streamCells } from "../db/runs/stream.ts";
import { column, PUBLIC_COLUMNS } from "../physics/columns.ts";

/** A spreadsheet takes a cell that begins so for a formula (security.md T12). */
const FORMULA = /^[=+\-@\t\r]/;

const QUOTED = /[",\r\n]/;

/** A search as JSON, written while it is read: all runs, or the page that was asked for. */
export async function* jsonOf(
  query: RunQuery,
  wholeFolders: boolean,
): AsyncGenerator<string> {
  const { unreadable, as_of } = await getCatalogueState();
  let sent = 0;
  yield '{"runs":[';
  for await (const lines of jsonLines(query, wholeFolders)) {
    yield (sent === 0 ? "\n" : ",\n") + lines.join(",\n");
    sent += lines.length;
  }
  // Counted while it is sent, so that a whole result always agrees with its total.
  const total = query.page === null ? sent : await countRuns(query);
  yield `],\n"total":${total},"unreadable":${unreadable},"as_of":${
    JSON.stringify(as_of)
  }}\n`;
}

async function* jsonLines(
  query: RunQuery,
  wholeFolders: boolean,
): AsyncGenerator<string[]> {
  if (query.page !== null) {
    const rows = await listRuns(query, { wholeFolders });
    if (rows.length > 0) yield rows.map((row) => JSON.stringify(row));
    return;
  }
  const columns = PUBLIC_COLUMNS.map((c) => c.key);
  const writers = columns.map((key, n) => {
    const name = `${n === 0 ? "{" : ","}${JSON.stringify(key)}:`;
    const write = jsonWriter(key);
    return (cell: Cell) => name + (cell === null ? "null" : write(cell));
  });
  for await (const rows of streamCells(query, columns, { wholeFolders })) {
    yield rows.map((cells) => {
      let line = "";
      for (let n = 0; n < writers.length; n++) line += writers[n]!(cells[n]!);
      return line + "}";
    });
  }
}

/** A search as CSV (RFC 4180): a line of column names, then a line for each run. */
export async function* csvOf(
  query: RunQuery,
  wholeFolders: boolean,
): AsyncGenerator<string> {
  const columns = query.cols ?? PUBLIC_COLUMNS.map((c) => c.key);
  yield `${columns.join(",")}\r\n`;
  if (query.page !== null) {
    const rows = await listRuns(query, { columns, wholeFolders });
    yield rows.map((row) => csvLine(columns.map((k) => row[k]!))).join("");
    return;
  }
  const writers = columns.map(csvWriter);
  for await (const rows of streamCells(query, columns, { wholeFolders })) {
    let lines = "";
    for (const cells of rows) {
      for (let n = 0; n < writers.length; n++) {
        const cell = cells[n]!;
        if (n > 0) lines += ",";
        if (cell !== null) lines += writers[n]!(cell);
      }
      lines += "\r\n";
    }
    yield lines;
  }
}

/** Writes a cell of {@linkcode streamCells} that is not empty. */
function jsonWriter(key: string): (cell: Cell) => string {
  const { kind } = column(key)!;
  if (kind === "number") return (cell) => decimal(cell as string);
  if (kind === "int") return (cell) => cell as string;
  if (kind === "flag") return yesNo;
  return (cell) => JSON.stringify(cell);
}

function csvWriter(key: string): (cell: Cell) => string {
  const { kind } = column(key)!;
  if (kind === "number") return (cell) => decimal(cell as string);
  if (kind === "int") return (cell) => cell as string;
  return kind === "flag" ? yesNo : csvCell;
}

function yesNo(cell: Cell): string {
  return cell === "1" ? "true" : "false";
}

/** A number as JavaScript writes it: Postgres takes powers of ten for others and has a zero below zero. */
function decimal(written: string): string {
  return written === "-0" || written.includes("e")
    ? String(Number(written))
    : written;
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
