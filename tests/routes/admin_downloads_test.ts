import { test } from "../setup.ts";
import { expect } from "expect";
import { getDownload } from "../../db/downloads.ts";
import { addJob } from "../../db/queue.ts";
import { sql } from "../../db/sql.ts";
import { runJobs } from "../jobs.ts";
import { Browser, makeUser } from "../make.ts";
import { makeStoredRun } from "../make_stored_run.ts";
import { noise } from "../noise.ts";

test("admin sees everybody's downloads, cancels and retries them", async () => {
  const user = await makeUser({ email: "owner@example.org" });
  const admin = await Browser.of(await makeUser({ role: "admin" }));
  const run = await makeStoredRun({ files: { nrg: noise(10) } });
  const where =
    (await (await Browser.of(user)).post("/downloads", { run: String(run.id) }))
      .headers.get("Location")!;
  const id = where.split("/").pop()!;
  const page = await admin.get("/admin/downloads");
  expect([page.status, (await page.text()).includes("owner@example.org")])
    .toEqual([200, true]);
  expect((await admin.post(`/admin/downloads/${id}/cancellation`, {})).status)
    .toBe(303);
  expect(await getDownload(user.id, id)).toMatchObject({
    state: "cancelled",
    reason: "An administrator cancelled it.",
  });
  expect((await admin.post(`/admin/downloads/${id}/cancellation`, {})).status)
    .toBe(409);
  expect((await admin.post(`/admin/downloads/${id}/retry`, {})).status).toBe(
    303,
  );
  await runJobs({ names: ["build_archive"] });
  expect(await getDownload(user.id, id)).toMatchObject({ state: "ready" });
});

test("admin sees a failing job with its error, retries and removes it", async () => {
  const admin = await Browser.of(await makeUser({ role: "admin" }));
  await addJob(sql, "send_reset", { user_id: crypto.randomUUID() });
  const [{ id }] = await sql<
    [{ id: number }]
  >`select id from graphile_worker.jobs where task_identifier = 'send_reset'`;
  await sql`select graphile_worker.permanently_fail_jobs(array[${id}::bigint], 'the mail server said no')`;
  expect(await (await admin.get("/admin/downloads")).text()).toContain(
    "the mail server said no",
  );
  expect((await admin.post(`/admin/jobs/${id}/retry`, {})).status).toBe(303);
  const [job] =
    await sql`select attempts from graphile_worker.jobs where id = ${id}`;
  expect(job!.attempts).toBe(0);
  expect((await admin.post(`/admin/jobs/${id}/cancellation`, {})).status).toBe(
    303,
  );
  expect((await admin.post(`/admin/jobs/${id}/retry`, {})).status).toBe(409);
});

test("the queue is shown to admins only, and its events are the whole section", async () => {
  const member = await Browser.of(await makeUser());
  expect((await member.get("/admin/downloads")).status).toBe(404);
  expect((await member.get("/admin/downloads/events")).status).toBe(404);
  const admin = await Browser.of(await makeUser({ role: "admin" }));
  const answer = await admin.get("/admin/downloads/events");
  const reader = answer.body!.getReader();
  const first = new TextDecoder().decode((await reader.read()).value);
  expect(first).toContain(
    '<hx-partial hx-target="#queue" hx-swap="outerMorph">',
  );
  await reader.cancel();
});

test("admin sees passes and unreadable documents, and asks for a sync", async () => {
  const admin = await Browser.of(await makeUser({ role: "admin" }));
  await sql`insert into unreadable_documents (source_id, collection, reason) values (${
    "a".repeat(24)
  }, 'LinearRuns', 'It has neither a folder name nor physics')`;
  await sql`insert into sync_passes (kind, extractor_version, finished_at, seen, added) values ('full', 'x', now(), 71, 70)`;
  const page = await (await admin.get("/admin/catalogue")).text();
  expect(page).toContain("It has neither a folder name nor physics");
  expect(page).toContain(">70<");
  expect((await admin.post("/admin/catalogue/sync", {})).status).toBe(303);
  expect((await admin.post("/admin/catalogue/sync", { pass: "new" })).status)
    .toBe(303);
  expect((await admin.post("/admin/catalogue/sync", { pass: "some" })).status)
    .toBe(400);
  const jobs =
    await sql`select key from graphile_worker.jobs where task_identifier = 'sync_catalogue' order by key`;
  expect(jobs.map((j) => j.key)).toEqual([
    "sync_catalogue:full",
    "sync_catalogue:new",
  ]);
  expect(await (await admin.get("/admin/catalogue")).text()).toContain(
    "A sync waits or runs",
  );
});
