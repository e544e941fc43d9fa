import { test } from "../setup.ts";
import { expect } from "expect";
import { sql } from "../../db/sql.ts";
import { EXPORTS } from "../../routes/exports.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";
import { until } from "../until.ts";

/** Enough that an export is still being read from Postgres when its client has its first pieces: a batch has 500. */
const RUNS = 3000;
/** More than connections of pages. */
const READERS = 12;
/** Of pages. Set before the first connection is opened, which tells it to Postgres. */
const STATEMENT_TIMEOUT_MS = 1000;

Object.assign(sql.options.connection, {
  statement_timeout: STATEMENT_TIMEOUT_MS,
});
const first = await makeRun({ gamma: 0.1 });
await sql`
  insert into runs ${sql.unsafe(await copied())}`;

/** One run, often: everything but its own names. */
async function copied(): Promise<string> {
  const columns = await sql<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_name = 'runs' and table_schema = current_schema()
      and column_name not in ('id', 'source_id', 'folder_path') and is_generated = 'NEVER'`;
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  return `(source_id, folder_path, ${names}) select lpad(to_hex(n), 24, '0'), '/scan/run' || n, ${names}
    from runs, generate_series(1, ${RUNS - 1}) n where id = ${first.id}`;
}

test("clients that do not read their exports hold up no page, and get no more than four connections, two a user", async () => {
  const browsers = await Promise.all(
    Array.from(
      { length: READERS / 3 },
      async () => await Browser.of(await makeUser()),
    ),
  );
  const answers: Response[] = [];
  for (const browser of browsers) {
    for (let n = 0; n < 3; n++) answers.push(await browser.get("/runs.csv"));
  }
  const readers = answers.filter((a) => a.status === 200)
    .map((a) => a.body!.getReader());
  // A line of names, then the first batch.
  await Promise.all(readers.map((reader) => reader.read()));
  await Promise.all(readers.map((reader) => reader.read()));
  const page = await within(3000, browsers[0]!.get("/runs"));
  expect(page.status).toBe(200);
  expect(answers.map((a) => a.status)).toEqual(
    [200, 200, 429, 200, 200, 429, 503, 503, 503, 503, 503, 503],
  );
  expect(await connections()).toBe(4);
  const [tooMany, busy] = [answers[2]!, answers[6]!];
  for (const refused of [tooMany, busy]) {
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
  }
  expect(await tooMany.text()).toContain(
    "2 exports are being sent to you already. Please try again when one of them has ended.",
  );
  expect(await busy.text()).toContain("4 exports are being sent at the moment");
  await Promise.all(readers.map((reader) => reader.cancel()));
  const again = await browsers[2]!.get("/runs.csv");
  expect((await again.text()).split("\r\n").length).toBe(RUNS + 2);
});

test("an export that is read slowly, for longer than a page's statement may take, is whole", async () => {
  const browser = await Browser.of(await makeUser());
  const begun = Date.now();
  const pieces = (await browser.get("/runs.csv")).body!
    .pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await pieces.read();
    if (done) break;
    text += value;
    // The names, then six batches of 500; two or three of them are read ahead.
    await wait(STATEMENT_TIMEOUT_MS / 2);
  }
  expect(Date.now() - begun).toBeGreaterThan(3 * STATEMENT_TIMEOUT_MS);
  expect(text.split("\r\n").length).toBe(RUNS + 2);
});

test("an export whose client takes nothing any more is cut off, and its connection is free", async () => {
  const { stalled_ms } = EXPORTS;
  EXPORTS.stalled_ms = 300;
  try {
    const browser = await Browser.of(await makeUser());
    const readers = await Promise.all(
      [1, 2].map(async () =>
        (await browser.get("/runs.json")).body!.getReader()
      ),
    );
    for (const reader of readers) await reader.read();
    expect((await browser.get("/runs.json")).status).toBe(429);
    await until(async () => await connections("active") === 0, {
      what: "no export is read from Postgres",
    });
    await expect((async () => {
      while (!(await readers[0]!.read()).done);
    })()).rejects.toThrow("takes nothing any more");
    const next = await browser.get("/runs.json");
    expect((await next.json()).total).toBe(RUNS);
  } finally {
    EXPORTS.stalled_ms = stalled_ms;
  }
});

test("a user may ask for 30 exports a minute; a page of a search and HEAD are none that is sent", async () => {
  const browser = await Browser.of(await makeUser());
  for (let n = 0; n < 29; n++) {
    const answer = await browser.get(`/runs.csv?id=${first.id}`);
    expect(answer.status).toBe(200);
    await answer.text();
  }
  const head = await browser.request("/runs.csv", { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  const refused = await browser.get("/runs.json");
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect((await refused.json()).message).toContain("Too many requests");
  expect((await browser.get("/runs.json?page=1")).status).toBe(200);
});

/** Connections of exports, as Postgres sees them. */
async function connections(state: string | null = null): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and query like '%array_to_string%' and pid <> pg_backend_pid()
      and (${state}::text is null or state = ${state})`;
  return row.count;
}

function wait(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const late = wait(ms).then(() => {
    throw new Error(`Not within ${ms} ms`);
  });
  return await Promise.race([promise, late]);
}
