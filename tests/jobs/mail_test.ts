import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { listDevMails } from "../../db/dev_mails.ts";
import { addJob } from "../../db/queue.ts";
import { sql } from "../../db/sql.ts";
import { runJobs } from "../jobs.ts";
import { Browser, makeUser } from "../make.ts";
import { Mailbox } from "../smtp.ts";

/** A real SMTP server that mails go to until it is closed. */
async function openMailbox(): Promise<Mailbox> {
  const mailbox = await Mailbox.open();
  config.SMTP_URL = mailbox.url;
  return mailbox;
}

async function close(mailbox: Mailbox): Promise<void> {
  config.SMTP_URL = undefined;
  await mailbox.close();
}

test("a mail arrives with text and html, links whole, one recipient and a Message-ID of its own", async () => {
  const mailbox = await openMailbox();
  const user = await makeUser({
    name: 'Müller, "Zoë" <evil@example.org>, x@example.org',
    email: "zoe@example.org",
    state: "unverified",
  });
  await addJob(sql, "send_verification", { user_id: user.id });
  await runJobs();
  await close(mailbox);
  expect(mailbox.mails.length).toBe(1);
  const { to, source: raw, text } = mailbox.mails[0]!;
  expect(to).toEqual(["zoe@example.org"]);
  expect(raw.match(/^To: .*(\r?\n .*)*/m)![0]).toMatch(/<zoe@example.org>$/);
  expect(raw).toMatch(/^Message-ID: <verification-\d+@localhost>/mi);
  expect(raw).toMatch(/^Content-Type: text\/html/mi);
  const lines = text.split(/\r?\n/);
  expect(
    lines.some((l) => /^http:\/\/localhost:8000\/verify\/[\w-]{43}$/.test(l)),
  )
    .toBe(true);
});

test("a long link stays whole in the text part", async () => {
  const mailbox = await openMailbox();
  const long = `https://${"mgkdb-".repeat(12)}web.example.org`;
  const before = config.BASE_URL;
  config.BASE_URL = long;
  const user = await makeUser({ state: "pending" });
  const to = "admin@example.org";
  await addJob(sql, "send_review_request", { user_id: user.id, to });
  await runJobs();
  config.BASE_URL = before;
  await close(mailbox);
  const lines = mailbox.mails[0]!.text.split(/\r?\n/);
  expect(lines).toContain(`${long}/admin/users/${user.id}?decision=approve`);
  expect(lines).toContain(`${long}/admin/users/${user.id}?decision=reject`);
});

test("a mail the server cannot take now is sent later, with the same Message-ID", async () => {
  const mailbox = await openMailbox();
  mailbox.reply = () => 451;
  const user = await makeUser();
  await addJob(sql, "send_password_changed", { user_id: user.id });
  await runJobs({ failures: true });
  expect(mailbox.mails.length).toBe(0);
  const [job] =
    await sql`select id, last_error, attempts from graphile_worker.jobs`;
  expect(job!.attempts).toBe(1);
  mailbox.reply = () => 250;
  await sql`update graphile_worker._private_jobs set run_at = now(), last_error = null`;
  await runJobs();
  await close(mailbox);
  expect(mailbox.mails.length).toBe(1);
  expect(mailbox.mails[0]!.source).toContain(`<password-changed-${job!.id}@`);
});

test("a mail the server will never take is dropped, and so is its job", async () => {
  const mailbox = await openMailbox();
  mailbox.reply = () => 550;
  const user = await makeUser();
  await addJob(sql, "send_password_changed", { user_id: user.id });
  await quietly(() => runJobs());
  await close(mailbox);
  expect(mailbox.mails.length).toBe(0);
  expect((await sql`select from graphile_worker.jobs`).length).toBe(0);
});

test("an SMTP server that is away keeps the mail in the queue, and no page waits for it", async () => {
  config.SMTP_URL = "smtp://127.0.0.1:1";
  const user = await makeUser();
  const started = Date.now();
  const visitor = await Browser.of(null);
  const answer = await visitor.post("/reset", { email: user.email });
  expect(answer.status).toBe(303);
  expect(Date.now() - started).toBeLessThan(2000);
  await runJobs({ failures: true });
  config.SMTP_URL = undefined;
  const jobs = await sql`select last_error from graphile_worker.jobs`;
  expect(jobs.length).toBe(1);
  expect(jobs[0]!.last_error).toContain("ECONNREFUSED");
  await sql`delete from graphile_worker._private_jobs`;
});

test("a mail whose reason is gone is not sent", async () => {
  const before = (await listDevMails()).length;
  const user = await makeUser();
  const user_id = user.id;
  const to = "admin@example.org";
  await addJob(sql, "send_verification", { user_id });
  await addJob(sql, "send_review_request", { user_id, to });
  await addJob(sql, "send_reset", { user_id: crypto.randomUUID() });
  await runJobs();
  expect((await listDevMails()).length).toBe(before);
});

test("GET /dev/mail shows mails with links that work, only without SMTP server and on this machine", async () => {
  const user = await makeUser({ state: "unverified" });
  await addJob(sql, "send_verification", { user_id: user.id });
  await runJobs();
  const visitor = await Browser.of(null);
  const html = await (await visitor.get("/dev/mail")).text();
  const link = /href="http:\/\/localhost:8000(\/verify\/[\w-]{43})"/.exec(
    html,
  )!;
  expect((await visitor.get(link[1]!)).status).toBe(200);
  config.SMTP_URL = "smtp://127.0.0.1:1";
  expect((await visitor.get("/dev/mail")).status).toBe(404);
  config.SMTP_URL = undefined;
  config.LOCAL = false;
  expect((await visitor.get("/dev/mail")).status).toBe(404);
  config.LOCAL = true;
});

test("GET /dev/mail is not there for other machines", async () => {
  const { app } = await import("../../routes/app.tsx");
  const status = async (hostname: string) => {
    const env = { remoteAddr: { transport: "tcp", hostname, port: 1 } };
    return (await app.request("/dev/mail", {}, env)).status;
  };
  for (const hostname of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) {
    expect([hostname, await status(hostname)]).toEqual([hostname, 200]);
  }
  for (const hostname of ["192.0.2.7", "2001:db8::1", "::ffff:10.0.0.2"]) {
    expect([hostname, await status(hostname)]).toEqual([hostname, 404]);
  }
});

/** Runs without the log line that is expected. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const write = console.error;
  console.error = () => {};
  await work().finally(() => console.error = write);
}
