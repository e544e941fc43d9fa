import { UNFINISHED } from "./archives.ts";
import type { Sql } from "./sql.ts";

/** Ends the links and the unfinished downloads of a user, in the transaction that suspends them; a running job notices within a second. */
export async function endDownloadsOf(tx: Sql, userId: string): Promise<void> {
  await tx`update downloads set link_made_at = null where user_id = ${userId}`;
  await tx`
    update archives set state = 'cancelled', rate = null, finished_at = now(), reason = 'The account was suspended.'
    where id in (select archive_id from downloads where user_id = ${userId}) and state = any(${UNFINISHED})`;
}
