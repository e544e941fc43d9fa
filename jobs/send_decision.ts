import {
  approvedEmail,
  rejectedEmail,
} from "../components/emails/decision.tsx";
import { config } from "../config.ts";
import type { Payload } from "../db/queue.ts";
import { getUser } from "../db/users.ts";
import { deliver } from "./mailer.ts";
import type { JobContext } from "./tasks.ts";

/** Tells an applicant how the request for an account was decided. */
export async function sendDecision(
  { user_id }: Payload<"send_decision">,
  { id }: JobContext,
): Promise<void> {
  const user = await getUser(user_id);
  if (user?.state !== "approved" && user?.state !== "rejected") return;
  const { name, email, decision_reason } = user;
  const mail = user.state === "approved"
    ? approvedEmail({ name, login: `${config.BASE_URL}/login` })
    : rejectedEmail({ name, reason: decision_reason ?? "" });
  await deliver({ name, address: email }, mail, {
    id: `decision-${id}`,
    replyTo: config.ADMIN_EMAILS?.[0],
  });
}
