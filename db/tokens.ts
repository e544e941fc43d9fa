import { randomBytes } from "node:crypto";
import { hashToken } from "./sessions.ts";
import { type Sql, sql } from "./sql.ts";

/** What a mailed link is for. */
export type TokenPurpose = "verify" | "reset";
/** What a link is still good for; `unknown` also when a newer one took its place. */
export type TokenState = "valid" | "used" | "expired" | "unknown";

const TOKEN_BYTES = 32;
const LIFETIME_H: Record<TokenPurpose, number> = { verify: 24, reset: 1 };

/** Hours for which a link of this purpose works. */
export function tokenHours(purpose: TokenPurpose): number {
  return LIFETIME_H[purpose];
}

/**
 * Makes the token of a mailed link and ends older ones of the same purpose. Only its SHA-256 is stored.
 *
 * Called while the mail is written, never before: a token must not lie in a job's payload.
 * Rules: thecopenhagenbook.com, server-side tokens.
 */
export function createToken(
  purpose: TokenPurpose,
  user: { id: string; email: string },
): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  return sql.begin(async (tx) => {
    await tx`delete from tokens where user_id = ${user.id} and purpose = ${purpose} and used_at is null`;
    await tx`
      insert into tokens (token_hash, purpose, user_id, email, expires_at)
      values (${hashToken(token)}, ${purpose}, ${user.id}, ${user.email},
        now() + make_interval(hours => ${LIFETIME_H[purpose]}))`;
    return token;
  });
}

/** What a token is good for, and whose it is; changes nothing. */
export async function getToken(
  purpose: TokenPurpose,
  token: string,
): Promise<{ state: TokenState; user_id: string | null }> {
  const [row] = await sql<
    [{ user_id: string; used: boolean; expired: boolean }?]
  >`
    select user_id, used_at is not null as used, expires_at <= now() as expired from tokens
    where token_hash = ${hashToken(token)} and purpose = ${purpose}`;
  if (!row) return { state: "unknown", user_id: null };
  const state = row.used ? "used" : row.expired ? "expired" : "valid";
  return { state, user_id: row.user_id };
}

/**
 * Spends a token, in the transaction of what it allows.
 *
 * @returns the id of its user, or null when it was spent, is over, or belongs to an address the user no longer has.
 */
export async function spendToken(
  tx: Sql,
  purpose: TokenPurpose,
  token: string,
): Promise<string | null> {
  const [row] = await tx<[{ user_id: string }?]>`
    update tokens set used_at = now() from users
    where token_hash = ${
    hashToken(token)
  } and purpose = ${purpose} and used_at is null and expires_at > now()
      and users.id = tokens.user_id and users.email = tokens.email
    returning user_id`;
  return row?.user_id ?? null;
}

/** Ends every unspent token of a user. */
export async function deleteTokens(tx: Sql, userId: string): Promise<void> {
  await tx`delete from tokens where user_id = ${userId} and used_at is null`;
}

/** Deletes tokens that have been over for a week; until then their pages can say what happened. */
export async function deleteOldTokens(): Promise<void> {
  await sql`delete from tokens where expires_at < now() - interval '7 days'`;
}
