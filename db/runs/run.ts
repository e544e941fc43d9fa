import type { Simulation } from "../../physics/simulation.ts";
import { sql } from "../sql.ts";
import { columnsOf, type ListOptions, type RunRow } from "./list.ts";

/** A run with all that its page shows. */
export interface Run {
  /** The catalogue's columns. */
  row: RunRow;
  /** The reading of its document, with thinned traces. */
  detail: Simulation;
  folder_path: string;
  /** When the catalogue last read the document. */
  synced_at: Date;
}

/** A run by its number; null when it is unknown or hidden. */
export async function getRun(
  id: number,
  options: ListOptions = {},
): Promise<Run | null> {
  const [found] = await sql<
    [(RunRow & Omit<Run, "row">)?]
  >`select ${columnsOf(options)}, detail, folder_path, synced_at
    from runs where id = ${id} and hidden_at is null`;
  if (!found) return null;
  const { detail, folder_path, synced_at, ...row } = found;
  return { row: row as RunRow, detail, folder_path, synced_at };
}

/** The number of the run that a MongoDB id belongs to; null when it is unknown or hidden. */
export async function getRunId(source_id: string): Promise<number | null> {
  const [row] = await sql<[{ id: number }?]>`
    select id from runs where source_id = ${source_id} and hidden_at is null`;
  return row?.id ?? null;
}

/** Where the document of a run is in the source. */
export interface RunSource {
  id: number;
  source_id: string;
  collection: "linear" | "nonlinear";
}

/** Where the document of a run is; null when the run is unknown or hidden. */
export async function getRunSource(id: number): Promise<RunSource | null> {
  const [row] = await sql<[RunSource?]>`
    select id, source_id, collection from runs where id = ${id} and hidden_at is null`;
  return row ?? null;
}

/** A file that the document of a run names. */
export interface RunFile {
  key: string;
  filename: string | null;
}

/** The file of that GridFS id if it belongs to the run; null otherwise. */
export async function getRunFile(
  id: number,
  fileId: string,
): Promise<RunFile | null> {
  const [row] = await sql<[RunFile?]>`
    select file->>'key' as key, file->>'filename' as filename
    from runs, jsonb_array_elements(detail->'files') file
    where id = ${id} and hidden_at is null and file->>'id' = ${fileId} limit 1`;
  return row ?? null;
}
