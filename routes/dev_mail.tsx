import { Hono } from "hono";
import { DevMailPage } from "../components/dev_mail.tsx";
import { config } from "../config.ts";
import { listDevMails } from "../db/dev_mails.ts";
import { type AppEnv, notFound } from "./http.ts";

/** Addresses of this machine, as a connection names them. */
const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/i;

/** What would have been sent, to this machine only, for as long as there is no SMTP server: a mail's link opens an account. */
export const devMail = new Hono<AppEnv>();

devMail.get("/dev/mail", async (c) => {
  const ip = c.get("ip");
  const stranger = ip !== null && !LOOPBACK.test(ip);
  if (config.SMTP_URL || !config.LOCAL || stranger) notFound();
  c.header("Cache-Control", "no-store");
  return c.render(<DevMailPage mails={await listDevMails()} />, {
    title: "Mail",
  });
});
