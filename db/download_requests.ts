import { getRoom, refusals } from "./archive_limits.ts";
import { enqueueArchive } from "./archives.ts";
import { audit } from "./audit.ts";
import type { Part } from "./parts.ts";
import {
  chosenTotals,
  getPreflight,
  type Selection,
  selectionWhere,
} from "./selection.ts";
import { type Sql, sql } from "./sql.ts";
import type { User } from "./users.ts";

/** Requests are counted against the volume one after another. */
const ROOM_LOCK = 73_214_004;
const UNIQUE_VIOLATION = "23505";

/** What became of a request for a download. */
export type Request =
  | { kind: "made"; id: string }
  | { kind: "unfinished"; id: string }
  | { kind: "refused"; sentences: string[] };

/** Asks for an archive: request, list of runs and job in one transaction, or none of them. */
export async function createDownload(
  user: User,
  selection: Selection,
  parts: Part[],
): Promise<Request> {
  const preflight = await getPreflight(selection);
  if (preflight.unknown.length > 0) {
    return refused(
      `Not in the catalogue: run ${preflight.unknown.join(", ")}.`,
    );
  }
  if (preflight.runs === 0) return refused("No run was chosen.");
  const totals = chosenTotals(preflight, parts);
  try {
    return await sql.begin(async (tx): Promise<Request> => {
      await tx`select pg_advisory_xact_lock(${ROOM_LOCK})`;
      const unfinished = await getUnfinished(tx, user.id);
      if (unfinished) return { kind: "unfinished", id: unfinished };
      const sentences = refusals(await getRoom(user.id, tx), totals.bytes);
      if (sentences.length > 0) return { kind: "refused", sentences };
      const name = preflight.name ?? `${preflight.runs} runs`;
      const id = await insertDownload(tx, {
        user,
        selection,
        parts,
        name,
        totals,
      });
      return { kind: "made", id };
    });
  } catch (error) {
    const id = isUniqueViolation(error) && await getUnfinished(sql, user.id);
    if (id) return { kind: "unfinished", id };
    throw error;
  }
}

function refused(...sentences: string[]): Request {
  return { kind: "refused", sentences };
}

async function getUnfinished(tx: Sql, userId: string): Promise<string | null> {
  const [row] = await tx<[{ id: string }?]>`
    select id from downloads where user_id = ${userId} and finished_at is null`;
  return row?.id ?? null;
}

async function insertDownload(
  tx: Sql,
  { user, selection, parts, name, totals }: {
    user: User;
    selection: Selection;
    parts: Part[];
    name: string;
    totals: { files: number; bytes: number; missing: number };
  },
): Promise<string> {
  const query = "query" in selection ? selection.query : null;
  const [archive] = await tx<[{ id: string }]>`
    insert into archives (parts, file_name, runs_total, files_total, bytes_total, missing)
    values (${parts}, ${
    fileName(name)
  }, 0, ${totals.files}, ${totals.bytes}, ${totals.missing}) returning id`;
  const runs = await tx`
    insert into archive_runs (archive_id, position, run_id, source_id)
    select ${archive.id}, row_number() over (order by folder_path, run_suffix, id), id, source_id
    from runs where ${selectionWhere(selection)} returning run_id`;
  await tx`update archives set runs_total = ${runs.length} where id = ${archive.id}`;
  const [download] = await tx<[{ id: string }]>`
    insert into downloads (user_id, archive_id, query, label)
    values (${user.id}, ${archive.id}, ${query}, ${name}) returning id`;
  await enqueueArchive(tx, archive.id);
  await audit({
    action: "download_request",
    actor: user,
    target: `download:${download.id}`,
    detail: { runs: runs.length, bytes: totals.bytes },
  }, tx);
  return download.id;
}

/** The name under which the browser saves the zip: ASCII, telling, dated. */
function fileName(name: string): string {
  const ascii = name.normalize("NFKD").replace(/[^A-Za-z0-9.+-]+/g, "_")
    .replace(/^[_.]+|[_.]+$/g, "").slice(0, 80);
  return `mgkdb_${ascii || "run"}_${new Date().toISOString().slice(0, 10)}.zip`;
}

/** Ends a download that is not finished; its job notices within a second. False when it had ended already or is not theirs. */
export async function cancelDownload(
  id: string,
  actor: User,
  owner: string | null = actor.id,
): Promise<boolean> {
  return await sql.begin(async (tx) => {
    const rows = await tx`
      update archives set state = 'cancelled', rate = null, finished_at = now(),
        reason = ${
      owner === actor.id
        ? "You cancelled it."
        : "An administrator cancelled it."
    }
      where id = (select archive_id from downloads where id = ${id} and (${owner}::uuid is null or user_id = ${owner}))
        and state in ('queued', 'running', 'waiting') returning id`;
    if (rows.length === 0) return false;
    await audit(
      { action: "download_cancel", actor, target: `download:${id}` },
      tx,
    );
    return true;
  });
}

/** Builds the archive of an ended download anew, from the same runs as the source holds them now. Null when there is nothing to build. */
export async function retryDownload(
  id: string,
  actor: User,
  owner: string | null = actor.id,
): Promise<Request | null> {
  try {
    return await sql.begin(async (tx): Promise<Request | null> => {
      await tx`select pg_advisory_xact_lock(${ROOM_LOCK})`;
      const [archive] = await tx<[{ id: string; bytes_total: number }?]>`
        update archives set state = 'queued', reason = null, crashes = 0, files_done = 0, bytes_done = 0, files_at_start = 0,
          started_at = null, finished_at = null, progress_at = null, expires_at = null, size = null, sha256 = null
        where id = (select archive_id from downloads where id = ${id} and (${owner}::uuid is null or user_id = ${owner}))
          and (state in ('failed', 'cancelled', 'expired') or expires_at < now()) returning id, bytes_total`;
      if (!archive) return null;
      const room = await getRoom(owner ?? actor.id, tx);
      const sentences = refusals({
        ...room,
        free: room.free + archive.bytes_total,
      }, archive.bytes_total);
      if (sentences.length > 0) throw new Refused(sentences);
      await tx`delete from archive_plans where archive_id = ${archive.id}`;
      await enqueueArchive(tx, archive.id);
      await audit(
        { action: "download_retry", actor, target: `download:${id}` },
        tx,
      );
      return { kind: "made", id };
    });
  } catch (error) {
    if (error instanceof Refused) return refused(...error.sentences);
    if (!isUniqueViolation(error)) throw error;
    const [row] = await sql<[{ id: string }?]>`
      select id from downloads where finished_at is null and user_id = (select user_id from downloads where id = ${id})`;
    return row ? { kind: "unfinished", id: row.id } : null;
  }
}

/** Takes the change back that showed that there is no room. */
class Refused extends Error {
  constructor(readonly sentences: string[]) {
    super(sentences.join(" "));
  }
}

function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: string }).code === UNIQUE_VIOLATION;
}
