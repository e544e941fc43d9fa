import { Buffer } from "node:buffer";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
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

/** The frozen list of files that {@linkcode savePlan} kept, or null when nothing is frozen yet. */
export async function getPlan(archiveId: string): Promise<unknown> {
  const [row] = await sql<
    [{ plan: Uint8Array }?]
  >`select plan from archive_plans where archive_id = ${archiveId}`;
  if (!row) return null;
  return JSON.parse((await promisify(gunzip)(row.plan)).toString());
}

/** Freezes the list of files of an archive: later attempts read this one, whatever the source holds by then. */
export async function savePlan(
  { id, attempt }: ArchiveAttempt,
  plan: unknown,
): Promise<void> {
  const packed = await promisify(gzip)(Buffer.from(JSON.stringify(plan)));
  await sql`
    insert into archive_plans (archive_id, plan)
    select id, ${packed} from archives where id = ${id} and attempt = ${attempt}
    on conflict (archive_id) do nothing`;
}
