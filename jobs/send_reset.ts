import { resetEmail } from "../components/emails/password.tsx";
import { config } from "../config.ts";
import type { Payload } from "../db/queue.ts";
import { createToken, tokenHours } from "../db/tokens.ts";
import { getUser } from "../db/users.ts";
import { deliver } from "./mailer.ts";
import type { JobContext } from "./tasks.ts";

/** Mails the link that sets a new password; not to a suspended account. */
export async function sendReset(
  { user_id }: Payload<"send_reset">,
  { id }: JobContext,
): Promise<void> {
  const user = await getUser(user_id);
  if (!user || user.state === "suspended") return;
  const token = await createToken("reset", user);
  const mail = resetEmail({
    name: user.name,
    url: `${config.BASE_URL}/reset/${token}`,
    hours: tokenHours("reset"),
  });
  await deliver({ name: user.name, address: user.email }, mail, {
    id: `reset-${id}`,
  });
}
