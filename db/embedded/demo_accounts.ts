import { config } from "../../config.ts";
import { hashPassword, verifyPassword } from "../passwords.ts";
import { TERMS_VERSION } from "../registrations.ts";
import { sql } from "../sql.ts";
import { type DemoAccounts, readDemoAccounts } from "./secrets.ts";

/** An account to print at the start. */
export interface DemoLogIn {
  role: string;
  email: string;
  password: string;
}

/**
 * Makes the demo accounts of the embedded mode once, verified and approved, and keeps their passwords in step with the file
 * that DEMO_ACCOUNTS names. Without that setting nothing is made.
 */
export async function createDemoAccounts(): Promise<DemoLogIn[]> {
  if (!config.DEMO_ACCOUNTS) return [];
  const accounts = await readDemoAccounts(config.DEMO_ACCOUNTS);
  for (const account of accounts) await createOnce(account);
  return accounts.map(({ role, email, password }) => ({
    role: `demo ${role}`,
    email,
    password,
  }));
}

async function createOnce(
  { role, email, password }: DemoAccounts[number],
): Promise<void> {
  const [found] = await sql<[{ id: string; password_hash: string }?]>`
    select id, password_hash from users where lower(email) = lower(${email})`;
  if (found && await verifyPassword(found.password_hash, password)) return;
  const password_hash = await hashPassword(password);
  if (found) {
    await sql`update users set password_hash = ${password_hash} where id = ${found.id}`;
    return;
  }
  const now = new Date();
  const row = {
    email,
    name: role === "admin" ? "Demo Admin" : "Demo Researcher",
    affiliation: "MGKDB demo",
    position: "Demo account",
    reason: "To look around",
    terms_version: TERMS_VERSION,
    password_hash,
    state: "approved",
    role,
    verified_at: now,
    decided_at: now,
  };
  // Two processes may start at once.
  await sql`insert into users ${sql(row)} on conflict do nothing`;
}
