import { test } from "../setup.ts";
import { expect } from "expect";
import { sql } from "../../db/sql.ts";
import { getUserByEmail } from "../../db/users.ts";
import { Browser, makeUser } from "../make.ts";
import {
  application,
  applyFor,
  logInAs,
  mailedPath,
  mailsTo,
  PASSWORD,
} from "../story.ts";

test("GET /register draws every field of the contract", async () => {
  const page = await (await Browser.of(null)).get("/register");
  expect(page.status).toBe(200);
  const html = await page.text();
  for (const name of Object.keys(application("a@example.org"))) {
    expect(html).toContain(`name="${name}"`);
  }
});

test("POST /register redraws the form with a sentence for each mistake", async () => {
  const visitor = await Browser.of(null);
  const answer = await visitor.post("/register", {
    email: "not an address",
    orcid: "0000-0002-1825-0098",
    name: "Grace",
    password: "short",
  });
  expect(answer.status).toBe(422);
  const html = await answer.text();
  expect(html).toContain("<title>Error: Register");
  expect(html).toContain("Give an e-mail address such as");
  expect(html).toContain("ORCID iD must look like");
  expect(html).toContain("Give your affiliation");
  expect(html).toContain("Accept the terms of use");
  expect(html).toContain("at least 15 characters");
  expect(html).toContain('value="Grace"');
  expect(html).not.toContain("short");
});

test("POST /register names the terms, the version and the date, and stores no password", async () => {
  await applyFor("terms@example.org", { orcid: "0000-0002-1825-0097" });
  const [row] = await sql`
    select terms_version, terms_accepted_at, orcid, password_hash from users where email = 'terms@example.org'`;
  expect(row!.terms_version).toMatch(/^\d{4}-\d\d$/);
  expect(Date.now() - row!.terms_accepted_at).toBeLessThan(60_000);
  expect(row!.orcid).toBe("0000-0002-1825-0097");
  expect(row!.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test("a name neither starts lines of its own in a mail nor carries a link", async () => {
  await applyFor("lines@example.org", { name: "Eve\r\nBcc: x@example.org" });
  const user = await getUserByEmail("lines@example.org");
  expect(user!.name).toBe("Eve Bcc: x@example.org");
  const visitor = await Browser.of(null);
  const answer = await visitor.post(
    "/register",
    application("spam@example.org", { name: "Win at https://evil.example" }),
  );
  expect(answer.status).toBe(422);
});

test("POST /register answers alike for known and unknown addresses, and mails the owner", async () => {
  await makeUser({ email: "known@example.org" });
  const [known, unknown] = [await Browser.of(null), await Browser.of(null)];
  const a = await known.post("/register", application("known@example.org"));
  const b = await unknown.post("/register", application("other@example.org"));
  expect(a.status).toBe(b.status);
  expect(await a.text()).toBe(await b.text());
  expect(comparable(a)).toEqual(comparable(b));
  const pages = [await known.get("/verify"), await unknown.get("/verify")];
  const [c, d] = await Promise.all(pages.map((p) => p.text()));
  expect(c).toContain("known@example.org");
  expect(c!.replaceAll("known@", "other@")).toBe(d);
  const [mail] = await mailsTo("known@example.org");
  expect(mail!.subject).toContain("already have");
});

test("a known address keeps its password and its state when somebody registers it again", async () => {
  const user = await makeUser({ email: "kept@example.org" });
  await (await Browser.of(null)).post(
    "/register",
    application("KEPT@example.org", { name: "Mallory" }),
  );
  const after = await getUserByEmail("kept@example.org");
  expect(after).toMatchObject({ name: user.name, state: "approved" });
  expect((await logInAs("kept@example.org")).answer.status).toBe(422);
});

test("registering an unconfirmed address again replaces what was said, and its old link ends", async () => {
  const stolen = await applyFor("victim@example.org", {
    name: "Mallory",
    password: "mallory knows this sentence",
  });
  await applyFor("victim@example.org", { name: "Victim" });
  const visitor = await Browser.of(null);
  expect((await visitor.post(stolen, {})).status).toBe(422);
  const first = await logInAs(
    "victim@example.org",
    "mallory knows this sentence",
  );
  expect(first.answer.status).toBe(422);
  expect((await logInAs("victim@example.org")).answer.status).toBe(303);
});

test("opening the link of the mail changes nothing, however often and by whatever method", async () => {
  const path = await applyFor("scanned@example.org");
  const scanner = await Browser.of(null);
  for (let n = 0; n < 10; n++) {
    const page = await scanner.get(path);
    expect(page.status).toBe(200);
    expect(page.headers.get("Cache-Control")).toBe("no-store");
    await scanner.request(path, { method: "HEAD" });
  }
  const user = await getUserByEmail("scanned@example.org");
  expect(user!.state).toBe("unverified");
});

test("the button of the link's page verifies once, leads to an address without token and opens no session", async () => {
  const path = await applyFor("once@example.org");
  const person = await Browser.of(null);
  const answer = await person.post(path, {});
  expect(answer.status).toBe(303);
  expect(answer.headers.get("Location")).toBe("/login?notice=verified");
  expect(person.cookie("sid")).toBeUndefined();
  expect((await getUserByEmail("once@example.org"))!.state).toBe("pending");
  expect((await person.post(path, {})).status).toBe(422);
  expect(await (await person.get(path)).text()).toContain("Already confirmed");
});

test("of 50 presses of the button at once one verifies", async () => {
  const path = await applyFor("race@example.org");
  const browser = await Browser.of(null);
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => browser.post(path, {})),
  );
  expect(answers.filter((a) => a.status === 303).length).toBe(1);
});

test("a link that is too old, or not ours, offers another mail", async () => {
  const path = await applyFor("late@example.org");
  await sql`update tokens set expires_at = now() where email = 'late@example.org'`;
  const visitor = await Browser.of(null);
  for (const each of [path, "/verify/nonsense"]) {
    expect((await visitor.post(each, {})).status).toBe(422);
    expect(await (await visitor.get(each)).text()).toContain("/verify/resend");
  }
  const answer = await visitor.post("/verify/resend", {
    email: "late@example.org",
  });
  expect(answer.status).toBe(303);
  const fresh = await mailedPath("late@example.org", "/verify/");
  expect(fresh).not.toBe(path);
  expect((await visitor.post(fresh, {})).status).toBe(303);
});

test("POST /verify/resend answers alike for every address and mails only who waits", async () => {
  await makeUser({ email: "approved@example.org" });
  await makeUser({ email: "waits@example.org", state: "unverified" });
  const answers = [];
  for (const name of ["approved", "waits", "nobody"]) {
    const visitor = await Browser.of(null);
    const email = `${name}@example.org`;
    answers.push(await visitor.post("/verify/resend", { email }));
  }
  const [first, ...others] = answers.map((a) => [a.status, comparable(a)]);
  for (const other of others) expect(other).toEqual(first);
  expect(await mailsTo("approved@example.org")).toEqual([]);
  expect((await mailsTo("waits@example.org")).length).toBe(1);
});

test("an address of ADMIN_EMAILS is approved and admin when verified, and asks nobody", async () => {
  const path = await applyFor("admin@example.org");
  const before = (await mailsTo("admin@example.org")).length;
  await (await Browser.of(null)).post(path, {});
  const user = await getUserByEmail("admin@example.org");
  expect(user).toMatchObject({ state: "approved", role: "admin" });
  expect((await mailsTo("admin@example.org")).length).toBe(before);
});

test("neither the queue nor the database holds a token or a password in clear", async () => {
  const visitor = await Browser.of(null);
  await visitor.post("/register", application("secret@example.org"));
  const queue = await sql`select payload from graphile_worker._private_jobs`;
  expect(queue.map((job) => Object.keys(job.payload))).toEqual([["user_id"]]);
  const token = (await mailedPath("secret@example.org", "/verify/")).slice(8);
  const dump = JSON.stringify([
    await sql`select *, encode(token_hash, 'escape') as a, encode(token_hash, 'base64') as b from tokens`,
    await sql`select * from users`,
    await sql`select * from audit_log`,
    await sql`select * from graphile_worker._private_jobs`,
  ]);
  expect(dump).not.toContain(token);
  expect(dump).not.toContain(PASSWORD);
});

/** Headers that an observer can compare: all but the random id and the cookie with the visitor's own address. */
function comparable(answer: Response): [string, string][] {
  return [...answer.headers].filter(([name]) =>
    !["x-request-id", "set-cookie"].includes(name)
  );
}
