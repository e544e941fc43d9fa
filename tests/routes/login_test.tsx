import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { sql } from "../../db/sql.ts";
import { getUserByEmail } from "../../db/users.ts";
import { safeNext } from "../../routes/next.ts";
import { Browser, makeUser } from "../make.ts";
import {
  applyFor,
  logInAs,
  mailedPath,
  mailsTo,
  PASSWORD,
  registerAs,
} from "../story.ts";

const NEW_PASSWORD = "a longer sentence about nothing";

test("POST /login opens a session and follows next for an approved account", async () => {
  await registerAs("admin@example.org");
  const browser = await Browser.of(null);
  const form = { email: "ADMIN@example.org ", password: PASSWORD };
  const answer = await browser.post("/login", {
    ...form,
    next: "/admin/users?state=pending",
  });
  expect(answer.status).toBe(303);
  expect(answer.headers.get("Location")).toBe("/admin/users?state=pending");
  const cookie = answer.headers.getSetCookie().find((c) =>
    c.startsWith("sid=")
  )!;
  expect(cookie).toContain("HttpOnly");
  expect(cookie).toContain("SameSite=Lax");
  expect((await browser.get("/account")).status).toBe(200);
});

test("an unconfirmed account logs in to its state and a resend button, and no mail is sent", async () => {
  await applyFor("early@example.org");
  const before = (await mailsTo("early@example.org")).length;
  const { browser, answer } = await logInAs("early@example.org");
  expect(answer.headers.get("Location")).toBe("/account");
  const html = await (await browser.get("/account")).text();
  expect(html).toContain('action="/verify/resend"');
  expect(html).not.toContain('action="/account/profile"');
  expect((await browser.get("/runs")).status).toBe(403);
  expect((await mailsTo("early@example.org")).length).toBe(before);
});

test("POST /login refuses unknown addresses and wrong passwords with the same page", async () => {
  await registerAs("ada@example.org");
  const wrong = await logInAs("ada@example.org", "not the password at all");
  const unknown = await logInAs("eda@example.org", "not the password at all");
  expect([wrong.answer.status, unknown.answer.status]).toEqual([422, 422]);
  const html = await wrong.answer.text();
  expect(html.replaceAll("ada@", "eda@")).toBe(await unknown.answer.text());
  expect(html).not.toContain("not the password");
  expect(wrong.browser.cookie("sid")).toBeUndefined();
});

test("a log-in gets a session of its own and ends the one before", async () => {
  const { browser } = await logInAs("ada@example.org");
  const first = browser.cookie("sid");
  await browser.post("/login", {
    email: "ada@example.org",
    password: PASSWORD,
  });
  expect(browser.cookie("sid")).not.toBe(first);
  const old = await Browser.of(null);
  const answer = await old.get("/account", { Cookie: `sid=${first}` });
  expect(answer.status).toBe(303);
});

test("POST /logout ends the session and clears what the browser kept; GET does not", async () => {
  const { browser } = await logInAs("ada@example.org");
  const token = browser.cookie("sid");
  expect((await browser.get("/logout")).status).toBe(404);
  const answer = await browser.post("/logout", {});
  expect(answer.status).toBe(303);
  expect(answer.headers.get("Clear-Site-Data")).toBe('"cache", "storage"');
  expect(browser.cookie("sid")).toBeUndefined();
  const thief = await (await Browser.of(null)).get("/account", {
    Cookie: `sid=${token}`,
  });
  expect(thief.headers.get("Location")).toBe("/login?next=%2Faccount");
});

test("signed-out visitors are sent to the log-in with the address they wanted", async () => {
  const visitor = await Browser.of(null);
  const answer = await visitor.get("/runs?code=GENE&q_min=1");
  expect(answer.status).toBe(303);
  expect(answer.headers.get("Location")).toBe(
    `/login?next=${encodeURIComponent("/runs?code=GENE&q_min=1")}`,
  );
  const page = await (await visitor.get(answer.headers.get("Location")!))
    .text();
  expect(page).toContain('name="next" value="/runs?code=GENE&amp;q_min=1"');
});

test("safeNext keeps paths of this site and turns all else into /", () => {
  for (const path of ["/", "/runs?text=a%20b#x", "/admin/users/1?decision=x"]) {
    expect(safeNext(path)).toBe(path);
  }
  const evil = [
    "//evil.example",
    "/\\evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "/%5cevil.example",
    "/%2fevil.example",
    "https:evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/a\r\nSet-Cookie: x=1",
    "/%0d%0aSet-Cookie:x",
    "/..//evil.example",
    "/%E0%A4%A",
    "",
    undefined,
  ];
  for (const next of evil) expect([next, safeNext(next)]).toEqual([next, "/"]);
});

test("POST /reset mails a link, which sets a password once, ends all sessions and opens none", async () => {
  const { browser: other } = await logInAs("ada@example.org");
  const visitor = await Browser.of(null);
  const asked = await visitor.post("/reset", { email: "ada@example.org" });
  expect(asked.headers.get("Location")).toBe("/reset?sent=1");
  const path = await mailedPath("ada@example.org", "/reset/");
  expect((await visitor.get(path)).status).toBe(200);
  const short = await visitor.post(path, { password: "short" });
  expect(short.status).toBe(422);
  expect(await short.text()).toContain("at least 15 characters");
  const set = await visitor.post(path, { password: NEW_PASSWORD });
  expect(set.headers.get("Location")).toBe("/login?notice=reset");
  expect(visitor.cookie("sid")).toBeUndefined();
  expect((await other.get("/account")).status).toBe(303);
  const again = await visitor.post(path, { password: PASSWORD });
  expect(again.status).toBe(422);
  expect((await logInAs("ada@example.org")).answer.status).toBe(422);
  const login = await logInAs("ada@example.org", NEW_PASSWORD);
  expect(login.answer.status).toBe(303);
  const mails = await mailsTo("ada@example.org");
  expect(mails.at(-1)!.subject).toContain("was changed");
});

test("POST /reset answers alike for unknown addresses and sends nothing to suspended accounts", async () => {
  await makeUser({ email: "gone@example.org", state: "suspended" });
  const visitor = await Browser.of(null);
  for (const email of ["gone@example.org", "nobody@example.org"]) {
    const answer = await visitor.post("/reset", { email });
    expect(answer.headers.get("Location")).toBe("/reset?sent=1");
    expect(await mailsTo(email)).toEqual([]);
  }
});

test("a newer reset link ends the older one, and a changed address ends both", async () => {
  await makeUser({ email: "twice@example.org" });
  const visitor = await Browser.of(null);
  await visitor.post("/reset", { email: "twice@example.org" });
  const first = await mailedPath("twice@example.org", "/reset/");
  await visitor.post("/reset", { email: "twice@example.org" });
  const second = await mailedPath("twice@example.org", "/reset/");
  expect(await (await visitor.get(first)).text()).toContain("no longer works");
  await sql`update users set email = 'moved@example.org' where email = 'twice@example.org'`;
  const answer = await visitor.post(second, { password: NEW_PASSWORD });
  expect(answer.status).toBe(422);
});

test("of 60 parallel log-ins from one address for one account 5 reach the password", async () => {
  await registerAs("target@example.org");
  const tries = await fromAddress("203.0.113.7", 60, "target@example.org");
  expect(tries.filter((a) => a.status === 422).length).toBe(5);
  const refused = tries.filter((a) => a.status === 429);
  expect(refused.length).toBe(55);
  expect(Number(refused[0]!.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect(await refused[0]!.text()).toContain("Please try again in");
});

test("a device that knows the account logs in while strangers use up its limit", async () => {
  await registerAs("owner@example.org");
  const { browser: own } = await logInAs("owner@example.org");
  for (let n = 0; n < 5; n++) {
    await fromAddress(`198.51.100.${n}`, 5, "owner@example.org");
  }
  const stranger = await logInAs("owner@example.org");
  expect(stranger.answer.status).toBe(429);
  const form = { email: "owner@example.org", password: PASSWORD };
  expect((await own.post("/login", form)).status).toBe(303);
});

test("registering is limited by address and mails by recipient", async () => {
  const answers = [];
  for (let n = 0; n < 4; n++) {
    const visitor = await Browser.of(null);
    answers.push(
      await visitor.post("/reset", { email: "flooded@example.org" }),
    );
  }
  expect(answers.map((a) => a.status)).toEqual([303, 303, 303, 429]);
  const rows =
    await sql`select detail from audit_log where action = 'too_fast'`;
  expect(rows.some((r) => r.detail.action === "mail")).toBe(true);
});

test("the audit log tells good log-ins from refused ones and keeps networks only", async () => {
  const user = await getUserByEmail("target@example.org");
  const rows =
    await sql`select outcome, ip from audit_log where action = 'log_in' and target = ${`user:${
      user!.id
    }`}`;
  expect(rows.every((r) => r.outcome === "refused")).toBe(true);
  expect(rows.some((r) => r.ip === "203.0.113.0/24")).toBe(true);
});

/** Parallel log-ins with a wrong password from an address that a proxy reports. */
async function fromAddress(
  ip: string,
  n: number,
  email: string,
): Promise<Response[]> {
  config.TRUST_PROXY = true;
  const visitor = await Browser.of(null);
  const form = { email, password: "a wrong password, surely" };
  const answers = await Promise.all(
    Array.from(
      { length: n },
      () => visitor.post("/login", form, { "X-Real-IP": ip }),
    ),
  );
  config.TRUST_PROXY = false;
  return answers;
}
