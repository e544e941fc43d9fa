import { archivePath, enqueueArchive } from "./archives.ts";
import { getLimits } from "./limits.ts";
import type { Part } from "./parts.ts";
import type { Fragment } from "./runs/where.ts";
import { type Selection, selectionWhere } from "./selection.ts";
import { type Sql, sql } from "./sql.ts";

/** Requests are counted against the volume, and matched with archives, one after another. */
const REQUEST_LOCK = 73_214_004;

/** The content of an archive before anything is read. `runs` is a query for `position, run_id, source_id, row_hash`. */
export interface Content {
  runs: Fragment;
  parts: Part[];
}

/** An archive that holds, or will hold, what is asked for. */
export interface LiveArchive {
  id: string;
  finished: boolean;
  bytes: number;
}

/** Lets one transaction at a time decide on requests and on the ends of archives nobody wants. */
export async function lockRequests(tx: Sql): Promise<void> {
  await tx`select pg_advisory_xact_lock(${REQUEST_LOCK})`;
}

/** The runs of a selection in the order of the archive. */
export function runsOfSelection(selection: Selection): Fragment {
  return sql`
    select row_number() over (order by folder_path, run_suffix, id) as position, id as run_id, source_id, row_hash
    from runs where ${selectionWhere(selection)}`;
}

/** The runs of an earlier archive as the catalogue knows them now; those that have left it stay, for the manifest to name them. */
export function runsOfArchive(archiveId: string): Fragment {
  return sql`
    select row_number() over (order by position) as position, run_id,
      coalesce(runs.source_id, archive_runs.source_id) as source_id, coalesce(row_hash, '') as row_hash
    from archive_runs left join runs on runs.id = run_id
    where archive_id = ${archiveId} and ${visibleRun}`;
}

/** Whether a row of `archive_runs left join runs` may be shown: neither the run nor, when it has vanished, its number is hidden. */
export const visibleRun = sql`
  runs.hidden_at is null
  and not exists (select from vanished_runs v where v.id = archive_runs.run_id and v.hidden_at is not null)`;

/** The key that equal contents share while the source is unchanged, and the number of runs. */
export async function contentKey(
  tx: Sql,
  { runs, parts }: Content,
): Promise<{ key: string; runs: number }> {
  const [row] = await tx<[{ key: string; runs: number }]>`
    select count(*)::int as runs, encode(sha256(convert_to(${
    parts.join(" ")
  } || coalesce(
      string_agg(concat_ws(' ', E'\n', run_id, source_id, row_hash), '' order by position), ''), 'UTF8')), 'hex') as key
    from (${runs}) r`;
  return row;
}

/** The archive of that key which is being built, or is there to be fetched: its time begins anew. Null when there is none. */
export async function findLiveArchive(
  tx: Sql,
  key: string,
): Promise<LiveArchive | null> {
  const [found] = await tx<
    [{ id: string; finished: boolean; bytes: number; late: boolean }?]
  >`
    select id, state in ('ready', 'partial') as finished, coalesce(size, bytes_total) as bytes,
      coalesce(expires_at < now(), false) as late
    from archives where selection_key = ${key} and state in ('queued', 'running', 'waiting', 'ready', 'partial')
    for update`;
  if (!found) return null;
  const { id, finished, bytes, late } = found;
  if (finished && (late || !await isOnVolume(id))) {
    await tx`update archives set state = 'expired', reason = null where id = ${id}`;
    return null;
  }
  if (finished) {
    const { archive_ttl_hours } = await getLimits(tx);
    await tx`
      update archives set expires_at = greatest(expires_at, now() + make_interval(hours => ${archive_ttl_hours}))
      where id = ${id}`;
  }
  return { id, finished, bytes };
}

/** Whether a request for this content would be served by an archive that is there or being built. */
export async function isAlreadyBuilt(
  content: Content,
): Promise<"ready" | "building" | null> {
  const { key } = await contentKey(sql, content);
  const [found] = await sql<[{ finished: boolean }?]>`
    select state in ('ready', 'partial') as finished from archives
    where selection_key = ${key} and state in ('queued', 'running', 'waiting', 'ready', 'partial')
      and coalesce(expires_at > now(), true)`;
  if (!found) return null;
  return found.finished ? "ready" : "building";
}

async function isOnVolume(id: string): Promise<boolean> {
  return await Deno.stat(archivePath(id)).then(() => true, () => false);
}

/** Adds an archive with its list of runs and its job. */
export async function makeArchive(
  tx: Sql,
  { content: { runs, parts }, key, name, totals }: {
    content: Content;
    key: string;
    name: string;
    totals: { files: number; bytes: number; missing: number };
  },
): Promise<LiveArchive> {
  const [{ id }] = await tx<[{ id: string }]>`
    insert into archives (selection_key, parts, file_name, runs_total, files_total, bytes_total, missing)
    values (${key}, ${parts}, ${
    fileName(name)
  }, 0, ${totals.files}, ${totals.bytes}, ${totals.missing}) returning id`;
  const added = await tx`
    insert into archive_runs (archive_id, position, run_id, source_id)
    select ${id}, position, run_id, source_id from (${runs}) r returning run_id`;
  await tx`update archives set runs_total = ${added.length} where id = ${id}`;
  await enqueueArchive(tx, id);
  return { id, finished: false, bytes: totals.bytes };
}

/** The name under which the browser saves the zip: ASCII, telling, dated. */
function fileName(name: string): string {
  const ascii = name.normalize("NFKD").replace(/[^A-Za-z0-9.+-]+/g, "_")
    .replace(/^[_.]+|[_.]+$/g, "").slice(0, 80);
  return `mgkdb_${ascii || "run"}_${new Date().toISOString().slice(0, 10)}.zip`;
}
