import { test } from "../setup.ts";
import { expect } from "expect";
import { makeAdmin } from "../../db/admins.ts";
import { config } from "../../config.ts";
import { createDemoAccounts } from "../../db/embedded/demo_accounts.ts";
import { logIn } from "../../db/log_ins.ts";
import { network } from "../../db/networks.ts";
import { isOrcid } from "../../db/orcid.ts";
import { forgetTaken, takeOne } from "../../db/rate_limits.ts";
import { createSession, getSession, listSessions } from "../../db/sessions.ts";
import { sql } from "../../db/sql.ts";
import { getUser } from "../../db/users.ts";
import { makeUser } from "../make.ts";
import { folder } from "../setup.ts";

const DEVICE = { ip: null, userAgent: null };

test("network() keeps /24 or all of IPv4 and /64 of IPv6, however it is written", () => {
  const cases: [string | null, 24 | 32, string | null][] = [
    [null, 24, null],
    ["192.0.2.77", 24, "192.0.2.0/24"],
    ["192.0.2.77", 32, "192.0.2.77"],
    ["::ffff:192.0.2.77", 32, "192.0.2.77"],
    ["2001:db8:0:1:2:3:4:5", 32, "2001:db8:0:1::/64"],
    ["2001:0DB8::5", 24, "2001:db8:0:0::/64"],
    ["::1", 24, "0:0:0:0::/64"],
    ["fe80::1%eth0", 32, "fe80:0:0:0::/64"],
  ];
  for (const [ip, v4, expected] of cases) {
    expect([ip, network(ip, { v4 })]).toEqual([ip, expected]);
  }
});

test("isOrcid() checks the last character", () => {
  expect(isOrcid("0000-0002-1825-0097")).toBe(true);
  expect(isOrcid("0000-0002-1694-233X")).toBe(true);
  expect(isOrcid("0000-0002-1825-0098")).toBe(false);
  expect(isOrcid("0000000218250097")).toBe(false);
});

test("takeOne() lets exactly so many of any number of parallel requests through", async () => {
  const limit = { count: 5, period_s: 900 };
  const waits = await Promise.all(
    Array.from({ length: 100 }, () => takeOne("parallel", limit)),
  );
  expect(waits.filter((s) => s === 0).length).toBe(5);
  const wait = waits.find((s) => s > 0)!;
  expect(wait).toBeGreaterThan(170);
  expect(wait).toBeLessThanOrEqual(180);
});

test("takeOne() gives one back after each part of the period", async () => {
  const limit = { count: 2, period_s: 0.4 };
  const takes = [];
  for (let n = 0; n < 3; n++) takes.push(await takeOne("drip", limit));
  expect(takes.map((s) => s === 0)).toEqual([true, true, false]);
  await new Promise((done) => setTimeout(done, 250));
  expect(await takeOne("drip", limit)).toBe(0);
  expect(await takeOne("drip", limit)).toBeGreaterThan(0);
  await forgetTaken("drip");
  expect(await takeOne("drip", limit)).toBe(0);
});

test("a session ends when it is idle or old, sooner for an admin", async () => {
  const cases = [
    ["researcher", "23 hours", true],
    ["researcher", "25 hours", false],
    ["admin", "59 minutes", true],
    ["admin", "61 minutes", false],
  ] as const;
  for (const [role, idle, open] of cases) {
    const user = await makeUser({ role });
    const token = await createSession(sql, user, DEVICE);
    await sql`update sessions set last_used_at = now() - ${idle}::interval where user_id = ${user.id}`;
    expect([role, idle, await getSession(token) !== null]).toEqual([
      role,
      idle,
      open,
    ]);
  }
  const user = await makeUser();
  const token = await createSession(sql, user, DEVICE);
  const [row] =
    await sql`select expires_at - now() > interval '6 days 23 hours' as week from sessions where user_id = ${user.id}`;
  expect(row!.week).toBe(true);
  await sql`update sessions set expires_at = now() where user_id = ${user.id}`;
  expect(await getSession(token)).toBeNull();
});

test("makeAdmin() opens any account to an admin and says when there is none", async () => {
  const user = await makeUser({ state: "unverified", email: "Op@example.org" });
  const token = await createSession(sql, user, DEVICE);
  expect(await makeAdmin("op@example.org")).toBe(true);
  const after = await getUser(user.id);
  expect(after).toMatchObject({ state: "approved", role: "admin" });
  expect(after!.verified_at).not.toBeNull();
  expect(await getSession(token)).toBeNull();
  expect(await makeAdmin("nobody@example.org")).toBe(false);
  const lines =
    await sql`select target from audit_log where action = 'make_admin'`;
  expect(lines.map((l) => l.target)).toEqual([`user:${user.id}`]);
});

test("createDemoAccounts() makes accounts once and keeps their passwords in step with the file", async () => {
  expect(await createDemoAccounts()).toEqual([]);
  config.DEMO_ACCOUNTS = `${folder}/demo.json`;
  await writeDemo("amber-0001-kelp-0002-raven");
  await createDemoAccounts();
  await writeDemo("fjord-1234-olive-5678-maple");
  const accounts = await createDemoAccounts();
  config.DEMO_ACCOUNTS = undefined;
  expect(accounts.map((a) => a.role)).toEqual(["demo admin"]);
  const login = await logIn(accounts[0]!, DEVICE, {});
  expect(login!.user).toMatchObject({ state: "approved", role: "admin" });
  const users = await sql`select from users where email = 'demo@example.org'`;
  expect(users.length).toBe(1);
});

async function writeDemo(password: string): Promise<void> {
  const account = { role: "admin", email: "demo@example.org", password };
  await Deno.writeTextFile(`${folder}/demo.json`, JSON.stringify([account]));
}

test("getSession() counts a page's own requests for nothing, so that an open tab lets a session end", async () => {
  const user = await makeUser();
  const token = await createSession(sql, user, { ip: null, userAgent: null });
  await sql`update sessions set last_used_at = now() - interval '2 hours' where user_id = ${user.id}`;
  const usedAt = async () => (await listSessions(user.id))[0]!.last_used_at;
  const before = await usedAt();
  await getSession(token, { touch: false });
  expect(await usedAt()).toEqual(before);
  await getSession(token);
  expect((await usedAt()).getTime()).toBeGreaterThan(before.getTime());
});
