import { sql } from "../sql.ts";

/** Changes that are kept: fewer make `catalogueVersion` quicker, more than none are needed to tell transactions apart that end out of order. */
const KEPT = 100;

/** A name for what the table of runs holds now; another one after any statement that may have changed it. */
export async function catalogueVersion(): Promise<string> {
  const [{ version }] = await sql<[{ version: string }]>`
    select concat_ws(' ', max(id), count(*), sum(id)) as version from catalogue_changes`;
  return version;
}

/** Deletes the notes of changes that are long over. */
export async function deleteOldChanges(): Promise<void> {
  await sql`delete from catalogue_changes where id < (select max(id) - ${KEPT}::bigint from catalogue_changes)`;
}
