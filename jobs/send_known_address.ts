import { knownAddressEmail } from "../components/emails/known_address.tsx";
import { config } from "../config.ts";
import type { Payload } from "../db/queue.ts";
import { getUser } from "../db/users.ts";
import { deliver } from "./mailer.ts";
import type { JobContext } from "./tasks.ts";

/** Tells the owner of an account that somebody registered with its address. */
export async function sendKnownAddress(
  { user_id }: Payload<"send_known_address">,
  { id }: JobContext,
): Promise<void> {
  const user = await getUser(user_id);
  if (!user) return;
  const mail = knownAddressEmail({
    name: user.name,
    login: `${config.BASE_URL}/login`,
    reset: `${config.BASE_URL}/reset`,
  });
  await deliver({ name: user.name, address: user.email }, mail, {
    id: `known-address-${id}`,
  });
}
