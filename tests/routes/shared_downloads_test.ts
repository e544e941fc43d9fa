import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { archivePath } from "../../db/archives.ts";
import { expireArchives } from "../../db/archive_upkeep.ts";
import { suspendUser } from "../../db/decisions.ts";
import { sql } from "../../db/sql.ts";
import { runJobs } from "../jobs.ts";
import { Browser, makeUser } from "../make.ts";
import { ONLY_BUILD } from "../make_download.ts";
import { makeStoredRun } from "../make_stored_run.ts";
import { noise } from "../noise.ts";

interface Asked {
  user: Awaited<ReturnType<typeof makeUser>>;
  browser: Browser;
  where: string;
}

/** Somebody who asks for these runs. */
async function asks(form: Record<string, string | string[]>): Promise<Asked> {
  const user = await makeUser();
  const browser = await Browser.of(user);
  const answer = await browser.post("/downloads", form);
  expect(answer.status).toBe(303);
  return { user, browser, where: answer.headers.get("Location")! };
}

async function stateOf({ browser, where }: Asked) {
  return await (await browser.get(`${where}.json`)).json();
}

async function archiveOf({ where }: Asked): Promise<string> {
  const [row] = await sql<[{ archive_id: string }]>`
    select archive_id from downloads where id = ${where.split("/").pop()!}`;
  return row.archive_id;
}

test("of twenty equal requests by twenty users at once one archive is built, and all of them get it", async () => {
  const run = await makeStoredRun({ files: { nrg: noise(1000) } });
  const form = { run: String(run.id) };
  const all = await Promise.all(Array.from({ length: 20 }, () => asks(form)));
  expect(new Set(await Promise.all(all.map(archiveOf))).size).toBe(1);
  const [{ jobs }] = await sql<[{ jobs: number }]>`
    select count(*)::int as jobs from graphile_worker.jobs where task_identifier = 'build_archive'`;
  expect(jobs).toBe(1);
  await runJobs(ONLY_BUILD);
  const states = await Promise.all(all.map(stateOf));
  expect(new Set(states.map((s) => s.state))).toEqual(new Set(["ready"]));
  expect(new Set(states.map((s) => s.sha256)).size).toBe(1);
  for (const { browser, where } of all.slice(0, 3)) {
    expect((await browser.get(`${where}/archive`)).status).toBe(200);
    expect((await all[9]!.browser.get(where)).status).toBe(404);
  }
});

test("a finished archive serves the same request at once, for a time that begins anew; a changed run, other parts and a lost file do not", async () => {
  const run = await makeStoredRun({ files: { nrg: noise(1000) } });
  const form = { run: String(run.id) };
  const first = await asks(form);
  await runJobs(ONLY_BUILD);
  const archive = await archiveOf(first);
  await sql`update archives set expires_at = now() + interval '1 hour' where id = ${archive}`;
  const second = await asks(form);
  expect(await archiveOf(second)).toBe(archive);
  const { state, expires_at } = await stateOf(second);
  expect(state).toBe("ready");
  expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(71 * 3_600_000);
  const again = await second.browser.post("/downloads", form);
  expect(again.headers.get("Location")).toBe(second.where);
  expect(await archiveOf(await asks({ ...form, parts: "inputs" }))).not
    .toBe(archive);
  await sql`update runs set row_hash = 'another' where id = ${run.id}`;
  const third = await asks(form);
  expect(await archiveOf(third)).not.toBe(archive);
  await sql`update runs set row_hash = 'none' where id = ${run.id}`;
  await Deno.remove(archivePath(archive));
  expect(await archiveOf(await asks(form))).not.toBe(archive);
  await runJobs(ONLY_BUILD);
});

test("cancelling one request leaves the archive to the others; the last one to go ends it", async () => {
  const run = await makeStoredRun({ files: { nrg: noise(1000) } });
  const form = { run: String(run.id) };
  const [one, two, three] = [
    await asks(form),
    await asks(form),
    await asks(form),
  ];
  await one.browser.post(`${one.where}/cancellation`, {});
  expect(await stateOf(one)).toMatchObject({
    state: "cancelled",
    reason: "You cancelled it.",
    position: null,
  });
  const admin = await makeUser({ role: "admin" });
  await suspendUser(
    two.user.id,
    { suspended: "yes", reason: "" },
    admin,
    { ip: null },
  );
  expect(await stateOf(three)).toMatchObject({ state: "queued" });
  // Who cancelled may ask for something else meanwhile, and for this again.
  await one.browser.post(`${one.where}/retry`, {});
  expect(await stateOf(one)).toMatchObject({ state: "queued", reason: null });
  expect(await archiveOf(one)).toBe(await archiveOf(three));
  await one.browser.post(`${one.where}/cancellation`, {});
  await three.browser.post(`${three.where}/cancellation`, {});
  const [archive] = await sql<[{ state: string }]>`
    select state from archives where id = ${await archiveOf(one)}`;
  expect(archive.state).toBe("cancelled");
});

test("suspending the only one who waits for an archive ends it", async () => {
  const run = await makeStoredRun({ files: { nrg: noise(1000) } });
  const only = await asks({ run: String(run.id) });
  const admin = await makeUser({ role: "admin" });
  await suspendUser(
    only.user.id,
    { suspended: "yes", reason: "" },
    admin,
    { ip: null },
  );
  const [archive] = await sql<[{ state: string; reason: string }]>`
    select state, reason from archives where id = ${await archiveOf(only)}`;
  expect(archive).toMatchObject({
    state: "cancelled",
    reason: "The account was suspended.",
  });
});

test("an archive takes a share of the quota of each who holds it, until they delete it", async () => {
  const run = await makeStoredRun({ files: { nrg: noise(5000) } });
  const form = { run: String(run.id) };
  const first = await asks(form);
  await runJobs(ONLY_BUILD);
  const second = await asks(form);
  const other = {
    run: String((await makeStoredRun({ files: { nrg: noise(4000) } })).id),
  };
  const { USER_QUOTA_BYTES } = config;
  config.USER_QUOTA_BYTES = 8000;
  try {
    expect((await second.browser.post("/downloads", other)).status).toBe(422);
    await second.browser.post(`${second.where}/removal`, {});
    expect((await second.browser.get(`${second.where}/archive`)).status)
      .toBe(409);
    expect((await second.browser.post("/downloads", other)).status).toBe(303);
    await expireArchives();
    expect(await stateOf(first)).toMatchObject({ state: "ready" });
    await first.browser.post(`${first.where}/removal`, {});
    await expireArchives();
    const [archive] = await sql<[{ state: string }]>`
      select state from archives where id = ${await archiveOf(first)}`;
    expect(archive.state).toBe("expired");
  } finally {
    config.USER_QUOTA_BYTES = USER_QUOTA_BYTES;
  }
  await runJobs(ONLY_BUILD);
});

test("trying again after an archive has expired makes a new one, and the old link stays dead", async () => {
  const run = await makeStoredRun({ files: { nrg: noise(1000) } });
  const asked = await asks({ run: String(run.id) });
  await runJobs(ONLY_BUILD);
  const old = await archiveOf(asked);
  const { browser, where } = asked;
  await browser.post(`${where}/link`, {});
  const link = /\/a\/[\w.-]+/.exec(await (await browser.get(where)).text())![0];
  await sql`update archives set expires_at = now() where id = ${old}`;
  expect((await browser.get(link)).status).toBe(410);
  expect((await browser.post(`${where}/retry`, {})).status).toBe(303);
  await runJobs(ONLY_BUILD);
  expect(await archiveOf(asked)).not.toBe(old);
  expect((await browser.get(`${where}/archive`)).status).toBe(200);
  expect((await browser.get(link)).status).toBe(404);
});
