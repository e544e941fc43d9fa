import {
  type ArchiveState,
  enqueueArchive,
  failArchive,
  UNFINISHED,
} from "./archives.ts";
import { freeBytes } from "./archive_limits.ts";
import { audit } from "./audit.ts";
import { lockRequests } from "./shared_archives.ts";
import { sql } from "./sql.ts";

/** Silence after which an unfinished archive without a job has lost it. */
const LOST_AFTER_S = 60;
/** How long an archive waits for room on the volume. */
const GIVE_UP_AFTER_H = 48;

/** Marks finished archives whose time is up, and those that nobody's download names any more. */
export async function expireArchives(): Promise<void> {
  await sql.begin(async (tx) => {
    await lockRequests(tx);
    const gone = await tx<{ id: string }[]>`
      update archives set state = 'expired', reason = null
      where state in ('ready', 'partial')
        and (expires_at < now() or not exists (select from downloads where archive_id = archives.id and cancelled_at is null)) returning id`;
    for (const { id } of gone) {
      await audit({ action: "archive_expired", target: `archive:${id}` }, tx);
    }
  });
}

/** Of these archives, those whose file is to be kept: finished, or still being written. */
export async function listKept(
  ids: string[],
): Promise<Map<string, ArchiveState>> {
  const rows = await sql<{ id: string; state: ArchiveState }[]>`
    select id, state from archives
    where id = any(${ids}::uuid[]) and state in ('queued', 'running', 'waiting', 'ready', 'partial')`;
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/**
 * Gives every unfinished archive a job again that has lost it, and ends those whose job was given up by the queue.
 *
 * @returns how many were given a job.
 */
export async function sweepArchives(): Promise<number> {
  const lost = await sql<{ id: string; attempt: number; given_up: boolean }[]>`
    select archives.id, attempt, jobs.id is not null as given_up
    from archives left join graphile_worker.jobs on key = 'archive:' || archives.id
    where state in ${sql(UNFINISHED)} and no_space_at is null
      and coalesce(beat_at, archives.created_at) < now() - make_interval(secs => ${LOST_AFTER_S})
      and (jobs.id is null or (jobs.attempts >= jobs.max_attempts and jobs.locked_at is null))`;
  for (const { id, attempt, given_up } of lost) {
    if (given_up) {
      await failArchive(
        { id, attempt },
        "It was begun too many times without an end.",
      );
    } else await enqueueArchive(sql, id);
  }
  return lost.filter((l) => !l.given_up).length;
}

/**
 * Begins archives again that found the volume full, oldest first, as far as there is room now; one that has waited too long fails.
 *
 * @returns how many were begun.
 */
export async function beginParked(): Promise<number> {
  const parked = await sql<
    { id: string; attempt: number; bytes_total: number; late: boolean }[]
  >`
    select id, attempt, bytes_total, no_space_at < now() - make_interval(hours => ${GIVE_UP_AFTER_H}) as late
    from archives where state = 'waiting' and no_space_at is not null order by created_at`;
  let free = await freeBytes();
  let begun = 0;
  for (const { id, attempt, bytes_total, late } of parked) {
    if (bytes_total <= free) {
      free -= bytes_total;
      begun += await unpark(id) ? 1 : 0;
    } else if (late) {
      await failArchive(
        { id, attempt },
        `The volume of archives was full for ${GIVE_UP_AFTER_H} hours.`,
      );
    }
  }
  return begun;
}

/** Puts a parked archive back into the queue. False when it is not parked any more. */
export async function unpark(id: string): Promise<boolean> {
  return await sql.begin(async (tx) => {
    const rows = await tx`
      update archives set state = 'queued', reason = null, no_space_at = null, beat_at = now()
      where id = ${id} and state = 'waiting' and no_space_at is not null returning id`;
    if (rows.length > 0) await enqueueArchive(tx, id);
    return rows.length > 0;
  });
}
