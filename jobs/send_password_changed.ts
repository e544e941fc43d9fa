import { passwordChangedEmail } from "../components/emails/password.tsx";
import { config } from "../config.ts";
import type { Payload } from "../db/queue.ts";
import { getUser } from "../db/users.ts";
import { deliver } from "./mailer.ts";
import type { JobContext } from "./tasks.ts";

/** Tells a user that the password was changed. */
export async function sendPasswordChanged(
  { user_id }: Payload<"send_password_changed">,
  { id }: JobContext,
): Promise<void> {
  const user = await getUser(user_id);
  if (!user) return;
  const mail = passwordChangedEmail({
    name: user.name,
    reset: `${config.BASE_URL}/reset`,
  });
  await deliver({ name: user.name, address: user.email }, mail, {
    id: `password-changed-${id}`,
  });
}
