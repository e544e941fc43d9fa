import { verificationEmail } from "../components/emails/verification.tsx";
import { config } from "../config.ts";
import type { Payload } from "../db/queue.ts";
import { createToken, tokenHours } from "../db/tokens.ts";
import { getUser } from "../db/users.ts";
import { deliver } from "./mailer.ts";
import type { JobContext } from "./tasks.ts";

/** Mails the link that confirms an address; nothing to do once it is confirmed. */
export async function sendVerification(
  { user_id }: Payload<"send_verification">,
  { id }: JobContext,
): Promise<void> {
  const user = await getUser(user_id);
  if (user?.state !== "unverified") return;
  const token = await createToken("verify", user);
  const mail = verificationEmail({
    name: user.name,
    url: `${config.BASE_URL}/verify/${token}`,
    hours: tokenHours("verify"),
  });
  await deliver({ name: user.name, address: user.email }, mail, {
    id: `verification-${id}`,
  });
}
