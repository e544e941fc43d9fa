import { bytes, dateTime } from "../format.ts";
import { type Email, email } from "./email.tsx";

const SUBJECTS = {
  ready: "Your MGKDB download is ready",
  partial: "Your MGKDB download is ready, with files missing",
  failed: "Your MGKDB download failed",
};

/** Tells the owner how a download ended that took longer than people wait. */
export function downloadEndEmail(
  { name, label, state, reason, size, expires_at, url }: {
    name: string;
    label: string;
    state: "ready" | "partial" | "failed";
    reason: string | null;
    size: number | null;
    expires_at: Date | null;
    url: string;
  },
): Email {
  const until = expires_at
    ? `It can be fetched until ${dateTime(expires_at)}; then it is deleted.`
    : "";
  const parts = state === "failed"
    ? [`your download of ${label} could not be finished.`, reason ?? ""]
    : [
      `your download of ${label} is ready (${bytes(size)}). ${until}`,
      reason ?? "",
    ];
  return email(SUBJECTS[state], [
    `Hello ${name},`,
    ...parts.filter(Boolean),
    { label: "See the download", url },
  ]);
}
