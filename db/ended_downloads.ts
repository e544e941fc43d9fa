import { UNFINISHED } from "./archives.ts";
import { audit } from "./audit.ts";
import { addJob } from "./queue.ts";
import type { Fragment } from "./runs/where.ts";
import { type Sql, sql } from "./sql.ts";
import type { User } from "./users.ts";

/** Ends a download that is not finished; its job notices within a second. False when it had ended already or is not theirs. */
export async function cancelDownload(
  id: string,
  actor: User,
  owner: string | null = actor.id,
): Promise<boolean> {
  const reason = owner === actor.id
    ? "You cancelled it."
    : "An administrator cancelled it.";
  return await sql.begin(async (tx) => {
    const which =
      tx`id = ${id} and (${owner}::uuid is null or user_id = ${owner})`;
    if (await endUnfinished(tx, which, reason) === 0) return false;
    await audit(
      { action: "download_cancel", actor, target: `download:${id}` },
      tx,
    );
    return true;
  });
}

/** Gives up a finished download, which frees its share of the quota. The file is deleted when nobody else holds it. */
export async function removeDownload(
  id: string,
  owner: User,
): Promise<boolean> {
  return await sql.begin(async (tx) => {
    const rows = await tx`
      update downloads set cancelled_at = now(), cancel_reason = 'You deleted it.', link_made_at = null
      where id = ${id} and user_id = ${owner.id} and cancelled_at is null
        and archive_id in (select id from archives where state in ('ready', 'partial')) returning id`;
    if (rows.length === 0) return false;
    await audit(
      { action: "download_remove", actor: owner, target: `download:${id}` },
      tx,
    );
    await addJob(tx, "clean_up", {}, { key: "clean_up:now" });
    return true;
  });
}

/** Ends the links and the unfinished downloads of a user, in the transaction that suspends them; a running job notices within a second. */
export async function endDownloadsOf(tx: Sql, userId: string): Promise<void> {
  await tx`update downloads set link_made_at = null where user_id = ${userId}`;
  const which = tx`user_id = ${userId}`;
  await endUnfinished(tx, which, "The account was suspended.");
}

/**
 * Ends unfinished requests, and with them the archives that nobody else waits for.
 *
 * The archives are locked first, so that nobody joins one that is about to end.
 *
 * @param which a condition on `downloads`
 * @returns how many requests were ended
 */
async function endUnfinished(
  tx: Sql,
  which: Fragment,
  reason: string,
): Promise<number> {
  await tx`
    select from archives where id in (select archive_id from downloads where ${which} and finished_at is null)
    order by id for update`;
  const ended = await tx<{ archive_id: string }[]>`
    update downloads set cancelled_at = now(), finished_at = now(), cancel_reason = ${reason}
    where ${which} and finished_at is null returning archive_id`;
  await tx`
    update archives set state = 'cancelled', rate = null, finished_at = now(), no_space_at = null, reason = ${reason}
    where id = any(${
    ended.map((d) => d.archive_id)
  }) and state = any(${UNFINISHED as string[]})
      and not exists (select from downloads where archive_id = archives.id and cancelled_at is null)`;
  return ended.length;
}
