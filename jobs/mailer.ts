import nodemailer, { type Transporter } from "nodemailer";
import type { Email } from "../components/emails/email.tsx";
import { config } from "../config.ts";
import { createDevMail } from "../db/dev_mails.ts";

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;

/** Who gets a mail. Always one person, never a list in one string. */
export interface Recipient {
  name: string;
  address: string;
}

/**
 * Sends one mail, or keeps it for /dev/mail where there is no SMTP server.
 *
 * `id` names the mail: a second attempt carries the same Message-ID, so that mail programs can drop the copy.
 * A refusal that would come again is logged and the mail dropped.
 *
 * @throws {Error} when the server is away or asks to come back later: the queue tries again.
 */
export async function deliver(
  to: Recipient,
  email: Email,
  { id, replyTo }: { id: string; replyTo?: string },
): Promise<void> {
  if (!config.SMTP_URL) {
    return await createDevMail({ recipient: to.address, ...email });
  }
  try {
    await transport().sendMail({
      from: config.MAIL_FROM,
      to,
      replyTo,
      messageId: `<${id}@${new URL(config.BASE_URL).hostname}>`,
      // "auto" would fold long lines, and a link must stay whole on its line.
      textEncoding: "quoted-printable",
      headers: { "Auto-Submitted": "auto-generated" },
      ...email,
    });
  } catch (error) {
    if (!isPermanent(error)) throw error;
    console.error(
      JSON.stringify({
        level: "error",
        message: "mail dropped",
        mail: id,
        code: (error as SmtpError).responseCode,
      }),
    );
  }
}

let kept: { url: string; transporter: Transporter } | null = null;

function transport(): Transporter {
  const url = config.SMTP_URL!;
  if (kept?.url !== url) {
    const limits = `connectionTimeout=${CONNECT_MS}&socketTimeout=${ANSWER_MS}`;
    const separator = url.includes("?") ? "&" : "?";
    const transporter = nodemailer.createTransport(
      `${url}${separator}${limits}`,
    );
    kept = { url, transporter };
  }
  return kept.transporter;
}

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
}

/** 5xx is the server's "never" (RFC 5321, 4.2.1); all else, such as 4xx, a closed port or a wrong password, may pass. */
function isPermanent(error: unknown): boolean {
  const { code, responseCode } = error as SmtpError;
  // EAUTH comes with 535, but it is our setting that is wrong, not the mail.
  return code !== "EAUTH" && responseCode !== undefined && responseCode >= 500;
}
