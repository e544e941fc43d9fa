import { z } from "zod";
import { config } from "../config.ts";
import { endLogIns } from "./api_tokens.ts";
import { audit, type Origin } from "./audit.ts";
import { hashPassword, passwordProblem, verifyPassword } from "./passwords.ts";
import { addJob } from "./queue.ts";
import { hashToken } from "./sessions.ts";
import { type Sql, sql } from "./sql.ts";
import { deleteTokens, spendToken } from "./tokens.ts";
import {
  getUser,
  getUserByEmail,
  Profile,
  type User,
  userColumns,
} from "./users.ts";

/** The version of the terms of use that a new user accepts; kept with the date. */
export const TERMS_VERSION = "2026-11";

const MAX_EMAIL_LENGTH = 254;
/** The id of no account. */
const NOBODY = "00000000-0000-4000-8000-000000000000";

/** An address that a mail can be sent to; the sentence names what is wrong. */
export const Email = z.string("Give your e-mail address").trim().max(
  MAX_EMAIL_LENGTH,
  `An e-mail address has at most ${MAX_EMAIL_LENGTH} characters`,
).pipe(z.email("Give an e-mail address such as name@institute.org"));

/** What the form of a new account sends. */
export const NewUser = Profile.extend({
  email: Email,
  terms: z.literal("yes", "Accept the terms of use"),
  password: z.string("Choose a password").superRefine((password, ctx) =>
    refuse(ctx, [], passwordProblem(password, []))
  ),
}).superRefine(({ name, email, password }, ctx) =>
  refuse(ctx, ["password"], passwordProblem(password, [name, email]))
);
export type NewUser = z.infer<typeof NewUser>;

/**
 * Registers an account, or mails the owner of a known address that somebody tried; the caller cannot tell which.
 *
 * Nobody has proved to own an address that was never verified: registering it again replaces what was said before, password included,
 * and is noted, so that confirming it takes that password.
 *
 * @throws {TooBusy} when too many passwords wait to be hashed.
 */
export async function register(input: NewUser, origin: Origin): Promise<void> {
  const { terms: _, password, ...profile } = input;
  const password_hash = await hashPassword(password);
  const row = { ...profile, password_hash, terms_version: TERMS_VERSION };
  await sql.begin(async (tx) => {
    const id = await insertOrReplace(tx, row);
    const known = id ? null : await getUserByEmail(input.email, tx);
    const user_id = id ?? known!.id;
    await addJob(tx, id ? "send_verification" : "send_known_address", {
      user_id,
    });
    await audit({
      action: "register",
      target: `user:${user_id}`,
      outcome: id ? "ok" : "known address",
      ...origin,
    }, tx);
  });
}

/** Mails a new link to an account that waits for one; for all others nothing happens, and the caller cannot tell. */
export async function resendVerification(email: string): Promise<void> {
  await sql.begin(async (tx) => {
    const user = await getUserByEmail(email, tx);
    // The job sends nothing to others, but takes the same time to add.
    await addJob(tx, "send_verification", { user_id: user?.id ?? NOBODY });
  });
}

/** What a verification link confirms. */
export interface Registration {
  id: string;
  name: string;
  created_at: Date;
  /** It took the place of an earlier one of the same address: only the password tells whose it is. */
  replaced_another: boolean;
  password_hash: string;
}

/** The registration that a verification link confirms, as it is now; null when the link is of no use any more. */
export async function getRegistration(
  token: string,
): Promise<Registration | null> {
  const [row] = await sql<[Registration?]>`
    select users.id, users.name, users.created_at, users.replaced_another, users.password_hash
    from tokens join users on users.id = user_id and users.email = tokens.email
    where token_hash = ${
    hashToken(token)
  } and purpose = 'verify' and used_at is null and expires_at > now()
      and state = 'unverified'`;
  return row ?? null;
}

/** The account that was verified, or what stood against it: the link is of no use any more, or the password is not the account's. */
export type Verification = { user: User } | { refused: "link" | "password" };

/**
 * Spends the token of a verification mail: the account waits for a decision from then on, and the admins are asked.
 * An address of ADMIN_EMAILS is approved and admin at once.
 *
 * A registration that replaced another also needs its password, or a stranger could put theirs under a form that the owner of the
 * address has filled in and is about to confirm. A wrong one leaves the token as it was.
 *
 * @throws {TooBusy} when too many passwords wait to be checked.
 */
export async function verifyUser(
  token: string,
  password: string,
  origin: Origin,
): Promise<Verification> {
  const found = await getRegistration(token);
  if (!found) return { refused: "link" };
  const { id, password_hash } = found;
  if (
    found.replaced_another && !await verifyPassword(password_hash, password)
  ) {
    const event = { action: "verify", outcome: "refused" };
    await audit({ ...event, target: `user:${id}`, ...origin });
    return { refused: "password" };
  }
  const done = await sql.begin(async (tx) => {
    // Another hash: it was registered anew since, which is not what was confirmed. Locked before the token, as register() does,
    // and so that a job may still make a token.
    const [user] = await tx<[User?]>`
      select ${userColumns} from users
      where id = ${id} and state = 'unverified' and password_hash = ${password_hash} for no key update`;
    if (!user || !await spendToken(tx, "verify", token)) return false;
    await settle(tx, user, origin);
    return true;
  });
  return done ? { user: (await getUser(id))! } : { refused: "link" };
}

/** Says in which state a verified address starts, and tells whom it concerns. */
async function settle(tx: Sql, user: User, origin: Origin): Promise<void> {
  const admins = config.ADMIN_EMAILS ?? [];
  const isAdmin = admins.includes(user.email.toLowerCase());
  const next = isAdmin
    ? { state: "approved", role: "admin", decided_at: new Date() }
    : { state: "pending" };
  await tx`update users set ${
    sql(next)
  }, verified_at = now() where id = ${user.id}`;
  if (isAdmin && user.role !== "admin") await endLogIns(tx, user.id);
  const event = { action: "verify", actor: user, target: `user:${user.id}` };
  await audit({ ...event, detail: { state: next.state }, ...origin }, tx);
  if (isAdmin) return;
  for (const to of admins) {
    await addJob(tx, "send_review_request", { user_id: user.id, to });
  }
}

/** The id of the new or replaced account; null when the address belongs to a verified one. */
async function insertOrReplace(
  tx: Sql,
  row: Record<string, string | null>,
): Promise<string | null> {
  const [user] = await tx<[{ id: string }?]>`
    insert into users ${tx(row)}
    on conflict (lower(email)) do update set ${
    tx(row)
  }, terms_accepted_at = now(), created_at = now(), replaced_another = true
    where users.state = 'unverified'
    returning id`;
  if (!user) return null;
  await endLogIns(tx, user.id);
  await deleteTokens(tx, user.id);
  return user.id;
}

function refuse(
  ctx: z.RefinementCtx,
  path: string[],
  message: string | null,
): void {
  if (message) ctx.addIssue({ code: "custom", path, message });
}
