import { columnsOf, type RunRow } from "./runs/list.ts";
import type { Run } from "./runs/run.ts";
import { sql } from "./sql.ts";

/** A run as a citation names it. */
export interface CitedRun {
  /** The catalogue's columns that titles are made from, with `user` and `uploaded_at`. */
  row: RunRow;
  /** DOIs and the like, as the uploader gave them. */
  publications: string[];
}

const COLUMNS = [
  "source_id",
  "kind",
  "code",
  "user",
  "keywords",
  "uploaded_at",
  "updated_at",
  "folder",
  "suffix",
  "ky",
  "q",
  "s_hat",
  "direction",
  "stability",
  "adiabatic",
  "electromagnetic",
];

/** What citations of these runs say, in this order; unknown and hidden runs are left out. The folder is never whole. */
export async function listCited(ids: number[]): Promise<CitedRun[]> {
  const found = await sql<(RunRow & { publications: unknown })[]>`
    select ${columnsOf({ columns: COLUMNS })},
      coalesce(detail->'tags'->'publications', '[]') as publications
    from runs where id = any(${ids}::bigint[]) and hidden_at is null
    order by array_position(${ids}::bigint[], id)`;
  return found.map(({ publications, ...row }) => ({
    row: row as RunRow,
    publications: words(publications),
  }));
}

/** What a citation of a run that has been read says; it was read without its whole folder. */
export function citedOf({ row, detail }: Run): CitedRun {
  return { row, publications: words(detail.tags?.publications) };
}

function words(publications: unknown): string[] {
  return Array.isArray(publications) ? publications.map(String) : [];
}

/** The run of a natural key, which a new upload keeps though its MongoDB id changes; null when there is none or it is hidden. */
export async function getRunIdByKey(
  folder: string,
  suffix: string,
): Promise<number | null> {
  const [row] = await sql<[{ id: number }?]>`
    select id from runs where folder_path = ${folder} and run_suffix = ${suffix} and hidden_at is null
    order by id desc limit 1`;
  return row?.id ?? null;
}
