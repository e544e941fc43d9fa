import { Hono } from "hono";
import { DevMailPage } from "../components/dev_mail.tsx";
import { config } from "../config.ts";
import { listDevMails } from "../db/dev_mails.ts";
import { type AppEnv, notFound } from "./http.ts";

/** What would have been sent, for as long as there is no SMTP server and the site is on this machine. */
export const devMail = new Hono<AppEnv>();

devMail.get("/dev/mail", async (c) => {
  if (config.SMTP_URL || !config.LOCAL) notFound();
  c.header("Cache-Control", "no-store");
  return c.render(<DevMailPage mails={await listDevMails()} />, {
    title: "Mail",
  });
});
