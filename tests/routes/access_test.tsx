import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { type Role, USER_STATES } from "../../db/users.ts";
import { type Access, rules } from "../../routes/access.ts";
import { app } from "../../routes/app.tsx";
import { Browser, makeUser } from "../make.ts";

/** Values for the parameters of a path; ids that exist nowhere. */
const SAMPLES: Record<string, string> = {
  id: crypto.randomUUID(),
  token: "unknown",
  fileId: "0".repeat(24),
};

interface Route {
  method: string;
  path: string;
  rule: Access | undefined;
}

/** Every route with a handler, its parameters filled in. */
function routes(): Route[] {
  return app.routes.filter((r) => r.method !== "ALL").map(
    ({ method, path }) => {
      const filled = path.replaceAll(
        /:(\w+)(\{[^}]*\})?\??/g,
        (_, name) => SAMPLES[name] ?? "1",
      ).replace("*", "app.css");
      const rule = rules.find(([pattern]) => pattern.test(filled))?.[1];
      return { method, path: filled, rule };
    },
  );
}

test("every route has a rule that says who may use it", () => {
  expect(routes().length).toBeGreaterThan(30);
  expect(routes().filter((r) => !r.rule)).toEqual([]);
});

test("only these are open to everybody", () => {
  const open = routes().filter((r) => r.rule === "public").map((r) =>
    r.path.split("/")[1]
  );
  const known =
    "api about getting-started glossary register healthz readyz metrics favicon.ico robots.txt static verify login reset dev a";
  const unexpected = open.filter((part) =>
    part !== "" && !known.split(" ").includes(part!)
  );
  expect(unexpected).toEqual([]);
});

test("signed out, every other route leads to the log-in, whatever the method", async () => {
  const visitor = await Browser.of(null);
  for (const { method, path, rule } of routes()) {
    if (rule === "public") continue;
    const answer = await send(visitor, method, path);
    const expected = rule === "token" || path.endsWith("/events") ? 401 : 303;
    expect([method, path, answer.status]).toEqual([method, path, expected]);
  }
});

test("of all states of an account only approved ones reach data", async () => {
  for (const state of USER_STATES.filter((s) => s !== "approved")) {
    for (const role of ["researcher", "admin"] as Role[]) {
      const browser = await Browser.of(await makeUser({ state, role }));
      for (const { method, path, rule } of routes()) {
        if (rule === "public" || rule === "signed-in") continue;
        const answer = await send(browser, method, path);
        expect([state, method, path, answer.status]).toEqual([
          state,
          method,
          path,
          // By cookie nobody reaches the API: tests/routes/api/access_test.ts.
          rule === "token" ? 401 : 403,
        ]);
      }
    }
  }
});

test("the administration does not exist for researchers, and is only deciding for approvers", async () => {
  const cases: [Role, Access[]][] = [
    ["researcher", ["approver", "admin"]],
    ["approver", ["admin"]],
  ];
  for (const [role, closed] of cases) {
    const browser = await Browser.of(await makeUser({ role }));
    for (const { method, path, rule } of routes()) {
      if (!closed.includes(rule!)) continue;
      const answer = await send(browser, method, path);
      expect([role, path, answer.status]).toEqual([role, path, 404]);
    }
  }
});

test("a line break in an address opens nothing of the administration", async () => {
  const browser = await Browser.of(await makeUser());
  const admin = routes().filter((r) => r.path.startsWith("/admin"));
  for (const { method, path } of [...admin, JOB_RETRY]) {
    for (const odd of withLineBreaks(path)) {
      const answer = await send(browser, method, odd);
      expect([method, odd, answer.status]).toEqual([method, odd, 404]);
      const rule = rules.find(([pattern]) => pattern.test(decodeURI(odd)))?.[1];
      expect([odd, ["admin", "approver"].includes(rule!)]).toEqual([odd, true]);
    }
  }
});

test("an unknown address looks the same whether or not it could exist", async () => {
  const browser = await Browser.of(await makeUser());
  const [a, b] = [
    await browser.get("/admin/users"),
    await browser.get("/no/such/page"),
  ];
  expect([a.status, b.status]).toEqual([404, 404]);
  expect(await a.text()).toBe(await b.text());
});

test("a refusal to a program is JSON with the state, for htmx a redirect it can follow", async () => {
  const browser = await Browser.of(await makeUser({ state: "pending" }));
  const answer = await browser.get("/runs.json");
  expect(answer.status).toBe(403);
  expect(answer.headers.get("Content-Type")).toContain("application/json");
  const visitor = await Browser.of(null);
  const htmx = await visitor.get("/runs", { "HX-Request": "true" });
  expect(htmx.status).toBe(401);
  expect(htmx.headers.get("HX-Redirect")).toBe("/login?next=%2Fruns");
});

test("a state or a role that changes holds on the very next request", async () => {
  const { sql } = await import("../../db/sql.ts");
  const user = await makeUser({ role: "admin" });
  const browser = await Browser.of(user);
  expect((await browser.get("/admin/audit")).status).toBe(200);
  await sql`update users set role = 'researcher' where id = ${user.id}`;
  expect((await browser.get("/admin/audit")).status).toBe(404);
  await sql`update users set state = 'suspended' where id = ${user.id}`;
  expect((await browser.get("/runs")).status).toBe(403);
});

const JOB_RETRY = { method: "POST", path: "/admin/jobs/1/retry" };

/** The path with a line break after each of its parts in turn. */
function withLineBreaks(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, n) =>
    parts.with(n + 1, `${parts[n + 1]}%0A`).join("/")
  );
}

function send(
  browser: Browser,
  method: string,
  path: string,
): Promise<Response> {
  return method === "POST" ? browser.post(path, {}) : browser.request(path, {
    method,
    headers: { Origin: config.BASE_URL, "Sec-Fetch-Site": "same-origin" },
  });
}
