import { test } from "../setup.ts";
import { expect } from "expect";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { config } from "../../config.ts";
import { sql } from "../../db/sql.ts";
import { runJobs } from "../jobs.ts";
import { Browser, makeUser } from "../make.ts";
import { bytesOf, finishedDownload, ONLY_BUILD } from "../make_download.ts";
import { makeStoredRun } from "../make_stored_run.ts";
import { noise } from "../noise.ts";

test("POST /downloads leads to a page and a file with every header that programs need", async () => {
  const { browser, where, bytes } = await finishedDownload();
  const page = await browser.get(where);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("SHA-256");
  const state = await (await browser.get(`${where}.json`)).json();
  expect(Object.keys(state).sort()).toEqual([
    "bytes_done",
    "bytes_total",
    "expires_at",
    "files_done",
    "files_total",
    "id",
    "missing",
    "position",
    "reason",
    "sha256",
    "size",
    "state",
  ]);
  expect(state).toMatchObject({
    state: "ready",
    position: null,
    missing: 0,
    size: bytes.length,
  });
  const answer = await browser.get(`${where}/archive`);
  const digest = createHash("sha256").update(bytes).digest("base64");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Content-Length")).toBe(String(bytes.length));
  expect(answer.headers.get("Accept-Ranges")).toBe("bytes");
  expect(answer.headers.get("Repr-Digest")).toBe(`sha-256=:${digest}:`);
  expect(answer.headers.get("Content-Disposition")).toMatch(
    /^attachment; filename="mgkdb_[\w.-]+\.zip"; filename\*=UTF-8''/,
  );
  expect(Buffer.compare(await bytesOf(answer), bytes)).toBe(0);
});

test("another's download looks like one that does not exist", async () => {
  const { where, id } = await finishedDownload();
  const stranger = await Browser.of(await makeUser());
  const unknown = `/downloads/${id.slice(0, -1)}${
    id.endsWith("0") ? "1" : "0"
  }`;
  for (const end of ["", ".json", "/archive"]) {
    const [foreign, absent] = [
      await stranger.get(where + end),
      await stranger.get(unknown + end),
    ];
    expect([end, foreign.status, absent.status]).toEqual([end, 404, 404]);
    expect(await foreign.text()).toBe(await absent.text());
  }
  for (const verb of ["cancellation", "retry", "link"]) {
    expect((await stranger.post(`${where}/${verb}`, {})).status).toBe(404);
  }
  expect((await stranger.get("/downloads/nonsense")).status).toBe(404);
});

test("of twenty requests at once one becomes a download", async () => {
  const user = await makeUser();
  const browser = await Browser.of(user);
  const run = await makeStoredRun({ files: { nrg: noise(10) } });
  const answers = await Promise.all(
    Array.from(
      { length: 20 },
      () => browser.post("/downloads", { run: String(run.id) }),
    ),
  );
  const statuses = answers.map((a) => a.status).sort();
  expect(statuses).toEqual([303, ...Array(19).fill(409)]);
  const where = answers.find((a) => a.status === 303)!.headers.get("Location")!;
  const refused = await answers.find((a) => a.status === 409)!.text();
  expect(refused).toContain(`href="${where}"`);
  const [{ count }] = await sql<
    [{ count: number }]
  >`select count(*)::int from graphile_worker.jobs where task_identifier = 'build_archive'`;
  expect(count).toBe(1);
  await browser.post(`${where}/cancellation`, {});
  expect((await browser.post("/downloads", { run: String(run.id) })).status)
    .toBe(303);
  await runJobs(ONLY_BUILD);
});

test("POST /downloads refuses what is too large, with the numbers, and what is unknown", async () => {
  const browser = await Browser.of(await makeUser());
  const run = await makeStoredRun({ files: { nrg: noise(5000) } });
  const { ARCHIVE_MAX_BYTES, USER_QUOTA_BYTES } = config;
  Object.assign(config, { ARCHIVE_MAX_BYTES: 4000, USER_QUOTA_BYTES: 4500 });
  const answer = await browser.post("/downloads", { run: String(run.id) });
  Object.assign(config, { ARCHIVE_MAX_BYTES, USER_QUOTA_BYTES });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain(
    "5.00 kB (5,000 bytes); one archive may have at most 4.00 kB (4,000 bytes)",
  );
  expect(page).toContain("USER_QUOTA_BYTES");
  const unknown = await browser.post("/downloads", { run: "999999" });
  expect([unknown.status, (await unknown.text()).includes("999999")]).toEqual([
    422,
    true,
  ]);
  for (
    const form of [{}, { run: "abc" }, { query: "nosuch=1" }, {
      run: "1",
      parts: "everything",
    }] as Record<string, string>[]
  ) {
    expect((await browser.post("/downloads", form)).status).toBe(400);
  }
});

test("GET /downloads/new tells runs, exact bytes and what is missing", async () => {
  const browser = await Browser.of(await makeUser());
  const run = await makeStoredRun({
    files: { parameters: noise(1234), nrg: noise(10_000), field: "dangling" },
    diagnostics: { Grid: noise(7) },
  });
  const page = await (await browser.get(`/downloads/new?run=${run.id}`)).text();
  expect(page).toContain("Exactly 11,241");
  expect(page).toContain("field");
  const inputs =
    await (await browser.get(`/downloads/new?run=${run.id}&parts=inputs`))
      .text();
  expect(inputs).toContain("Exactly 1,234");
  expect((await browser.get("/downloads/new")).status).toBe(400);
});

test("POST /downloads takes all runs of a search", async () => {
  const browser = await Browser.of(await makeUser());
  await makeStoredRun({ files: { nrg: noise(10) }, suffix: "_searched1" });
  await makeStoredRun({ files: { nrg: noise(20) }, suffix: "_searched2" });
  const answer = await browser.post("/downloads", {
    query: "text=_searched&page=2",
  });
  expect(answer.status).toBe(303);
  await runJobs(ONLY_BUILD);
  const state =
    await (await browser.get(`${answer.headers.get("Location")}.json`)).json();
  expect(state).toMatchObject({
    state: "ready",
    files_total: 2,
    bytes_total: 30,
  });
});

test("POST /downloads takes 10,000 numbers of runs, and of more says how to ask for them", async () => {
  const browser = await Browser.of(await makeUser());
  const { id } = await makeStoredRun({ files: { nrg: noise(10) } });
  const many = Array.from({ length: 10_000 }, () => String(id));
  const refused = await browser.post("/downloads", { run: [...many, "1"] });
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain(
    "run: at most 10000 runs can be named, more by query",
  );
  expect((await browser.post("/downloads", { run: many })).status).toBe(303);
});

test("GET /downloads pages a long history, the latest first", async () => {
  const user = await makeUser();
  const browser = await Browser.of(user);
  await sql`
    with made as (
      insert into archives (state, parts, file_name, runs_total)
      select 'expired', '{files}', n || '.zip', 1 from generate_series(1, 51) n returning id, file_name)
    insert into downloads (user_id, archive_id, label, finished_at, created_at)
    select ${user.id}, id, 'order ' || file_name, now(), now() - interval '1 day' / split_part(file_name, '.', 1)::int from made`;
  const [first, second] = await Promise.all(
    ["/downloads", "/downloads?page=2"].map(async (path) =>
      await (await browser.get(path)).text()
    ),
  );
  const orders = (html?: string) => new Set(html!.match(/order \d+\.zip/g));
  expect(orders(first).size).toBe(50);
  expect(first).toContain('<a rel="next" href="/downloads?page=2">');
  expect([...orders(second)]).toEqual(["order 1.zip"]);
  const refused = await browser.get("/downloads?page=0");
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain("page");
});
