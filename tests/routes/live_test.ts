import { database, test } from "../setup.ts";
import { expect } from "expect";
import postgres from "postgres";
import { Browser, makeUser } from "../make.ts";
import { makeStoredRun } from "../make_stored_run.ts";

/** More than one session may hold open at once. */
const MANY = 9;
const EVENTS = "/downloads/events";

/** A browser whose page of downloads is kept current, for as long as its download is not built. */
async function waiting(): Promise<Browser> {
  const browser = await Browser.of(await makeUser());
  const run = await makeStoredRun();
  await browser.post("/downloads", { run: String(run.id) });
  return browser;
}

/** Reads the first event and leaves. */
async function firstEvent(browser: Browser): Promise<string> {
  const answer = await browser.get(EVENTS);
  if (answer.status !== 200) return String(answer.status);
  const reader = answer.body!.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}

test("a stream that cannot listen to Postgres ends and is not counted any more", async () => {
  const browser = await waiting();
  const server = postgres(Deno.env.get("TEST_POSTGRES_URL")!, { max: 1 });
  const allow = (yes: boolean) =>
    server.unsafe(`alter database ${database} allow_connections ${yes}`);
  await allow(false);
  await quietly(async () => {
    for (let n = 0; n < MANY; n++) {
      expect(await (await browser.get(EVENTS)).text()).toBe("");
    }
  });
  await allow(true);
  await server.end();
});

test("HEAD of a stream has its headers and holds no stream open", async () => {
  const browser = await waiting();
  for (let n = 0; n < MANY; n++) {
    const answer = await browser.request(EVENTS, { method: "HEAD" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toContain("text/event-stream");
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
  }
  expect(await firstEvent(browser)).toContain("data:");
});

/** Runs without the log lines that are expected. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const write = console.error;
  console.error = () => {};
  await work().finally(() => console.error = write);
}
