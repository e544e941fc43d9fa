import { sql } from "./sql.ts";

const SHOWN = 50;

/** A mail that would have been sent if there were an SMTP server. */
export interface DevMail {
  id: number;
  at: Date;
  recipient: string;
  subject: string;
  text: string;
  html: string;
}

/** Keeps a mail for /dev/mail. */
export async function createDevMail(
  mail: Pick<DevMail, "recipient" | "subject" | "text" | "html">,
): Promise<void> {
  await sql`insert into dev_mails ${sql(mail)}`;
}

/** The latest mails, newest first. */
export function listDevMails(): Promise<DevMail[]> {
  return sql<
    DevMail[]
  >`select id, at, recipient, subject, text, html from dev_mails order by id desc limit ${SHOWN}`;
}

/** Deletes mails older than a week. */
export async function deleteOldDevMails(): Promise<void> {
  await sql`delete from dev_mails where at < now() - interval '7 days'`;
}
