import { test } from "../setup.ts";
import { expect } from "expect";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { config } from "../../config.ts";
import { sql } from "../../db/sql.ts";
import { runJobs } from "../jobs.ts";
import { Browser, makeUser } from "../make.ts";
import { makeStoredRun, type StoredRun } from "../make_stored_run.ts";
import { noise } from "../noise.ts";

const ONLY_BUILD = { names: ["build_archive" as const] };

test("POST /downloads leads to a page and a file with every header that programs need", async () => {
  const { browser, where, bytes } = await finished();
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

test("GET /downloads/:id/archive answers ranges", async () => {
  const { browser, where, bytes } = await finished();
  const size = bytes.length;
  const etag = (await browser.get(`${where}/archive`)).headers.get("ETag")!;
  const ask = (headers: HeadersInit) =>
    browser.get(`${where}/archive`, headers);
  for (
    const [range, from, to] of [
      ["bytes=100-199", 100, 200],
      [`bytes=${size - 10}-`, size - 10, size],
      ["bytes=-7", size - 7, size],
      [`bytes=0-${size + 5}`, 0, size],
    ] as const
  ) {
    const part = await ask({ Range: range, "If-Range": etag });
    expect([range, part.status]).toEqual([range, 206]);
    expect(part.headers.get("Content-Range")).toBe(
      `bytes ${from}-${to - 1}/${size}`,
    );
    expect(Buffer.compare(await bytesOf(part), bytes.subarray(from, to))).toBe(
      0,
    );
  }
  const modified = (await ask({})).headers.get("Last-Modified")!;
  const statuses = [];
  for (
    const headers of [
      { Range: `bytes=${size}-` },
      { Range: "bytes=1-2", "If-Range": '"stale"' },
      { Range: "bytes=1-2", "If-Range": modified },
      { Range: "bytes=1-2,5-6" },
      { Range: "lines=1-2" },
      { "If-None-Match": etag },
    ] as HeadersInit[]
  ) statuses.push((await ask(headers)).status);
  expect(statuses).toEqual([416, 200, 206, 200, 200, 304]);
});

test("HEAD /downloads/:id/archive answers as GET without a body", async () => {
  const { browser, where, bytes } = await finished();
  const answer = await browser.request(`${where}/archive`, { method: "HEAD" });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Content-Length")).toBe(String(bytes.length));
  expect(await bytesOf(answer)).toHaveLength(0);
});

test("GET /downloads/:id/archive hands the file to Caddy when told to", async () => {
  const { browser, where, id } = await finished();
  config.X_ACCEL = true;
  try {
    const answer = await browser.get(`${where}/archive`);
    const [{ archive_id }] = await sql<
      [{ archive_id: string }]
    >`select archive_id from downloads where id = ${id}`;
    expect(answer.headers.get("X-Accel-Redirect")).toBe(`/${archive_id}.zip`);
    expect(answer.headers.get("Repr-Digest")).toMatch(/^sha-256=:/);
    expect(await bytesOf(answer)).toHaveLength(0);
  } finally {
    config.X_ACCEL = false;
  }
});

test("another's download looks like one that does not exist", async () => {
  const { where, id } = await finished();
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

test("an expired archive is gone for its owner", async () => {
  const { browser, where, id } = await finished();
  await sql`update archives set state = 'expired' where id = (select archive_id from downloads where id = ${id})`;
  expect((await browser.get(`${where}/archive`)).status).toBe(410);
  expect(await (await browser.get(where)).text()).toContain("Try again");
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

test("a signed link opens the archive without log-in until a newer one is made or the owner is suspended", async () => {
  const { browser, where, bytes, userId } = await finished();
  const anybody = await Browser.of(null);
  expect((await browser.post(`${where}/link`, {})).status).toBe(303);
  const link = /\/a\/[\w.-]+/.exec(await (await browser.get(where)).text())![0];
  const answer = await anybody.get(link);
  expect([answer.status, Buffer.compare(await bytesOf(answer), bytes)]).toEqual(
    [200, 0],
  );
  expect((await anybody.get(link.slice(0, -2) + "xx")).status).toBe(404);
  await browser.post(`${where}/link`, {});
  expect((await anybody.get(link)).status).toBe(404);
  const newer =
    /\/a\/[\w.-]+/.exec(await (await browser.get(where)).text())![0];
  expect((await anybody.get(newer)).status).toBe(200);
  await sql`update users set state = 'suspended' where id = ${userId}`;
  expect((await anybody.get(newer)).status).toBe(404);
});

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

/** A user with a finished download. */
async function finished(run?: StoredRun) {
  const user = await makeUser();
  const browser = await Browser.of(user);
  const { id } = run ??
    await makeStoredRun({
      files: { nrg: noise(300_000), parameters: noise(10) },
    });
  const answer = await browser.post("/downloads", { run: String(id) });
  const where = answer.headers.get("Location")!;
  await runJobs(ONLY_BUILD);
  const bytes = await bytesOf(await browser.get(`${where}/archive`));
  return {
    browser,
    where,
    id: where.split("/").pop()!,
    bytes,
    userId: user.id,
  };
}

async function bytesOf(answer: Response): Promise<Uint8Array> {
  return new Uint8Array(await answer.arrayBuffer());
}

async function* readEvents(answer: Response): AsyncGenerator<string, void> {
  let text = "";
  for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const events = text.split("\n\n");
    text = events.pop()!;
    yield* events.filter((e) => !e.startsWith(":"));
  }
}
