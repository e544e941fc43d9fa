import { test } from "../setup.ts";
import { expect } from "expect";
import { archivePath } from "../../db/archives.ts";
import { listAudit } from "../../db/audit.ts";
import { sql } from "../../db/sql.ts";
import { cleanUp } from "../../jobs/clean_up.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { runJobs } from "../jobs.ts";
import { Browser, makeUser } from "../make.ts";
import { ONLY_BUILD } from "../make_download.ts";
import { makeStoredRun } from "../make_stored_run.ts";
import { noise } from "../noise.ts";

const REASON = "Embargo until March";

async function people() {
  return {
    admin: await Browser.of(await makeUser({ role: "admin" })),
    member: await Browser.of(await makeUser()),
  };
}

/** A run with a page: the catalogue has read its document itself. */
async function readRun(suffix = "_0001") {
  const run = await makeStoredRun({ files: { nrg: noise(50) }, suffix });
  await syncCatalogue({ pass: "full" });
  return run;
}

test("a hidden run is gone from search, pages, files and new archives, and comes back when it is shown again", async () => {
  const { admin, member } = await people();
  const run = await readRun("_taken");
  const other = await makeStoredRun({
    files: { nrg: noise(60) },
    suffix: "_left",
  });
  const [{ file }] = await sql<[{ file: string }]>`
    select detail->'files'->0->>'id' as file from runs where id = ${run.id}`;
  const pages = [
    `/runs/${run.id}`,
    `/runs/${run.source_id}`,
    `/runs/${run.id}.json`,
    `/runs/${run.id}/files/${file}`,
    `/runs/${run.id}/images/any`,
    `/runs/${run.id}/plots/trace.svg`,
    `/spectra/${run.id}`,
    `/scans/${run.id}`,
    `/twins/${run.id}`,
  ];
  const found = async () =>
    (await (await member.get("/runs.json")).json()).runs.map((
      r: { id: number },
    ) => r.id);
  expect(await found()).toContain(run.id);
  expect((await member.get(pages[0]!)).status).toBe(200);
  await member.post("/basket", { run: String(run.id) });

  const hidden = await admin.post(`/admin/runs/${run.id}/visibility`, {
    hidden: "yes",
    reason: REASON,
  });
  expect(hidden.status).toBe(303);
  for (const page of pages) {
    expect([page, (await member.get(page)).status]).toEqual([page, 404]);
    expect([page, (await admin.get(page)).status]).toEqual([page, 404]);
  }
  expect(await found()).not.toContain(run.id);
  expect((await (await member.get(`/runs.json?id=${run.id}`)).json()).total)
    .toBe(0);
  expect(await (await member.get("/runs.csv")).text()).not.toContain(
    run.source_id,
  );
  expect(await (await member.get("/basket")).text()).not.toContain("_taken");
  expect((await member.post("/downloads", { run: String(run.id) })).status)
    .toBe(422);
  const both = { run: [String(run.id), String(other.id)] };
  expect((await member.post("/downloads", both)).status).toBe(422);
  const page = await (await admin.get("/admin/catalogue")).text();
  expect(page).toContain(REASON);
  expect((await listAudit({ action: "run_hide" }))[0]).toMatchObject({
    target: `run:${run.id}`,
    detail: { reason: REASON, archives: 0 },
  });

  await admin.post(`/admin/runs/${run.id}/visibility`, { hidden: "no" });
  expect((await member.get(pages[0]!)).status).toBe(200);
  expect(await found()).toContain(run.id);
});

test("hiding a run ends the archives and links that hold it and deletes their files; a new try gets the others", async () => {
  const { admin, member } = await people();
  const run = await makeStoredRun({ files: { nrg: noise(50) } });
  const other = await makeStoredRun({ files: { nrg: noise(60) } });
  const both = { run: [String(run.id), String(other.id)] };
  const ask = async (
    browser: Browser,
    form: Record<string, string | string[]>,
  ) => (await browser.post("/downloads", form)).headers.get("Location")!;
  const where = await ask(member, both);
  await runJobs(ONLY_BUILD);
  await member.post(`${where}/link`, {});
  const link = /\/a\/[\w.-]+/.exec(await (await member.get(where)).text())![0];
  const second = await Browser.of(await makeUser());
  const waiting = await ask(second, { ...both, parts: "files" });
  const third = await Browser.of(await makeUser());
  const untouched = await ask(third, { run: String(other.id) });
  const [{ archive }] = await sql<[{ archive: string }]>`
    select archive_id as archive from downloads where id = ${where.split("/")
    .pop()!}`;

  await admin.post(`/admin/runs/${run.id}/visibility`, {
    hidden: "yes",
    reason: REASON,
  });
  expect((await member.get(`${where}/archive`)).status).toBe(410);
  expect((await (await Browser.of(null)).get(link)).status).toBe(404);
  const ended = await (await member.get(`${where}.json`)).json();
  expect(ended).toMatchObject({ state: "expired" });
  expect(ended.reason).toContain("took run");
  expect(ended.reason).not.toContain(REASON);
  expect(await (await second.get(`${waiting}.json`)).json()).toMatchObject({
    state: "cancelled",
  });
  expect(await (await third.get(`${untouched}.json`)).json()).toMatchObject({
    state: "queued",
  });
  await cleanUp();
  await expect(Deno.stat(archivePath(archive))).rejects.toThrow();

  expect((await member.post(`${where}/retry`, {})).status).toBe(303);
  await runJobs(ONLY_BUILD);
  expect(await (await member.get(`${where}.json`)).json()).toMatchObject({
    state: "ready",
    files_total: 1,
    bytes_total: 60,
  });
});

test("taking a run down needs an admin, a reason and a known run", async () => {
  const { admin, member } = await people();
  const run = await readRun();
  const path = `/admin/runs/${run.id}/visibility`;
  expect((await member.post(path, { hidden: "yes", reason: REASON })).status)
    .toBe(404);
  const approver = await Browser.of(await makeUser({ role: "approver" }));
  expect((await approver.post(path, { hidden: "yes", reason: REASON })).status)
    .toBe(404);
  const wordless = await admin.post(path, { hidden: "yes" });
  expect([wordless.status, (await wordless.text()).includes("Give a reason")])
    .toEqual([422, true]);
  expect((await admin.post(path, { hidden: "maybe" })).status).toBe(422);
  expect((await member.get(`/runs/${run.id}`)).status).toBe(200);
  const unknown = { hidden: "yes", reason: REASON };
  expect((await admin.post("/admin/runs/987654/visibility", unknown)).status)
    .toBe(404);
});

test("the form to take a run down is on its page for admins only", async () => {
  const { admin, member } = await people();
  const run = await readRun();
  const path = `/runs/${run.id}`;
  const form = `action="/admin/runs/${run.id}/visibility"`;
  expect(await (await admin.get(path)).text()).toContain(form);
  expect(await (await member.get(path)).text()).not.toContain(form);
});
