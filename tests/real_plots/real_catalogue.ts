/** The real documents in a source of this test file's own, synced into the catalogue, and their numbers by a second way. Import it behind tests/setup.ts. */
import { BSON } from "mongodb";
import { expect } from "expect";
import { config } from "../../config.ts";
import { findFamilies } from "../../db/families/find.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import {
  hasSharedDocuments,
  rawDocuments,
} from "../db/source/shared_documents.ts";
import { Browser, makeUser } from "../make.ts";
import { source } from "../mongo.ts";
import { test } from "../setup.ts";

Object.assign(config, { MONGO_DB: source.databaseName });

export type Cell = number | string | null;
/** Columns by head, without units. */
export type Columns = Record<string, Cell[]>;

/** What tests/real_plots/plots.py prints. */
export interface WorkedOut {
  /** Columns of the catalogue by document. */
  rows: Record<string, Record<string, Cell>>;
  /** By document and plot; a diagnostic's are rows of quantity, coordinate, place and value. */
  runs: Record<string, Record<string, Columns | Cell[][]>>;
  families: {
    spectra: Record<string, Cell[][]>;
    scans: Record<string, Record<string, Cell>[]>;
    mixing_length: Record<
      string,
      { flux: [number, number][]; linear: Record<string, [number, number][]> }
    >;
  };
}

/** Someone who may look at everything. */
export const researcher = await Browser.of(await makeUser());

let numbers = new Map<string, number>();

/** The number of the run of a document in this catalogue. */
export function runOf(document: string): number {
  return numbers.get(document)!;
}

let loaded: Promise<WorkedOut> | null = null;

/** A test over the real documents; says why it is left out where they are not at hand. */
export function realTest(
  name: string,
  fn: (worked: WorkedOut) => Promise<void>,
): void {
  if (hasSharedDocuments()) {
    test(name, async () => await fn(await (loaded ??= load())));
  } else {
    Deno.test({
      name: `${name} (left out: ../shared/data is not there)`,
      ignore: true,
      fn: () => {},
    });
  }
}

async function load(): Promise<WorkedOut> {
  for (const name of ["LinearRuns", "NonlinRuns", "fs.files", "fs.chunks"]) {
    const documents = (await rawDocuments("real", name)).map((raw) =>
      BSON.deserialize(raw, { promoteValues: false })
    );
    await source.collection(name).insertMany(documents);
  }
  await syncCatalogue({ pass: "full" });
  await findFamilies();
  const rows = await sql<{ id: number; source_id: string }[]>`
    select id, source_id from runs`;
  numbers = new Map(rows.map((r) => [r.source_id, r.id]));
  return await workedOut();
}

async function workedOut(): Promise<WorkedOut> {
  const { success, stdout, stderr } = await new Deno.Command("python3", {
    args: [
      "-B",
      new URL("plots.py", import.meta.url).pathname,
      new URL("../../../shared/data/real", import.meta.url).pathname,
    ],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Rows of a CSV file, heads first; null where there is no such file. */
export async function csvAt(path: string): Promise<string[][] | null> {
  const response = await researcher.get(path);
  const text = await response.text();
  if (response.status === 404) return null;
  expect([path, response.status]).toEqual([path, 200]);
  return text.trimEnd().split("\r\n").map(cellsOf);
}

/** Cells of a line of a CSV file (RFC 4180). */
function cellsOf(line: string): string[] {
  return [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((
    [, quoted, plain],
  ) => quoted?.replaceAll('""', '"') ?? plain!);
}

/** The same as columns by head; units are looked at by the tests of heads. */
export function columnsOf([heads, ...rows]: string[][]): Record<
  string,
  string[]
> {
  return Object.fromEntries(
    heads!.map((h, k) => [
      h.replace(/ \(.*\)$/, ""),
      rows.map((row) => row[k]!),
    ]),
  );
}

const RELATIVE = 1e-9;

/** Is a cell of a CSV file what was worked out? Numbers agree within 1e-9 of themselves or of the largest of their column. */
export function isSame(got: string, wanted: Cell, largest = 0): boolean {
  if (wanted === null) return got === "";
  if (typeof wanted === "string") return got === wanted;
  return got !== "" &&
    Math.abs(Number(got) - wanted) <=
      RELATIVE * Math.max(Math.abs(wanted), largest);
}

/** Where a column of a CSV file differs from what was worked out, in words. */
export function differences(
  got: string[] | undefined,
  wanted: Cell[],
  where: string,
): string[] {
  if (got === undefined) return [`${where}: is not there`];
  if (got.length !== wanted.length) {
    return [`${where}: ${got.length} rows instead of ${wanted.length}`];
  }
  const largest = Math.max(
    0,
    ...wanted.map((v) => typeof v === "number" ? Math.abs(v) : 0),
  );
  return wanted.flatMap((v, k) =>
    isSame(got[k]!, v, largest)
      ? []
      : [`${where}, row ${k}: ${got[k]} instead of ${v}`]
  );
}
