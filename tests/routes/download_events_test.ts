import { test } from "../setup.ts";
import { expect } from "expect";
import { sql } from "../../db/sql.ts";
import { runJobs } from "../jobs.ts";
import { Browser, makeUser } from "../make.ts";
import { ONLY_BUILD } from "../make_download.ts";
import { makeStoredRun } from "../make_stored_run.ts";
import { noise } from "../noise.ts";

test("GET /downloads/events sends the whole list, then what changes, and ends with idle", async () => {
  const browser = await Browser.of(await makeUser());
  const run = await makeStoredRun({ files: { nrg: noise(1000) } });
  const where = (await browser.post("/downloads", { run: String(run.id) }))
    .headers.get("Location")!;
  expect(await (await browser.get("/downloads/badge")).text()).toBe("1");
  const answer = await browser.get("/downloads/events");
  expect(answer.headers.get("Content-Type")).toContain("text/event-stream");
  const events = readEvents(answer);
  const first = (await events.next()).value!;
  expect(first).toContain('hx-target="#downloads"');
  expect(first).toContain("queued");
  await runJobs(ONLY_BUILD);
  let all = "";
  for await (const event of events) all += event + "\n";
  expect(all).toContain(`hx-target="#download-${where.split("/").pop()}"`);
  expect(all).toContain('hx-target="#live" hx-swap="delete"');
  expect(all).toContain("event: idle");
  expect(await (await browser.get("/downloads/badge")).text()).toBe("");
});

test("GET /downloads/events is refused without a redirect when signed out, and ends with the session", async () => {
  expect((await (await Browser.of(null)).get("/downloads/events")).status).toBe(
    401,
  );
  const user = await makeUser();
  const browser = await Browser.of(user);
  const run = await makeStoredRun();
  await browser.post("/downloads", { run: String(run.id) });
  const events = readEvents(await browser.get("/downloads/events"));
  await events.next();
  await sql`delete from sessions where user_id = ${user.id}`;
  const begun = Date.now();
  for await (const event of events) expect(event).not.toContain("idle");
  expect(Date.now() - begun).toBeLessThan(7000);
});

async function* readEvents(answer: Response): AsyncGenerator<string, void> {
  let text = "";
  for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const events = text.split("\n\n");
    text = events.pop()!;
    yield* events.filter((e) => !e.startsWith(":"));
  }
}
