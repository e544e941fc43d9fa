import { z } from "zod";
import { endLogIns } from "./api_tokens.ts";
import { audit, type Origin } from "./audit.ts";
import { endDownloadsOf } from "./ended_downloads.ts";
import { addJob } from "./queue.ts";
import { type Sql, sql } from "./sql.ts";
import { deleteTokens } from "./tokens.ts";
import { type Role, ROLES, type User, userColumns } from "./users.ts";

const MAX_REASON_LENGTH = 2000;

const Reason = z.string().trim().max(
  MAX_REASON_LENGTH,
  `The reason must have at most ${MAX_REASON_LENGTH} characters`,
).default("");

/** What the decision form of an applicant sends; a rejection needs its reason. */
export const Decision = z.object({
  decision: z.enum(["approve", "reject"], "Choose approve or deny"),
  reason: Reason,
}).refine(
  ({ decision, reason }) => decision === "approve" || reason !== "",
  {
    path: ["reason"],
    message: "Give a reason: the applicant reads it in the mail",
  },
);
export type Decision = z.infer<typeof Decision>;

/** What the form sends that suspends an account or ends its suspension. */
export const Suspension = z.object({
  suspended: z.enum(["yes", "no"], "Choose yes or no"),
  reason: Reason,
});
export type Suspension = z.infer<typeof Suspension>;

/** What the form sends that changes a role. */
export const RoleChange = z.object({
  role: z.enum(ROLES, `Choose one of ${ROLES.join(", ")}`),
});

/** Why an admin's change was refused, as a sentence; null when it was done. */
export type Refusal = string | null;

/**
 * Approves or rejects an applicant, who is told by mail.
 *
 * The row is locked, so of two admins the second is refused with the name of the first. Approval keeps the applicant's sessions.
 */
export function decideUser(
  id: string,
  { decision, reason }: Decision,
  admin: User,
  origin: Origin,
): Promise<Refusal> {
  const state = decision === "approve" ? "approved" : "rejected";
  return changeUser(id, async (tx, user) => {
    if (user.state !== "pending") return await decidedAlready(tx, user);
    await tx`
      update users set state = ${state}, decided_at = now(), decided_by = ${admin.id}, decision_reason = ${
      reason || null
    } where id = ${id}`;
    if (state === "rejected") await endLogIns(tx, id);
    await addJob(tx, "send_decision", { user_id: id });
    const event = { action: decision, actor: admin, target: `user:${id}` };
    await audit({ ...event, ...origin, detail: withReason(reason) }, tx);
    return null;
  });
}

/** Lets a rejected applicant wait for a decision again: mistakes happen, and the applicant may appeal. */
export function reopenUser(
  id: string,
  admin: User,
  origin: Origin,
): Promise<Refusal> {
  return changeUser(id, async (tx, user) => {
    if (user.state !== "rejected") return `This account is ${user.state}`;
    await tx`
      update users set state = 'pending', decided_at = null, decided_by = null, decision_reason = null where id = ${id}`;
    const event = { action: "reopen", actor: admin, target: `user:${id}` };
    await audit({ ...event, ...origin }, tx);
    return null;
  });
}

/** Suspends an approved account, which ends its sessions, API tokens and links at once, or ends the suspension. */
export function suspendUser(
  id: string,
  { suspended, reason }: Suspension,
  admin: User,
  origin: Origin,
): Promise<Refusal> {
  const [from, to] = suspended === "yes"
    ? ["approved", "suspended"]
    : ["suspended", "approved"];
  return changeUser(id, async (tx, user) => {
    if (user.state !== from) return `This account is ${user.state}`;
    if (id === admin.id) return "You cannot suspend your own account";
    if (await isLastAdmin(tx, user)) return LAST_ADMIN;
    await tx`
      update users set state = ${to}, decision_reason = ${
      reason || null
    } where id = ${id}`;
    if (to === "suspended") await endAccess(tx, id);
    const event = { action: to === "suspended" ? "suspend" : "restore" };
    const target = `user:${id}`;
    const detail = withReason(reason);
    await audit({ ...event, actor: admin, target, ...origin, detail }, tx);
    return null;
  });
}

/** Gives an approved account another role, which ends its sessions and API tokens; nobody changes their own, and one admin always stays. */
export function changeRole(
  id: string,
  role: Role,
  admin: User,
  origin: Origin,
): Promise<Refusal> {
  return changeUser(id, async (tx, user) => {
    if (user.state !== "approved") return `This account is ${user.state}`;
    if (id === admin.id) return "You cannot change your own role";
    if (await isLastAdmin(tx, user)) return LAST_ADMIN;
    if (user.role === role) return null;
    await tx`update users set role = ${role} where id = ${id}`;
    await endLogIns(tx, id);
    const event = { action: "change_role", target: `user:${id}` };
    const detail = { from: user.role, to: role };
    await audit({ ...event, actor: admin, ...origin, detail }, tx);
    return null;
  });
}

const LAST_ADMIN = "This is the last admin; make somebody else admin first";

/** Runs a change on the locked row. Admins are locked too, always in the same order, so that two cannot remove each other. */
function changeUser(
  id: string,
  change: (tx: Sql, user: User) => Promise<Refusal>,
): Promise<Refusal> {
  return sql.begin(async (tx) => {
    const rows = await tx<User[]>`
      select ${userColumns} from users
      where id = ${id} or (role = 'admin' and state = 'approved') order by id for update`;
    const user = rows.find((row) => row.id === id);
    return user ? await change(tx, user) : "There is no such account";
  });
}

async function decidedAlready(tx: Sql, user: User): Promise<string> {
  if (user.state === "unverified") {
    return "This address is not confirmed yet; there is nothing to decide";
  }
  const [by] = await tx<
    [{ name: string }?]
  >`select name from users where id = ${user.decided_by}`;
  const decision = user.state === "rejected" ? "denied" : "approved";
  return `This account is already ${decision}${by ? ` by ${by.name}` : ""}`;
}

async function isLastAdmin(tx: Sql, user: User): Promise<boolean> {
  if (user.role !== "admin" || user.state !== "approved") return false;
  const [others] = await tx<
    [{ n: number }]
  >`select count(*) as n from users where role = 'admin' and state = 'approved' and id <> ${user.id}`;
  return others.n === 0;
}

async function endAccess(tx: Sql, id: string): Promise<void> {
  await endLogIns(tx, id);
  await deleteTokens(tx, id);
  await endDownloadsOf(tx, id);
}

function withReason(reason: string): Record<string, string> {
  return reason ? { reason } : {};
}
