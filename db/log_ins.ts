import { endLogIns } from "./api_tokens.ts";
import { audit, type Origin } from "./audit.ts";
import { hashPassword, isOutdated, verifyPassword } from "./passwords.ts";
import { addJob } from "./queue.ts";
import { createSession } from "./sessions.ts";
import { type Sql, sql } from "./sql.ts";
import { deleteTokens, spendToken } from "./tokens.ts";
import { getUser, getUserByEmail, type User, userColumns } from "./users.ts";

/** The id of no account. */
const NOBODY = "00000000-0000-4000-8000-000000000000";

/** Where a session is opened. */
export interface Device {
  ip: string | null;
  userAgent: string | null;
}

/**
 * Opens a session for an address and its password, whatever the state of the account.
 *
 * @returns the session's token, or null when address and password do not belong together; both take the same time to find out.
 * @throws {TooBusy} when too many passwords wait to be checked.
 */
export async function logIn(
  { email, password }: { email: string; password: string },
  device: Device,
  origin: Origin,
): Promise<{ user: User; token: string } | null> {
  const found = await getCredentials(email);
  const right = await verifyPassword(found?.password_hash ?? null, password);
  if (!found || !right) {
    const target = found ? `user:${found.id}` : undefined;
    await audit({ action: "log_in", outcome: "refused", target, ...origin });
    return null;
  }
  const { password_hash, ...user } = found;
  const renewed = isOutdated(password_hash)
    ? await hashPassword(password)
    : null;
  const token = await sql.begin(async (tx) => {
    if (renewed) await setHash(tx, user.id, renewed);
    await tx`update users set last_seen_at = now() where id = ${user.id}`;
    const event = { action: "log_in", actor: user, target: `user:${user.id}` };
    await audit({ ...event, ...origin }, tx);
    return createSession(tx, user, device);
  });
  return { user, token };
}

/**
 * Replaces a user's password, ends all their sessions and API tokens and opens a new one on this device.
 *
 * @returns the new session's token, or null when the current password is wrong.
 */
export async function changePassword(
  user: User,
  { current, password }: { current: string; password: string },
  device: Device,
  origin: Origin,
): Promise<string | null> {
  const credentials = await getCredentials(user.email);
  if (!await verifyPassword(credentials?.password_hash ?? null, current)) {
    const event = { action: "change_password", outcome: "refused" };
    const target = `user:${user.id}`;
    await audit({ ...event, actor: user, target, ...origin });
    return null;
  }
  const hash = await hashPassword(password);
  return await sql.begin(async (tx) => {
    await replacePassword(tx, user, hash, "change_password", origin);
    return createSession(tx, user, device);
  });
}

/** Mails a link that sets a new password to the owner of a known address; for all others nothing happens, and the caller cannot tell. */
export async function requestReset(
  email: string,
  origin: Origin,
): Promise<void> {
  await sql.begin(async (tx) => {
    const user = await getUserByEmail(email, tx);
    const target = user ? `user:${user.id}` : undefined;
    const outcome = user ? "ok" : "unknown address";
    await audit({ action: "request_reset", target, outcome, ...origin }, tx);
    // A job for nobody sends nothing, but takes the same time to add.
    await addJob(tx, "send_reset", { user_id: user?.id ?? NOBODY });
  });
}

/** Sets a new password by a reset link and ends all sessions and API tokens; opens none. False when the link is of no use any more. */
export async function resetPassword(
  token: string,
  password: string,
  origin: Origin,
): Promise<boolean> {
  const hash = await hashPassword(password);
  return await sql.begin(async (tx) => {
    const id = await spendToken(tx, "reset", token);
    const user = id ? await getUser(id, tx) : null;
    if (!user) return false;
    await replacePassword(tx, user, hash, "reset_password", origin);
    return true;
  });
}

async function replacePassword(
  tx: Sql,
  user: User,
  hash: string,
  action: string,
  origin: Origin,
): Promise<void> {
  await setHash(tx, user.id, hash);
  await endLogIns(tx, user.id);
  await deleteTokens(tx, user.id);
  await addJob(tx, "send_password_changed", { user_id: user.id });
  await audit(
    { action, actor: user, target: `user:${user.id}`, ...origin },
    tx,
  );
}

async function setHash(tx: Sql, userId: string, hash: string): Promise<void> {
  await tx`update users set password_hash = ${hash} where id = ${userId}`;
}

async function getCredentials(
  email: string,
): Promise<(User & { password_hash: string }) | null> {
  const [row] = await sql<[(User & { password_hash: string })?]>`
    select ${userColumns}, password_hash from users where lower(email) = lower(${email})`;
  return row ?? null;
}
