import { test } from "../setup.ts";
import { expect } from "expect";
import { createHash } from "node:crypto";
import { listAudit } from "../../db/audit.ts";
import {
  deleteOldApiTokens,
  endLogIns,
  listApiTokens,
} from "../../db/api_tokens.ts";
import { sql } from "../../db/sql.ts";
import type { User } from "../../db/users.ts";
import { Browser, makeUser } from "../make.ts";
import { makeToken, Program } from "../program.ts";
import { until } from "../until.ts";
import { logInAs, PASSWORD, registerAs } from "../story.ts";

const FORM = { name: "laptop", days: "90" };
const DAY_MS = 86_400_000;

async function signedIn(): Promise<{ user: User; browser: Browser }> {
  const user = await makeUser();
  return { user, browser: await Browser.of(user) };
}

/** Makes a token by the form. -> what the page shows */
async function make(browser: Browser, form = FORM): Promise<string> {
  const answer = await browser.post("/account/tokens", form);
  expect(answer.status).toBe(200);
  return /<code id="new-token">([^<]+)</.exec(await answer.text())![1]!;
}

test("a token is shown once, works, and is kept as its SHA-256 only", async () => {
  const { user, browser } = await signedIn();
  const answer = await browser.post("/account/tokens", FORM);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
  const html = await answer.text();
  const token = /mgkdb_[\w-]{43}(?![\w-])/.exec(html)![0];
  expect(html).toContain(`Authorization: Bearer ${token}`);
  expect(html).toContain("http://localhost:8000/api/v1/runs");
  expect((await new Program(token).get("/api/v1/columns")).status).toBe(200);

  const page = await (await browser.get("/account")).text();
  expect(page).toContain("laptop");
  expect(page).not.toContain(token);
  const [row] = await sql<[{ token_hash: Uint8Array; whole: string }]>`
    select token_hash, to_jsonb(api_tokens)::text as whole from api_tokens where user_id = ${user.id}`;
  const sha256 = createHash("sha256").update(token).digest();
  expect(sha256.equals(row.token_hash)).toBe(true);
  for (const text of [row.whole, JSON.stringify(await listAudit({}))]) {
    expect(text).not.toContain(token.slice("mgkdb_".length));
  }
});

test("a token ends after 30, 90 or 365 days, 90 unless chosen", async () => {
  const { user, browser } = await signedIn();
  for (const days of ["30", "90", "365"]) {
    await make(browser, { name: `for ${days}`, days });
  }
  const tokens = await listApiTokens(user.id);
  expect(tokens.map((t) => t.name)).toEqual(["for 365", "for 90", "for 30"]);
  for (const { name, created_at, expires_at } of tokens) {
    const days = (expires_at.getTime() - created_at.getTime()) / DAY_MS;
    // A change to summer time, in a server that knows one, is an hour.
    expect(`for ${Math.round(days)}`).toBe(name);
  }
  const html = await (await browser.get("/account")).text();
  const offered = [...html.matchAll(/<option value="(\d+)"( selected)?/g)];
  expect(offered.map(([, days, chosen]) => [days, chosen !== undefined]))
    .toEqual([["30", false], ["90", true], ["365", false]]);
});

test("a wrong form comes back with what was typed, the field and the limit", async () => {
  const { user, browser } = await signedIn();
  const cases: [Record<string, string>, string[]][] = [
    [{ name: " ", days: "90" }, [
      "Name of the new token: say what",
      'id="token-name-error"',
    ]],
    [{ name: "x".repeat(61), days: "90" }, [
      "Name of the new token: use at most 60 characters",
      "x".repeat(61),
    ]],
    [{ name: "laptop", days: "3650" }, [
      "Ends after: choose 30, 90, 365 days",
      'value="laptop"',
      'href="#token-days"',
    ]],
  ];
  for (const [form, wanted] of cases) {
    const answer = await browser.post("/account/tokens", form);
    expect(answer.status).toBe(422);
    const html = await answer.text();
    for (const words of wanted) expect(html).toContain(words);
  }
  expect(await listApiTokens(user.id)).toEqual([]);
});

test("an account has ten tokens at most, also when forms are sent at once", async () => {
  const { user, browser } = await signedIn();
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => browser.post("/account/tokens", FORM)),
  );
  const statuses = answers.map((a) => a.status).sort();
  expect(statuses).toEqual([...Array(10).fill(200), 422, 422]);
  const refused = answers.find((a) => a.status === 422)!;
  expect(await refused.text()).toContain("You have 10 tokens, the most");
  const [one] = await listApiTokens(user.id);
  await browser.post(`/account/tokens/${one!.id}/revocation`, {});
  await make(browser);
});

test("a token is revoked by its owner only, and refused on the next request", async () => {
  const { user, browser } = await signedIn();
  const program = new Program(await make(browser));
  const { id } = (await listApiTokens(user.id))[0]!;
  const path = `/account/tokens/${id}/revocation`;
  const stranger = await Browser.of(await makeUser());
  expect((await stranger.post(path, {})).status).toBe(404);
  expect((await program.get("/api/v1/columns")).status).toBe(200);
  expect((await browser.post(path, {})).status).toBe(303);
  expect((await program.get("/api/v1/columns")).status).toBe(401);
  expect((await browser.post(path, {})).status).toBe(404);
  expect((await browser.post("/account/tokens/1/revocation", {})).status)
    .toBe(404);
  const actions = (await listAudit({ target: `user:${user.id}` })).map((l) => [
    l.action,
    l.detail,
  ]);
  expect(actions).toEqual([
    ["revoke_api_token", { name: "laptop" }],
    ["make_api_token", { name: "laptop", days: 90 }],
  ]);
});

test("only approved accounts make tokens, and only they are offered the form", async () => {
  for (const state of ["unverified", "pending", "rejected"] as const) {
    const browser = await Browser.of(await makeUser({ state }));
    const html = await (await browser.get("/account")).text();
    expect(html).not.toContain("/account/tokens");
    expect((await browser.post("/account/tokens", FORM)).status).toBe(403);
  }
  const visitor = await Browser.of(null);
  expect((await visitor.post("/account/tokens", FORM)).status).toBe(303);
});

test("whatever ends sessions ends tokens: suspension, another role, another password", async () => {
  const admin = await Browser.of(await makeUser({ role: "admin" }));
  const changes: [string, Record<string, string>][] = [
    ["suspension", { suspended: "yes", reason: "" }],
    ["role", { role: "approver" }],
  ];
  for (const [change, form] of changes) {
    const user = await makeUser();
    const program = await Program.of(user);
    const path = `/admin/users/${user.id}/${change}`;
    expect((await admin.post(path, form)).status).toBe(303);
    const answer = await program.get("/api/v1/columns");
    expect([change, answer.status]).toEqual([change, 401]);
    // Restored, the account makes new ones.
    await admin.post(path, { suspended: "no", role: "researcher" });
    expect((await program.get("/api/v1/columns")).status).toBe(401);
  }
  await registerAs("ada@example.org");
  await sql`update users set state = 'approved' where email = 'ada@example.org'`;
  const { browser } = await logInAs("ada@example.org");
  const program = new Program(await make(browser));
  expect((await program.get("/api/v1/columns")).status).toBe(200);
  const password = "nobody would think of this";
  await browser.post("/account/password", { current: PASSWORD, password });
  expect((await program.get("/api/v1/columns")).status).toBe(401);
});

test("a form that arrives while the password changes opens nothing afterwards", async () => {
  const { user, browser } = await signedIn();
  let answer: Promise<Response> | undefined;
  await sql.begin(async (tx) => {
    await tx`update users set password_hash = 'another' where id = ${user.id}`;
    answer = browser.post("/account/tokens", FORM);
    await until(
      async () =>
        (await sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)
          .length > 0,
      { what: "the form waits for the change" },
    );
    await endLogIns(tx, user.id);
  });
  const { status, headers } = await answer!;
  expect([status, headers.get("Location")]).toEqual([303, "/login"]);
  expect(await listApiTokens(user.id)).toEqual([]);
});

test("a rejected applicant who was approved once has no token left", async () => {
  const admin = await Browser.of(await makeUser({ role: "admin" }));
  const user = await makeUser();
  const program = await Program.of(user);
  await sql`update users set state = 'pending' where id = ${user.id}`;
  const decision = { decision: "reject", reason: "Not for this site" };
  await admin.post(`/admin/users/${user.id}/decision`, decision);
  await sql`update users set state = 'approved' where id = ${user.id}`;
  expect((await program.get("/api/v1/columns")).status).toBe(401);
});

test("the last use is written, at most once a minute; ended tokens are cleaned away", async () => {
  const { user, browser } = await signedIn();
  const program = new Program(await make(browser));
  const used = async () => (await listApiTokens(user.id))[0]!.last_used_at;
  expect(await used()).toBe(null);
  await program.get("/api/v1/columns");
  const first = await used();
  expect(first).not.toBe(null);
  await program.get("/api/v1/columns");
  expect(await used()).toEqual(first);
  await sql`update api_tokens set last_used_at = now() - interval '61 s' where user_id = ${user.id}`;
  await program.get("/api/v1/columns");
  expect((await used())!.getTime()).toBeGreaterThanOrEqual(first!.getTime());
  await makeToken(user, "over", 30);
  await sql`update api_tokens set expires_at = now() where name = 'over'`;
  await deleteOldApiTokens();
  const left =
    await sql`select name from api_tokens where user_id = ${user.id}`;
  expect(left.map((row) => row.name)).toEqual(["laptop"]);
});

test("a name is shown as text", async () => {
  const { browser } = await signedIn();
  const name = `<img src=x onerror=alert(1)>`;
  const answer = await browser.post("/account/tokens", { ...FORM, name });
  expect(await answer.text()).not.toContain("<img src=x");
  expect(await (await browser.get("/account")).text()).not.toContain(
    "<img src=x",
  );
});

test("the address of a new token leads back to the account when it is loaded again", async () => {
  const { browser } = await signedIn();
  const answer = await browser.get("/account/tokens");
  expect(answer.headers.get("Location")).toBe("/account#tokens");
});
