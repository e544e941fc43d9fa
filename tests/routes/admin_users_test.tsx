import { test } from "../setup.ts";
import { expect } from "expect";
import { sql } from "../../db/sql.ts";
import { getUser, type User } from "../../db/users.ts";
import { Browser, makeUser } from "../make.ts";
import { mailsTo, registerAs } from "../story.ts";

async function admin(name = "Site Admin"): Promise<Browser> {
  return await Browser.of(await makeUser({ role: "admin", name }));
}

async function stateOf(user: User): Promise<string> {
  return (await getUser(user.id))!.state;
}

test("a confirmed applicant is announced to the admins by mail, both links whole on lines of their own", async () => {
  await registerAs("bob@example.org", {
    name: "Bob",
    reason: "Compare\nhttp://evil.example/admin/users/1",
  });
  const mail = (await mailsTo("admin@example.org")).at(-1)!;
  const { id } =
    (await sql`select id from users where email = 'bob@example.org'`)[0]!;
  const page = `http://localhost:8000/admin/users/${id}`;
  const lines = mail.text.split("\n");
  expect(lines).toContain(`${page}?decision=approve`);
  expect(lines).toContain(`${page}?decision=reject`);
  expect(lines).not.toContain("http://evil.example/admin/users/1");
  expect(mail.text).toContain("bob@example.org");
  expect(mail.html).toContain(`href="${page}?decision=approve"`);
});

test("the links of the mail ask for a log-in, choose for the admin and change nothing", async () => {
  const user = await makeUser({ state: "pending" });
  const path = `/admin/users/${user.id}?decision=reject`;
  const anonymous = await (await Browser.of(null)).get(path);
  expect(anonymous.status).toBe(303);
  expect(anonymous.headers.get("Location")).toBe(
    `/login?next=${encodeURIComponent(path)}`,
  );
  const page = await (await admin()).get(path);
  expect(page.status).toBe(200);
  expect(await page.text()).toMatch(/value="reject"\s+checked/);
  expect(await stateOf(user)).toBe("pending");
});

test("approving keeps the applicant's session, tells by mail and is logged", async () => {
  const user = await makeUser({ state: "pending" });
  const applicant = await Browser.of(user);
  expect((await applicant.get("/runs")).status).toBe(403);
  const answer = await (await admin()).post(
    `/admin/users/${user.id}/decision`,
    { decision: "approve", reason: "" },
  );
  expect(answer.status).toBe(303);
  expect((await applicant.get("/runs")).status).toBe(200);
  const [mail] = await mailsTo(user.email);
  expect(mail!.subject).toContain("approved");
  const [line] =
    await sql`select action, actor from audit_log where target = ${`user:${user.id}`}`;
  expect(line!.action).toBe("approve");
});

test("denying needs a reason, which the applicant reads, and ends the sessions", async () => {
  const user = await makeUser({ state: "pending" });
  const applicant = await Browser.of(user);
  const browser = await admin();
  const path = `/admin/users/${user.id}/decision`;
  const without = await browser.post(path, { decision: "reject", reason: " " });
  expect(without.status).toBe(422);
  expect(await without.text()).toContain("Give a reason");
  const neither = await browser.post(path, { reason: "x" });
  expect(neither.status).toBe(422);
  expect(await stateOf(user)).toBe("pending");
  await browser.post(path, {
    decision: "reject",
    reason: "Not a <researcher>",
  });
  expect(await stateOf(user)).toBe("rejected");
  expect((await applicant.get("/account")).status).toBe(303);
  const [mail] = await mailsTo(user.email);
  expect(mail!.text).toContain("Not a <researcher>");
  expect(mail!.html).toContain("Not a &lt;researcher&gt;");
  const page = await (await Browser.of(user)).get("/account");
  expect(await page.text()).toContain("Not a &lt;researcher&gt;");
});

test("a second decision is refused with the name of who decided first", async () => {
  const user = await makeUser({ state: "pending" });
  const [first, second] = [await admin("Alice Admin"), await admin()];
  const path = `/admin/users/${user.id}/decision`;
  await first.post(path, { decision: "approve", reason: "" });
  const late = await second.post(path, { decision: "reject", reason: "late" });
  expect(late.status).toBe(409);
  expect(await late.text()).toContain("already approved by Alice Admin");
  expect(await stateOf(user)).toBe("approved");
});

test("of 20 admins who decide at once one succeeds, and one mail is sent", async () => {
  const user = await makeUser({ state: "pending" });
  const browser = await admin();
  const answers = await Promise.all(
    Array.from(
      { length: 20 },
      () =>
        browser.post(`/admin/users/${user.id}/decision`, {
          decision: "approve",
          reason: "",
        }),
    ),
  );
  expect(answers.filter((a) => a.status === 303).length).toBe(1);
  expect(answers.filter((a) => a.status === 409).length).toBe(19);
  expect((await mailsTo(user.email)).length).toBe(1);
});

test("there is nothing to decide before the address is confirmed, nor about an unknown account", async () => {
  const user = await makeUser({ state: "unverified" });
  const browser = await admin();
  const form = { decision: "approve", reason: "" };
  const early = await browser.post(`/admin/users/${user.id}/decision`, form);
  expect(early.status).toBe(409);
  for (const id of [crypto.randomUUID(), "1"]) {
    expect((await browser.get(`/admin/users/${id}`)).status).toBe(404);
    const answer = await browser.post(`/admin/users/${id}/decision`, form);
    expect(answer.status).toBe(404);
  }
});

test("a denied request can be opened again, and then be decided anew", async () => {
  const user = await makeUser({ state: "rejected" });
  const browser = await admin();
  const path = `/admin/users/${user.id}`;
  const page = await (await browser.get(path)).text();
  expect(page).toContain(`action="${path}/reopening"`);
  expect((await browser.post(`${path}/reopening`, {})).status).toBe(303);
  expect((await browser.post(`${path}/reopening`, {})).status).toBe(409);
  await browser.post(`${path}/decision`, { decision: "approve", reason: "" });
  expect(await stateOf(user)).toBe("approved");
});

test("suspending ends sessions and links at once; opening again restores the account", async () => {
  const user = await makeUser();
  const suspended = await Browser.of(user);
  await suspended.post("/reset", { email: user.email });
  await mailsTo(user.email);
  const browser = await admin();
  const path = `/admin/users/${user.id}/suspension`;
  await browser.post(path, { suspended: "yes", reason: "Left the institute" });
  expect((await suspended.get("/runs")).status).toBe(303);
  const tokens = await sql`select from tokens where user_id = ${user.id}`;
  expect(tokens.length).toBe(0);
  const again = await Browser.of(user);
  expect((await again.get("/runs")).status).toBe(403);
  expect(await (await again.get("/account")).text()).toContain(
    "Left the institute",
  );
  const twice = await browser.post(path, { suspended: "yes", reason: "" });
  expect(twice.status).toBe(409);
  await browser.post(path, { suspended: "no", reason: "" });
  expect((await again.get("/runs")).status).toBe(200);
});

test("suspending cancels unfinished downloads and ends signed links", async () => {
  const user = await makeUser();
  const unfinished = await makeDownload(user, "running");
  const ready = await makeDownload(user, "ready");
  await (await admin()).post(`/admin/users/${user.id}/suspension`, {
    suspended: "yes",
    reason: "",
  });
  const rows = await sql`
    select downloads.id, state, link_made_at from downloads join archives on archives.id = archive_id where user_id = ${user.id}`;
  const of = (id: string) => rows.find((row) => row.id === id)!;
  expect(of(unfinished).state).toBe("cancelled");
  expect(of(ready)).toMatchObject({ state: "ready", link_made_at: null });
});

test("a new role ends the sessions, and holds from the next log-in", async () => {
  const user = await makeUser();
  const before = await Browser.of(user);
  const browser = await admin();
  const path = `/admin/users/${user.id}/role`;
  expect((await browser.post(path, { role: "owner" })).status).toBe(422);
  await browser.post(path, { role: "approver" });
  expect((await before.get("/runs")).status).toBe(303);
  const after = await Browser.of((await getUser(user.id))!);
  expect((await after.get("/admin/users")).status).toBe(200);
  expect((await after.get("/admin/audit")).status).toBe(404);
  expect((await after.get("/admin")).headers.get("Location")).toBe(
    "/admin/users",
  );
  expect((await after.post(path, { role: "admin" })).status).toBe(404);
});

test("nobody demotes or suspends themselves, and of two admins who remove each other one stays", async () => {
  await sql`update users set role = 'researcher' where role = 'admin'`;
  const [a, b] = [
    await makeUser({ role: "admin" }),
    await makeUser({ role: "admin" }),
  ];
  const [first, second] = [await Browser.of(a), await Browser.of(b)];
  const role = { role: "researcher" };
  const own = await first.post(`/admin/users/${a.id}/role`, role);
  expect(own.status).toBe(409);
  const self = await first.post(`/admin/users/${a.id}/suspension`, {
    suspended: "yes",
    reason: "",
  });
  expect(self.status).toBe(409);
  await Promise.all([
    first.post(`/admin/users/${b.id}/role`, role),
    second.post(`/admin/users/${a.id}/role`, role),
  ]);
  const admins =
    await sql`select from users where role = 'admin' and state = 'approved'`;
  expect(admins.length).toBe(1);
});

test("GET /admin/users lists by state and text, page by page", async () => {
  const browser = await admin();
  const user = await makeUser({ name: "Zoë 100%_Plasma", state: "suspended" });
  const found = await browser.get("/admin/users?state=suspended&text=100%25_");
  const html = await found.text();
  expect(html).toContain(`user-${user.id}`);
  expect(html.match(/<tr id="user-/g)!.length).toBe(1);
  for (let n = 0; n < 55; n++) await makeUser({ name: "Crowd" });
  const first = await (await browser.get("/admin/users?text=Crowd")).text();
  expect(first.match(/<tr id="user-/g)!.length).toBe(50);
  const second = await browser.get("/admin/users?text=Crowd&page=2");
  expect((await second.text()).match(/<tr id="user-/g)!.length).toBe(5);
  expect((await browser.get("/admin/users?page=99")).status).toBe(200);
  const wrong = await browser.get("/admin/users?state=happy");
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain("state");
});

async function makeDownload(user: User, state: string): Promise<string> {
  const end = state === "ready" ? { size: 1, sha256: "0".repeat(64) } : {};
  const [archive] = await sql`
    insert into archives ${
    sql({
      state,
      parts: ["files"],
      file_name: "a.zip",
      runs_total: 1,
      expires_at: new Date(Date.now() + 3_600_000),
      ...end,
    })
  } returning id`;
  const [download] = await sql`
    insert into downloads ${
    sql({
      user_id: user.id,
      archive_id: archive!.id,
      label: "one run",
      link_made_at: new Date(),
      finished_at: state === "ready" ? new Date() : null,
    })
  } returning id`;
  return download!.id;
}
