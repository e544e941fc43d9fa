import { test } from "../../setup.ts";
import { expect } from "expect";
import { sql } from "../../../db/sql.ts";
import { USER_STATES } from "../../../db/users.ts";
import { app } from "../../../routes/app.tsx";
import { LIMITS } from "../../../routes/rate_limit.ts";
import { Browser, makeUser } from "../../make.ts";
import { makeRun } from "../../make_run.ts";
import { problemOf, Program } from "../../program.ts";

const PATH = "/api/v1/columns";
const { id: run } = await makeRun({ gamma: 0.1 });

test("of all states of an account only approved ones are answered", async () => {
  for (const state of USER_STATES) {
    for (const role of ["researcher", "admin"] as const) {
      const program = await Program.of(await makeUser({ state, role }));
      const answer = await program.get(PATH);
      const wanted = state === "approved" ? 200 : 403;
      expect([state, role, answer.status]).toEqual([state, role, wanted]);
      if (wanted === 403) await problemOf(answer);
    }
  }
  const waiting = await Program.of(await makeUser({ state: "pending" }));
  const { detail } = await problemOf(await waiting.get(`/api/v1/runs/${run}`));
  expect(detail).toContain("waits for approval");
});

test("without a token, with an unknown, a malformed or an ended one: 401 that asks for a bearer token", async () => {
  const ended = await Program.of(await makeUser());
  await sql`update api_tokens set expires_at = now()`;
  const none = await new Program(null).get(PATH);
  expect(none.headers.get("WWW-Authenticate")).toBe('Bearer realm="MGKDB"');
  expect((await problemOf(none)).status).toBe(401);
  const wrong = [
    ended.token!,
    `mgkdb_${"A".repeat(43)}`,
    "mgkdb_short",
    "x".repeat(5000),
    "a b",
  ];
  const texts = new Set<string>();
  for (const token of wrong) {
    const answer = await new Program(token).get(PATH);
    expect(answer.headers.get("WWW-Authenticate")).toBe(
      'Bearer realm="MGKDB", error="invalid_token"',
    );
    texts.add((await problemOf(answer)).detail);
  }
  expect(texts.size).toBe(1);
  const basic = await app.request(PATH, {
    headers: { Authorization: "Basic dXNlcjpwYXNz" },
  });
  expect((await problemOf(basic)).status).toBe(401);
});

test("the cookie is worth nothing under /api/v1, and the token nothing elsewhere", async () => {
  const user = await makeUser({ role: "admin" });
  const browser = await Browser.of(user);
  const program = await Program.of(user);
  for (const path of ["/api/v1", PATH, "/api/v1/runs", "/api/v1/nothing"]) {
    expect((await problemOf(await browser.get(path))).status).toBe(401);
  }
  for (
    const path of [
      "/runs",
      "/runs.json",
      "/runs.csv",
      `/runs/${run}.json`,
      "/account",
      "/admin",
      "/downloads",
      "/downloads/events",
      "/api/v2/runs",
      "/api/v1x",
    ]
  ) {
    const answer = await program.get(path);
    const wanted = path.endsWith("/events") ? 401 : 303;
    expect([path, answer.status]).toEqual([path, wanted]);
  }
  const asParameter = await app.request(`${PATH}?token=${program.token}`);
  expect(asParameter.status).toBe(401);
});

test("nothing but GET and HEAD is answered, and no page of another site may read", async () => {
  const program = await Program.of(await makeUser());
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    for (const path of ["/api/v1/runs", "/api/v1/nothing"]) {
      const answer = await program.request(path, {
        method,
        headers: { Origin: "https://other.example" },
      });
      expect(answer.headers.get("Allow")).toBe("GET, HEAD");
      expect((await problemOf(answer)).status).toBe(405);
    }
  }
  const head = await program.request("/api/v1/runs", { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  const read = await program.get(PATH, { Origin: "https://other.example" });
  expect(read.headers.get("Access-Control-Allow-Origin")).toBe(null);
  expect(read.headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
  expect(read.headers.get("Cache-Control")).toBe("no-store");
});

test("every refusal is a problem that says what is wrong", async () => {
  const program = await Program.of(await makeUser());
  const cases: [string, number, string][] = [
    ["/api/v1", 404, "nothing at this address"],
    ["/api/v1/", 404, "nothing at this address"],
    ["/api/v1/nothing", 404, "nothing at this address"],
    ["/api/v1/runs/999999", 404, "nothing at this address"],
    ["/api/v1/runs/1.json", 404, "nothing at this address"],
    [`/api/v1/runs/${"0".repeat(24)}`, 404, "nothing at this address"],
    [`/api/v1/runs/${run}/files/${"0".repeat(24)}`, 404, "nothing"],
    [`/api/v1/downloads/${crypto.randomUUID()}`, 404, "nothing"],
    ["/api/v1/runs?q_min=abc", 400, "q_min: must be a number"],
    ["/api/v1/runs?colour=red", 400, "Unknown parameter: colour"],
    ["/api/v1/runs?like=999999", 400, "like: there is no run 999999"],
    ["/api/v1/runs.csv?size=7", 400, "size: must be 25, 50 or 100"],
    [`/api/v1/scans/${run}?varied=colour`, 400, "varied: must be one of"],
    ["/api/v1/downloads?page=0", 400, "page: "],
  ];
  for (const [path, status, words] of cases) {
    const problem = await problemOf(await program.get(path));
    expect([path, problem.status]).toEqual([path, status]);
    expect(problem.detail).toContain(words);
  }
});

test("the limits of a user hold: 1,200 requests and 30 exports a minute", async () => {
  const user = await makeUser();
  const program = await Program.of(user);
  expect(LIMITS.readPerUser).toEqual({ count: 1200, period_s: 60 });
  expect(LIMITS.exportPerUser).toEqual({ count: 30, period_s: 60 });
  for (
    const [key, path] of [["export", "/api/v1/runs.csv"], ["read", PATH]]
  ) {
    const answer = await program.get(path!);
    expect([key, answer.status]).toEqual([key, 200]);
    await answer.text();
    // As if the whole allowance of a minute had been taken in the last moment.
    const taken = await sql`
      update rate_limits set arrival = now() + interval '60 s' where key = ${`${key}:${user.id}`} returning key`;
    expect([key, taken.length]).toEqual([key, 1]);
    const refused = await program.get(path!);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect((await problemOf(refused)).status).toBe(429);
  }
  const other = await Program.of(await makeUser());
  expect((await other.get(PATH)).status).toBe(200);
});
