import { test } from "../setup.ts";
import { expect } from "expect";
import { Buffer } from "node:buffer";
import { config } from "../../config.ts";
import { sql } from "../../db/sql.ts";
import { Browser } from "../make.ts";
import { bytesOf, finishedDownload } from "../make_download.ts";

test("GET /downloads/:id/archive answers ranges", async () => {
  const { browser, where, bytes } = await finishedDownload();
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
  const { browser, where, bytes } = await finishedDownload();
  const answer = await browser.request(`${where}/archive`, { method: "HEAD" });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("Content-Length")).toBe(String(bytes.length));
  expect(await bytesOf(answer)).toHaveLength(0);
});

test("GET /downloads/:id/archive hands the file to Caddy when told to", async () => {
  const { browser, where, id } = await finishedDownload();
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

test("an expired archive is gone for its owner, deleted or not", async () => {
  const { browser, where, id } = await finishedDownload();
  await sql`update archives set expires_at = now() where id = (select archive_id from downloads where id = ${id})`;
  expect((await browser.get(`${where}/archive`)).status).toBe(410);
  expect(await (await browser.get(`${where}.json`)).json()).toMatchObject({
    state: "expired",
  });
  expect(await (await browser.get(where)).text()).toContain("Try again");
});

test("a signed link opens the archive without log-in until a newer one is made or the owner is suspended", async () => {
  const { browser, where, bytes, userId } = await finishedDownload();
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
