import { reviewRequestEmail } from "../components/emails/review_request.tsx";
import { config } from "../config.ts";
import type { Payload } from "../db/queue.ts";
import { getUser } from "../db/users.ts";
import { deliver } from "./mailer.ts";
import type { JobContext } from "./tasks.ts";

/** Asks one admin to decide on an applicant; nothing to do once another one has. */
export async function sendReviewRequest(
  { user_id, to }: Payload<"send_review_request">,
  { id }: JobContext,
): Promise<void> {
  const applicant = await getUser(user_id);
  if (applicant?.state !== "pending") return;
  const page = `${config.BASE_URL}/admin/users/${user_id}`;
  const mail = reviewRequestEmail({
    applicant,
    approve: `${page}?decision=approve`,
    reject: `${page}?decision=reject`,
  });
  await deliver({ name: "", address: to }, mail, { id: `review-${id}` });
}
