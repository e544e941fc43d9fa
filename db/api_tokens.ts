import { randomBytes } from "node:crypto";
import { z } from "zod";
import { audit, type Origin } from "./audit.ts";
import { deleteSessions, hashToken } from "./sessions.ts";
import { type Sql, sql } from "./sql.ts";
import { line, type User, userColumns } from "./users.ts";

/** Tokens that one account may have at once. */
export const MAX_API_TOKENS = 10;
/** Days after which a token ends, by choice of who makes it. */
export const TOKEN_DAYS = [30, 90, 365] as const;
/** What the form proposes. */
export const DEFAULT_TOKEN_DAYS = 90;
/** Longest name of a token, in characters. */
export const MAX_TOKEN_NAME_LENGTH = 60;

const TOKEN_BYTES = 32;
/** Says what it is, to people and to scanners for secrets that were published. */
const PREFIX = "mgkdb_";
/** 32 bytes are 43 characters of base64url. What looks otherwise is no token and is not looked up. */
const TOKEN = new RegExp(`^${PREFIX}[\\w-]{43}$`);
/** How often the time of last use is written; a write per request would be waste. */
const TOUCH_EVERY_S = 60;

/** What a program shows instead of a log-in. The token itself is known to nobody but who made it. */
export interface ApiToken {
  id: string;
  name: string;
  created_at: Date;
  /** Null before the first use; a minute late at most. */
  last_used_at: Date | null;
  expires_at: Date;
}

/** The form that makes a token. */
export const NewApiToken = z.object({
  name: line(
    "Name of the new token: say what it is for, such as the machine it is used on",
    MAX_TOKEN_NAME_LENGTH,
    `Name of the new token: use at most ${MAX_TOKEN_NAME_LENGTH} characters`,
  ),
  days: z.enum(
    TOKEN_DAYS.map(String),
    `Ends after: choose ${TOKEN_DAYS.join(", ")} days`,
  ).transform(Number),
});
export type NewApiToken = z.infer<typeof NewApiToken>;

const tokenColumns =
  sql`api_tokens.id, api_tokens.name, api_tokens.created_at, api_tokens.last_used_at, api_tokens.expires_at`;
const isLive = sql`revoked_at is null and expires_at > now()`;

/**
 * Makes a token for who is logged in by a session. What is returned is shown once; only its SHA-256 is stored.
 *
 * @returns why not: the account has {@linkcode MAX_API_TOKENS} already; or the session has just ended, with all that the account
 * had opened, and nothing may be opened after that
 */
export function createApiToken(
  user: User,
  { name, days }: NewApiToken,
  { session, ...origin }: Origin & { session: string },
): Promise<{ token: string } | { refused: "too many" | "logged out" }> {
  const token = PREFIX + randomBytes(TOKEN_BYTES).toString("base64url");
  return sql.begin(async (tx) => {
    // Waits for what ends log-ins, and for other forms: what they did is seen from here on.
    await tx`select from users where id = ${user.id} for no key update`;
    const [open] =
      await tx`select from sessions where id = ${session} and user_id = ${user.id}`;
    if (!open) return { refused: "logged out" };
    const [{ live }] = await tx<[{ live: number }]>`
      select count(*)::int as live from api_tokens where user_id = ${user.id} and ${isLive}`;
    if (live >= MAX_API_TOKENS) return { refused: "too many" };
    await tx`
      insert into api_tokens (token_hash, user_id, name, expires_at)
      values (${
      hashToken(token)
    }, ${user.id}, ${name}, now() + make_interval(days => ${days}))`;
    const event = { action: "make_api_token", target: `user:${user.id}` };
    await audit(
      { ...event, actor: user, detail: { name, days }, ...origin },
      tx,
    );
    return { token };
  });
}

/** The tokens of a user that work, the newest first. */
export function listApiTokens(userId: string): Promise<ApiToken[]> {
  return sql<ApiToken[]>`
    select ${tokenColumns} from api_tokens where user_id = ${userId} and ${isLive} order by created_at desc, id`;
}

/** Ends a token of a user. False when it was not theirs or has ended. */
export async function revokeApiToken(
  user: User,
  id: string,
  origin: Origin,
): Promise<boolean> {
  return await sql.begin(async (tx) => {
    const [gone] = await tx<[{ name: string }?]>`
      update api_tokens set revoked_at = now() where id = ${id} and user_id = ${user.id} and ${isLive} returning name`;
    if (!gone) return false;
    const event = { action: "revoke_api_token", target: `user:${user.id}` };
    const detail = { name: gone.name };
    await audit({ ...event, actor: user, detail, ...origin }, tx);
    return true;
  });
}

/** Whose token it is, as they are now; null when it is unknown, revoked or over, all of which take the same one look-up. */
export async function getApiTokenUser(token: string): Promise<User | null> {
  if (!TOKEN.test(token)) return null;
  const [row] = await sql<[(User & { token_id: string; is_due: boolean })?]>`
    select ${userColumns}, api_tokens.id as token_id,
      coalesce(last_used_at < now() - make_interval(secs => ${TOUCH_EVERY_S}), true) as is_due
    from api_tokens join users on users.id = user_id where token_hash = ${
    hashToken(token)
  } and ${isLive}`;
  if (!row) return null;
  const { token_id, is_due, ...user } = row;
  if (is_due) await touchToken(token_id);
  return user;
}

/** Ends whatever proves who somebody is: every session and every token of a user. */
export async function endLogIns(tx: Sql, userId: string): Promise<void> {
  await deleteSessions(tx, userId);
  await tx`update api_tokens set revoked_at = now() where user_id = ${userId} and ${isLive}`;
}

/** Deletes tokens that have ended. */
export async function deleteOldApiTokens(): Promise<void> {
  await sql`delete from api_tokens where not (${isLive})`;
}

async function touchToken(id: string): Promise<void> {
  await sql`
    with touched as (
      update api_tokens set last_used_at = now()
      where id = ${id} and coalesce(last_used_at < now() - make_interval(secs => ${TOUCH_EVERY_S}), true) returning user_id)
    update users set last_seen_at = now() from touched where users.id = touched.user_id`;
}
