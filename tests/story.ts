import { listDevMails } from "../db/dev_mails.ts";
import { runJobs } from "./jobs.ts";
import { Browser } from "./make.ts";

/** A password that the rules accept. */
export const PASSWORD = "correct horse battery staple 42";

/** What a good registration form holds. */
export function application(
  email: string,
  more: Record<string, string> = {},
): Record<string, string> {
  return {
    name: "Ada Researcher",
    email,
    affiliation: "Institute of Plasma",
    position: "Researcher",
    orcid: "",
    reason: "Compare ITG growth rates",
    terms: "yes",
    password: PASSWORD,
    ...more,
  };
}

/** Registers and reads the mail. -> the path of its link */
export async function applyFor(
  email: string,
  more: Record<string, string> = {},
): Promise<string> {
  const visitor = await Browser.of(null);
  const answer = await visitor.post("/register", application(email, more));
  if (answer.status !== 303) throw new Error(await answer.text());
  return await mailedPath(email, "/verify/");
}

/** Registers and verifies. */
export async function registerAs(
  email: string,
  more: Record<string, string> = {},
): Promise<void> {
  const path = await applyFor(email, more);
  await (await Browser.of(null)).post(path, {});
}

/** Logs in with {@linkcode PASSWORD} unless told otherwise. */
export async function logInAs(
  email: string,
  password = PASSWORD,
): Promise<{ browser: Browser; answer: Response }> {
  const browser = await Browser.of(null);
  const answer = await browser.post("/login", { email, password });
  return { browser, answer };
}

/** The mails to an address, the oldest first, after the waiting jobs have run. */
export async function mailsTo(
  email: string,
): Promise<{ subject: string; text: string; html: string }[]> {
  await runJobs();
  const mails = await listDevMails();
  return mails.filter((m) => m.recipient === email).reverse();
}

/** Path of the newest mailed link that contains `part`. */
export async function mailedPath(email: string, part: string): Promise<string> {
  const mail = (await mailsTo(email)).findLast((m) => m.text.includes(part));
  const url = mail?.text.split("\n").find((line) => line.includes(part));
  if (!url) throw new Error(`No mail to ${email} with a link to ${part}`);
  return url.replace(/^https?:\/\/[^/]+/, "");
}
