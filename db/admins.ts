import { endLogIns } from "./api_tokens.ts";
import { audit } from "./audit.ts";
import { sql } from "./sql.ts";
import { getUserByEmail } from "./users.ts";

/**
 * Makes an account admin, verified and approved, whatever it was before. For the operator at the machine; nobody is mailed.
 *
 * @returns false when no account has this address.
 */
export async function makeAdmin(email: string): Promise<boolean> {
  return await sql.begin(async (tx) => {
    const user = await getUserByEmail(email, tx);
    if (!user) return false;
    await tx`
      update users set role = 'admin', state = 'approved', verified_at = coalesce(verified_at, now()), decided_at = now(),
        decided_by = null, decision_reason = null
      where id = ${user.id}`;
    await endLogIns(tx, user.id);
    await audit({
      action: "make_admin",
      target: `user:${user.id}`,
      detail: { by: "command", from: user.role, state: user.state },
    }, tx);
    return true;
  });
}
