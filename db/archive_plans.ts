import type { ArchiveAttempt } from "./archives.ts";
import { visibleRun } from "./shared_archives.ts";
import { sql } from "./sql.ts";

/** One run of an archive, as the catalogue knew it when the archive was asked for. */
export interface ArchiveRun {
  run_id: number;
  source_id: string;
  collection: "linear" | "nonlinear";
  folder_path: string;
  run_suffix: string;
}

/**
 * The runs of an archive in order, with the documents they stand for now. Runs that an admin has hidden since are left out; those that
 * have left the catalogue stay, so that the manifest names them.
 */
export function listArchiveRuns(archiveId: string): Promise<ArchiveRun[]> {
  return sql<ArchiveRun[]>`
    select run_id, coalesce(runs.source_id, archive_runs.source_id) as source_id, coalesce(collection, 'linear') as collection,
      coalesce(folder_path, '') as folder_path, coalesce(run_suffix, archive_runs.source_id) as run_suffix
    from archive_runs left join runs on runs.id = run_id
    where archive_id = ${archiveId} and ${visibleRun}
    order by position`;
}

/** A portion of the frozen list of files, from 0; null when there are no more. A list that is frozen has one at least. */
export async function getPlanPortion(
  archiveId: string,
  portion: number,
): Promise<Uint8Array | null> {
  const [row] = await sql<[{ plan: Uint8Array }?]>`
    select plan from archive_plans where archive_id = ${archiveId} and portion = ${portion}`;
  return row?.plan ?? null;
}

/**
 * Freezes the list of files of an archive: later attempts read this one, whatever the source holds by then. All portions are kept
 * or none; none when the attempt no longer counts.
 */
export async function savePlan(
  { id, attempt }: ArchiveAttempt,
  portions: Uint8Array[],
): Promise<void> {
  await sql.begin(async (tx) => {
    const [current] = await tx`
      select from archives where id = ${id} and attempt = ${attempt} for update`;
    if (!current) return;
    for (const [portion, plan] of portions.entries()) {
      await tx`insert into archive_plans ${
        tx({ archive_id: id, portion, plan })
      }`;
    }
  });
}
