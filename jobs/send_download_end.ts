import { downloadEndEmail } from "../components/emails/download_end.tsx";
import { config } from "../config.ts";
import { getAnyDownload } from "../db/downloads.ts";
import type { Payload } from "../db/queue.ts";
import { getUser } from "../db/users.ts";
import { deliver } from "./mailer.ts";
import type { JobContext } from "./tasks.ts";

/** Tells the owner of a download that it is ready, or why it is not. */
export async function sendDownloadEnd(
  { download_id }: Payload<"send_download_end">,
  { id }: JobContext,
): Promise<void> {
  const download = await getAnyDownload(download_id);
  const user = download && await getUser(download.user_id);
  if (!download || user?.state !== "approved") return;
  const { state, label, reason, size, expires_at } = download;
  if (state !== "ready" && state !== "partial" && state !== "failed") return;
  const mail = downloadEndEmail({
    name: user.name,
    label,
    state,
    reason,
    size,
    expires_at,
    url: `${config.BASE_URL}/downloads/${download.id}`,
  });
  const to = { name: user.name, address: user.email };
  await deliver(to, mail, { id: `download-end-${id}` });
}
