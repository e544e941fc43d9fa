import { sql } from "../sql.ts";

/** How well the catalogue knows the source. */
export interface CatalogueState {
  /** Documents of the source that cannot be shown as a run. */
  unreadable: number;
  /** Start of the last complete pass of the sync: everything older is in the catalogue. Null before the first. */
  as_of: Date | null;
}

/** How well the catalogue knows the source now. */
export async function getCatalogueState(): Promise<CatalogueState> {
  const [row] = await sql<[CatalogueState]>`
    select (select count(*)::int from unreadable_documents) as unreadable,
      (select max(started_at) from sync_passes where finished_at is not null and error is null) as as_of`;
  return row;
}
