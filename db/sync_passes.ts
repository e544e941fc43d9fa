import { areFamiliesOutdated } from "./families/find.ts";
import { EXTRACTOR_VERSION } from "../physics/columns.ts";
import { addJob } from "./queue.ts";
import { type Sql, sql } from "./sql.ts";

/** One pass of the catalogue sync. */
export interface SyncPass {
  id: number;
  kind: "new" | "full";
  extractor_version: string;
  started_at: Date;
  finished_at: Date | null;
  /** Last document a full pass has written; it goes on behind it. */
  cursor: { collection: string; id: string } | null;
  /** Documents in the source. */
  seen: number;
  added: number;
  changed: number;
  rehomed: number;
  removed: number;
  unreadable: number;
  error: string | null;
}

export interface UnreadableDocument {
  source_id: string;
  collection: string;
  reason: string;
  seen_at: Date;
}

/** An interrupted full pass older than this starts from the beginning. */
const RESUMABLE = "1 day";
const KEPT_PASSES = 500;

/** The full pass to go on with, if one of this extractor was interrupted not long ago. */
export async function interruptedFullPass(): Promise<SyncPass | null> {
  const [pass] = await sql<[SyncPass?]>`
    select * from sync_passes
    where kind = 'full' and finished_at is null and cursor is not null and extractor_version = ${EXTRACTOR_VERSION}
      and started_at > now() - ${RESUMABLE}::interval
      and id > coalesce((select max(id) from sync_passes where kind = 'full' and finished_at is not null), 0)
    order by id desc limit 1`;
  return pass ?? null;
}

/** True once a full pass of this very extractor has ended: what the catalogue holds was then read by today's rules. */
export async function isCatalogueCurrent(): Promise<boolean> {
  const rows =
    await sql`select from sync_passes where kind = 'full' and finished_at is not null and extractor_version = ${EXTRACTOR_VERSION} limit 1`;
  return rows.length > 0;
}

export async function createPass(kind: SyncPass["kind"]): Promise<SyncPass> {
  const [pass] = await sql<[SyncPass]>`insert into sync_passes ${
    sql({ kind, extractor_version: EXTRACTOR_VERSION })
  } returning *`;
  return pass;
}

/** Keeps how far a pass has come. */
export async function saveProgress(
  { id, cursor, seen, added, changed, rehomed, removed, unreadable }: SyncPass,
): Promise<void> {
  const counts = { seen, added, changed, rehomed, removed, unreadable };
  await sql`update sync_passes set ${sql(counts)}, cursor = ${
    cursor === null ? null : sql.json({ ...cursor })
  }, error = null where id = ${id}`;
}

/** Ends a pass, tells everybody who listens, has the families of runs found anew if any run changed or an upgrade changed their rules, and forgets old passes. */
export async function finishPass(pass: SyncPass): Promise<void> {
  await saveProgress(pass);
  await sql.begin(async (tx) => {
    if (await hasChanges(tx, pass) || await areFamiliesOutdated(tx)) {
      await addJob(tx, "find_families", {}, { key: "find_families" });
    }
    await tx`update sync_passes set finished_at = now() where id = ${pass.id}`;
    await tx`delete from sync_passes where id < ${
      pass.id - KEPT_PASSES
    } and not (kind = 'full' and finished_at is not null)`;
    await tx`select pg_notify('catalogue', ${String(pass.id)})`;
  });
}

/** True when a pass since the last finished one changed runs: failed ones count, too. */
async function hasChanges(tx: Sql, { id }: SyncPass): Promise<boolean> {
  const rows = await tx`
    select from sync_passes
    where (id = ${id} or id > coalesce((select max(id) from sync_passes where finished_at is not null), 0))
      and added + changed + rehomed + removed > 0 limit 1`;
  return rows.length > 0;
}

/** Keeps why a pass ended early. */
export async function failPass(id: number, error: string): Promise<void> {
  await sql`update sync_passes set error = ${
    error.slice(0, 2000)
  } where id = ${id}`;
}

/** The newest passes, newest first. */
export async function listPasses(limit = 20): Promise<SyncPass[]> {
  return await sql<
    SyncPass[]
  >`select * from sync_passes order by id desc limit ${limit}`;
}

/** Documents of the source that are no run, with the reason. */
export async function listUnreadable(
  limit = 1000,
): Promise<UnreadableDocument[]> {
  return await sql<
    UnreadableDocument[]
  >`select * from unreadable_documents order by source_id limit ${limit}`;
}
