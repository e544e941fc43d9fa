import { sql } from "./sql.ts";

/** Days after which a request for an account is forgotten: never confirmed, or rejected. */
const UNVERIFIED_DAYS = 7;
const REJECTED_DAYS = 90;

/** Deletes accounts that never came to be, so that their addresses are free again. */
export async function deleteOldUsers(): Promise<void> {
  await sql`
    delete from users where
      (state = 'unverified' and created_at < now() - make_interval(days => ${UNVERIFIED_DAYS}))
      or (state = 'rejected' and decided_at < now() - make_interval(days => ${REJECTED_DAYS}))`;
}
