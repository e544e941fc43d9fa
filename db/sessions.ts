import { createHash, randomBytes } from "node:crypto";
import { type Sql, sql } from "./sql.ts";
import { type Role, type User, userColumns } from "./users.ts";

const TOKEN_BYTES = 32;
const HOUR_S = 3600;
/** Seconds without a request, and in all, after which a session ends. */
const LIFETIME_S: Record<Role, { idle: number; absolute: number }> = {
  researcher: { idle: 24 * HOUR_S, absolute: 7 * 24 * HOUR_S },
  approver: { idle: HOUR_S, absolute: 12 * HOUR_S },
  admin: { idle: HOUR_S, absolute: 12 * HOUR_S },
};
/** How often the time of last use is written; a write per request would be waste. */
const TOUCH_EVERY_S = 60;

/** A log-in on one device. */
export interface Session {
  id: string;
  user_id: string;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
  ip: string | null;
  user_agent: string | null;
}

/** The session a request came with. */
export type CurrentSession = Pick<Session, "id" | "created_at">;

const sessionColumns =
  sql`sessions.id, sessions.user_id, sessions.created_at, sessions.last_used_at, sessions.expires_at, sessions.ip, sessions.user_agent`;

/** Opens a session. The returned token is the cookie's value; only its SHA-256 is stored. */
export async function createSession(
  tx: Sql,
  user: User,
  device: { ip: string | null; userAgent: string | null },
): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const seconds = LIFETIME_S[user.role].absolute;
  await tx`
    insert into sessions (token_hash, user_id, expires_at, ip, user_agent)
    values (${
    hashToken(token)
  }, ${user.id}, now() + make_interval(secs => ${seconds}), ${device.ip}, ${
    device.userAgent?.slice(0, 300) ?? null
  })`;
  return token;
}

/**
 * The session of a cookie with its user as they are now, or null when unknown, idle too long or over.
 *
 * `touch` says that a person asked: what an open page asks by itself keeps no session alive.
 */
export async function getSession(
  token: string,
  { touch = true } = {},
): Promise<{ session: CurrentSession; user: User } | null> {
  const [row] = await sql<
    [
      (User & {
        session_id: string;
        session_created_at: Date;
        is_due: boolean;
      })?,
    ]
  >`
    select ${userColumns}, sessions.id as session_id, sessions.created_at as session_created_at,
      last_used_at < now() - make_interval(secs => ${TOUCH_EVERY_S}) as is_due
    from sessions join users on users.id = sessions.user_id
    where token_hash = ${hashToken(token)} and expires_at > now()
      and last_used_at > now() - make_interval(secs => case role when 'researcher' then ${LIFETIME_S.researcher.idle}::int else ${LIFETIME_S.admin.idle}::int end)`;
  if (!row) return null;
  const { session_id: id, session_created_at: created_at, is_due, ...user } =
    row;
  if (touch && is_due) await touchSession(id);
  return { session: { id, created_at }, user };
}

/** Whether a session goes on and its user may still see data: for answers that last longer than a request. */
export async function isSessionOpen(id: string): Promise<boolean> {
  const rows = await sql`
    select from sessions join users on users.id = user_id
    where sessions.id = ${id} and expires_at > now() and state = 'approved'`;
  return rows.length > 0;
}

/** The open sessions of a user, the latest used first. */
export function listSessions(userId: string): Promise<Session[]> {
  return sql<
    Session[]
  >`select ${sessionColumns} from sessions where user_id = ${userId} and expires_at > now() order by last_used_at desc`;
}

/** Ends one session of a user. False when it was not theirs or is gone. */
export async function deleteSession(
  userId: string,
  id: string,
): Promise<boolean> {
  const gone =
    await sql`delete from sessions where id = ${id} and user_id = ${userId} returning id`;
  return gone.length > 0;
}

/** Ends every session of a user; API tokens must end with them: db/api_tokens.ts. */
export async function deleteSessions(tx: Sql, userId: string): Promise<void> {
  await tx`delete from sessions where user_id = ${userId}`;
}

/** Deletes sessions that are over. */
export async function deleteOldSessions(): Promise<void> {
  await sql`
    delete from sessions where expires_at < now()
      or last_used_at < now() - make_interval(secs => ${LIFETIME_S.researcher.idle})`;
}

async function touchSession(id: string): Promise<void> {
  await sql`
    with touched as (
      update sessions set last_used_at = now()
      where id = ${id} and last_used_at < now() - make_interval(secs => ${TOUCH_EVERY_S}) returning user_id)
    update users set last_seen_at = now() from touched where users.id = touched.user_id`;
}

/** SHA-256 of a token, the form in which tokens are stored. */
export function hashToken(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
