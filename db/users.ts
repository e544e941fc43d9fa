import { sql } from "./sql.ts";

/** unverified -> pending -> approved | rejected; approved <-> suspended. */
export type UserState =
  | "unverified"
  | "pending"
  | "approved"
  | "rejected"
  | "suspended";
/** An approver decides on accounts; an admin sees and changes all of it. */
export type Role = "researcher" | "approver" | "admin";
export type Theme = "auto" | "light" | "dark";

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
}

/** Every column of {@linkcode User}, for a select list. */
export const userColumns = sql`
  users.id, users.email, users.name, users.affiliation, users.position, users.orcid, users.reason, users.state, users.role, users.theme,
  users.terms_version, users.verified_at, users.decided_at, users.decided_by, users.decision_reason, users.created_at, users.last_seen_at`;

/** The account with this id, or null. */
export async function getUser(id: string): Promise<User | null> {
  const [user] = await sql<
    [User?]
  >`select ${userColumns} from users where id = ${id}`;
  return user ?? null;
}

/** The account with this address, whatever its case, or null. */
export async function getUserByEmail(email: string): Promise<User | null> {
  const [user] = await sql<
    [User?]
  >`select ${userColumns} from users where lower(email) = lower(${email})`;
  return user ?? null;
}
