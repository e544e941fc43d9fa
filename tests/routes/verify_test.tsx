import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { sql } from "../../db/sql.ts";
import { getUserByEmail } from "../../db/users.ts";
import { Browser } from "../make.ts";
import { applyFor, logInAs, PASSWORD } from "../story.ts";

config.ADMIN_EMAILS!.push("operator@example.org", "chief@example.org");

test("the page of the link says whose registration it confirms, and asks for a password only after a second one", async () => {
  const path = await applyFor("twice@example.org", { name: "Grace <First>" });
  await sql`update users set created_at = '2026-11-24 08:09:59Z' where email = 'twice@example.org'`;
  const visitor = await Browser.of(null);
  const html = await (await visitor.get(path)).text();
  expect(html).toContain("Grace &lt;First&gt;");
  expect(html).toContain("24 Nov 2026, 08:09 UTC");
  expect(html).toContain("Confirm only if you filled in this form yourself");
  expect(html).not.toContain('name="password"');
  const second = await applyFor("Twice@example.org", { name: "Mallory" });
  const again = await (await visitor.get(second)).text();
  expect(again).toContain("Mallory");
  expect(again).toContain("registered more than once");
  expect(again).toMatch(/<label for="password">\s*Password/);
  expect(again).toContain('autocomplete="current-password"');
});

test("who registers an address after its owner becomes neither its user nor an admin when the owner confirms", async () => {
  const email = "operator@example.org";
  await applyFor(email);
  const stolen = "mallory knows this sentence";
  const link = await applyFor(email, { password: stolen });
  const mallory = (await logInAs(email, stolen)).browser;
  expect((await mallory.get("/account")).status).toBe(200);
  const operator = await Browser.of(null);
  for (const form of [{}, { password: PASSWORD }] as Record<string, string>[]) {
    const answer = await operator.post(link, form);
    expect(answer.status).toBe(422);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    const html = await answer.text();
    expect(html).toContain("<title>Error: Confirm your address");
    expect(html).toMatch(form.password ? /is not the password/ : /Give the pa/);
    expect(html).toContain("somebody else has registered your address");
    expect(html).toContain('aria-invalid="true"');
    expect(html).not.toContain(PASSWORD);
    expect((await getUserByEmail(email))!.state).toBe("unverified");
  }
  const own = await applyFor(email);
  expect((await mallory.get("/account")).status).toBe(303);
  expect((await operator.post(link, { password: stolen })).status).toBe(422);
  expect((await operator.post(own, { password: PASSWORD })).status).toBe(303);
  expect(await getUserByEmail(email)).toMatchObject({ role: "admin" });
  expect((await logInAs(email, stolen)).answer.status).toBe(422);
  expect((await logInAs(email)).answer.status).toBe(303);
});

test("a wrong password leaves the link as it was, the right one spends it, and each is noted", async () => {
  const email = "careful@example.org";
  await applyFor(email);
  const link = await applyFor(email);
  const visitor = await Browser.of(null);
  const wrong = { password: "a wrong password indeed" };
  expect((await visitor.post(link, wrong)).status).toBe(422);
  expect((await visitor.post(link, { password: PASSWORD })).status).toBe(303);
  expect((await visitor.post(link, { password: PASSWORD })).status).toBe(422);
  const user = await getUserByEmail(email);
  expect(user!.state).toBe("pending");
  const lines = await sql`
    select outcome from audit_log where action = 'verify' and target = ${`user:${
    user!.id
  }`} order by id`;
  expect(lines.map((line) => line.outcome)).toEqual(["refused", "ok"]);
});

test("verifying ends the sessions of an account that becomes admin, and of no other", async () => {
  const cases = [
    ["chief@example.org", "/login?notice=verified", 303],
    ["reader@example.org", "/account", 200],
  ] as const;
  for (const [email, next, status] of cases) {
    const link = await applyFor(email);
    const { browser } = await logInAs(email);
    const answer = await browser.post(link, {});
    expect([email, answer.headers.get("Location")]).toEqual([email, next]);
    expect([email, (await browser.get("/account")).status])
      .toEqual([email, status]);
  }
});
