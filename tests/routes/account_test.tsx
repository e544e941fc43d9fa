import { test } from "../setup.ts";
import { expect } from "expect";
import { listSessions } from "../../db/sessions.ts";
import { getUser, type User } from "../../db/users.ts";
import { Browser, makeUser } from "../make.ts";
import { logInAs, mailsTo, PASSWORD, registerAs } from "../story.ts";

const PROFILE = {
  name: "Ada Lovelace",
  affiliation: "Analytical Institute",
  position: "Professor",
  orcid: "https://orcid.org/0000-0002-1694-233x",
  reason: "Notes",
};

async function signedIn(
  options: Parameters<typeof makeUser>[0] = {},
): Promise<{ user: User; browser: Browser }> {
  const user = await makeUser(options);
  return { user, browser: await Browser.of(user) };
}

test("GET /account shows where a request stands in every state", async () => {
  const words = {
    unverified: "address not confirmed",
    pending: "in review",
    approved: "approved",
    rejected: "not approved",
    suspended: "suspended",
  } as const;
  for (const [state, word] of Object.entries(words)) {
    const { browser } = await signedIn({ state: state as User["state"] });
    const answer = await browser.get("/account");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(await answer.text()).toContain(word);
  }
});

test("POST /account/profile saves the profile, and redraws it when it is wrong", async () => {
  const { user, browser } = await signedIn({ state: "pending" });
  const wrong = await browser.post("/account/profile", {
    ...PROFILE,
    affiliation: " ",
  });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain("Give your affiliation");
  const answer = await browser.post("/account/profile", PROFILE);
  expect(answer.status).toBe(303);
  expect(await getUser(user.id)).toMatchObject({
    ...PROFILE,
    orcid: "0000-0002-1694-233X",
    state: "pending",
  });
});

test("an account that is not confirmed changes nothing but its theme", async () => {
  const { user, browser } = await signedIn({ state: "unverified" });
  const form = { current: PASSWORD, password: PASSWORD };
  expect((await browser.post("/account/profile", PROFILE)).status).toBe(403);
  expect((await browser.post("/account/password", form)).status).toBe(403);
  expect((await getUser(user.id))!.name).toBe(user.name);
});

test("POST /account/password needs the current one, ends all sessions, goes on with a new one and mails", async () => {
  await registerAs("ada@example.org");
  const { browser } = await logInAs("ada@example.org");
  const { browser: other } = await logInAs("ada@example.org");
  const password = "nobody would think of this";
  const wrong = await browser.post("/account/password", {
    current: "not my password at all",
    password,
  });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain("not your current password");
  const weak = await browser.post("/account/password", {
    current: PASSWORD,
    password: "ada researcher ada",
  });
  expect(weak.status).toBe(422);
  const before = browser.cookie("sid");
  const answer = await browser.post("/account/password", {
    current: PASSWORD,
    password,
  });
  expect(answer.status).toBe(303);
  expect(browser.cookie("sid")).not.toBe(before);
  expect((await browser.get("/account")).status).toBe(200);
  expect((await other.get("/account")).status).toBe(303);
  expect((await logInAs("ada@example.org", password)).answer.status).toBe(303);
  const subjects = (await mailsTo("ada@example.org")).map((m) => m.subject);
  expect(subjects).toContain("Your MGKDB password was changed");
});

test("sessions are listed, and each can be ended by its owner only", async () => {
  const { user, browser } = await signedIn();
  const other = await Browser.of(user);
  const stranger = await Browser.of(await makeUser());
  const html = await (await browser.get("/account")).text();
  const sessions = await listSessions(user.id);
  expect(sessions.length).toBe(2);
  for (const { id } of sessions) expect(html).toContain(`session-${id}`);
  expect(html).toContain("(this one)");
  const others = await idOf(other, sessions.map((s) => s.id));
  const path = `/account/sessions/${others}/revocation`;
  expect((await stranger.post(path, {})).status).toBe(404);
  expect((await other.get("/account")).status).toBe(200);
  expect((await browser.post(path, {})).status).toBe(303);
  expect((await other.get("/account")).status).toBe(303);
  expect((await browser.post(path, {})).status).toBe(404);
  expect((await browser.post("/account/sessions/1/revocation", {})).status)
    .toBe(404);
});

test("ending one's own session leads to the log-in", async () => {
  const { user, browser } = await signedIn();
  const [session] = await listSessions(user.id);
  const answer = await browser.post(
    `/account/sessions/${session!.id}/revocation`,
    {},
  );
  expect(answer.headers.get("Location")).toBe("/login");
  expect(browser.cookie("sid")).toBeUndefined();
});

test("POST /account/theme changes the colours and returns to the page it came from", async () => {
  const { browser } = await signedIn();
  const dark = { theme: "dark", next: "/glossary" };
  const answer = await browser.post("/account/theme", dark);
  expect(answer.headers.get("Location")).toBe("/glossary");
  expect(await (await browser.get("/account")).text()).toContain(
    'data-theme="dark"',
  );
  const away = { theme: "light", next: "//evil.example" };
  const kept = await browser.post("/account/theme", away);
  expect(kept.headers.get("Location")).toBe("/");
  expect((await browser.post("/account/theme", { theme: "pink" })).status)
    .toBe(400);
});

test("what a user types is shown as text", async () => {
  const name = `<img src=x onerror=alert(1)>" hx-get="/logout`;
  const { browser } = await signedIn({ name });
  const html = await (await browser.get("/account")).text();
  expect(html).not.toContain("<img src=x");
  expect(html).not.toContain('" hx-get="/logout');
});

/** Which of these sessions a browser has: the one its account page marks. */
async function idOf(browser: Browser, ids: string[]): Promise<string> {
  const html = await (await browser.get("/account")).text();
  const row = html.split('<tr id="session-').find((r) =>
    r.includes("(this one)")
  )!;
  return ids.find((id) => row.startsWith(id))!;
}
