import { z } from "zod";
import { audit, type Origin } from "./audit.ts";
import { isOrcid } from "./orcid.ts";
import { type Sql, sql } from "./sql.ts";

/** Every state an account can be in. */
export const USER_STATES = [
  "unverified",
  "pending",
  "approved",
  "rejected",
  "suspended",
] as const;
/** unverified -> pending -> approved | rejected; approved <-> suspended. */
export type UserState = typeof USER_STATES[number];
export const ROLES = ["researcher", "approver", "admin"] as const;
/** An approver decides on accounts; an admin sees and changes all of it. */
export type Role = typeof ROLES[number];
export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = typeof THEMES[number];

/** Accounts on one page of a list. */
export const USERS_PAGE_SIZE = 50;

/** An account, without its password hash. */
export interface User {
  id: string;
  email: string;
  name: string;
  affiliation: string;
  position: string;
  orcid: string | null;
  reason: string;
  state: UserState;
  role: Role;
  theme: Theme;
  terms_version: string;
  verified_at: Date | null;
  decided_at: Date | null;
  decided_by: string | null;
  decision_reason: string | null;
  created_at: Date;
  last_seen_at: Date | null;
  /** Runs in the basket, for the header of every page. */
  picked: number;
}

/** Every column of {@linkcode User}, for a select list. */
export const userColumns = sql`
  users.id, users.email, users.name, users.affiliation, users.position, users.orcid, users.reason, users.state, users.role, users.theme,
  users.terms_version, users.verified_at, users.decided_at, users.decided_by, users.decision_reason, users.created_at, users.last_seen_at,
  (select count(*)::int from basket_runs join runs on runs.id = run_id where user_id = users.id and hidden_at is null) as picked`;

/** The account with this id, or null. */
export async function getUser(id: string, tx: Sql = sql): Promise<User | null> {
  const [user] = await tx<
    [User?]
  >`select ${userColumns} from users where id = ${id}`;
  return user ?? null;
}

/** The account with this address, whatever its case, or null. */
export async function getUserByEmail(
  email: string,
  tx: Sql = sql,
): Promise<User | null> {
  const [user] = await tx<
    [User?]
  >`select ${userColumns} from users where lower(email) = lower(${email})`;
  return user ?? null;
}

/** A text that must be given; `wanted` is the sentence that asks for it. */
function text(
  wanted: string,
  max: number,
  tooLong = `Use at most ${max} characters here`,
) {
  return z.string(wanted).trim().min(1, wanted).max(max, tooLong);
}

/** A text on one line: it stands in mails, where a line of its own would look like ours. */
export function line(wanted: string, max: number, tooLong?: string) {
  return text(wanted, max, tooLong).transform((v) =>
    v.replaceAll(/[\s\p{C}]+/gu, " ")
  );
}

/** Mails greet by name, and anybody can register anybody's address. */
const LINK = /:\/\/|www\./i;

/** What a user says about themselves; may be changed at any time. */
export const Profile = z.object({
  name: line("Give your name", 120).refine(
    (v) => !LINK.test(v),
    "Give your name without a link",
  ),
  affiliation: line("Give your affiliation", 200),
  position: line("Give your position", 120),
  orcid: z.string().trim().default("").transform((v) =>
    v.replace(/^https?:\/\/orcid\.org\//, "").toUpperCase()
  ).refine(
    (v) => v === "" || isOrcid(v),
    "The ORCID iD must look like 0000-0002-1825-0097 and its last character must fit the others",
  ).transform((v) => v || null),
  reason: text("Say what you want to use the data for", 2000),
});
export type Profile = z.infer<typeof Profile>;

/** Changes what a user says about themselves. */
export async function updateProfile(
  user: User,
  profile: Profile,
  origin: Origin,
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`update users set ${tx(profile)} where id = ${user.id}`;
    const event = { action: "profile", actor: user, target: `user:${user.id}` };
    await audit({ ...event, ...origin }, tx);
  });
}

/** Sets the colours that pages are shown in. */
export async function setTheme(userId: string, theme: Theme): Promise<void> {
  await sql`update users set theme = ${theme} where id = ${userId}`;
}

/** One page of accounts and one more when there is another page: applicants in the order they came, others the newest first. */
export function listUsers(
  { state, text = "", page = 1 }: {
    state?: UserState;
    text?: string;
    page?: number;
  },
): Promise<User[]> {
  const like = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return sql<User[]>`
    select ${userColumns} from users
    where true
      ${state ? sql`and state = ${state}` : sql``}
      ${
    text
      ? sql`and (name ilike ${like} or email ilike ${like} or affiliation ilike ${like})`
      : sql``
  }
    order by case when state = 'pending' then verified_at end, created_at desc, id
    limit ${USERS_PAGE_SIZE + 1} offset ${(page - 1) * USERS_PAGE_SIZE}`;
}

/** How many accounts are in each state. */
export async function countUsers(): Promise<Record<UserState, number>> {
  const rows = await sql<
    { state: UserState; n: number }[]
  >`select state, count(*) as n from users group by state`;
  const counts = Object.fromEntries(USER_STATES.map((s) => [s, 0]));
  for (const { state, n } of rows) counts[state] = n;
  return counts as Record<UserState, number>;
}
