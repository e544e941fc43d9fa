import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import { config } from "../config.ts";
import { type Download, getAnyDownload } from "./downloads.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The token of the link that opens a download without log-in, or null when none was made.
 *
 * HMAC-SHA-256 over what it opens and when it was made: a newer link ends the older one, and the archive's own end ends both.
 */
export function linkToken(
  { id, link_made_at }: Pick<Download, "id" | "link_made_at">,
): string | null {
  if (!link_made_at) return null;
  return `${id}.${signature(id, link_made_at).toString("base64url")}`;
}

/** The download that a token opens, or null when the token is not one of ours or no longer the newest. */
export async function verifyLink(token: string): Promise<Download | null> {
  const [id = "", signed = ""] = token.split(".");
  if (!UUID.test(id)) return null;
  const download = await getAnyDownload(id);
  if (!download?.link_made_at) return null;
  const expected = signature(id, download.link_made_at);
  const given = Buffer.from(signed, "base64url");
  return given.length === expected.length && timingSafeEqual(given, expected)
    ? download
    : null;
}

function signature(id: string, madeAt: Date): Buffer {
  return createHmac("sha256", config.SECRET_KEY!)
    .update(`archive link\n${id}\n${madeAt.toISOString()}`).digest();
}
