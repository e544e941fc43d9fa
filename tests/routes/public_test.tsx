import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { sql } from "../../db/sql.ts";
import { PUBLIC_COLUMNS } from "../../physics/columns.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";

const PAGES = ["/", "/about", "/getting-started", "/glossary"];

const visitor = await Browser.of(null);
const member = await Browser.of(await makeUser());
for (const code of ["GENE", "GENE", "CGYRO"]) await makeRun({ code });
await makeRun({ code: "GENE", kind: "nonlinear", device: "DIII-D" });
const hidden = await makeRun({ code: "SECRET" });
await sql`update runs set hidden_at = now() where id = ${hidden.id}`;

async function read(browser: Browser, path: string): Promise<string> {
  const answer = await browser.get(path);
  expect(answer.status).toBe(200);
  return await answer.text();
}

function occurrences(html: string, pattern: RegExp): number {
  return [...html.matchAll(pattern)].length;
}

for (const path of PAGES) {
  test(`GET ${path} is a page for everybody, with one h1 and nothing that the policy refuses`, async () => {
    const html = await read(visitor, path);
    expect(html).toMatch(/<html lang="en"\s*>/);
    expect(html).toMatch(/<title>[^<]+ - MGKDB<\/title>/);
    expect(occurrences(html, /<h1\b/g)).toBe(1);
    expect(html).toContain('<a class="skip" href="#main">');
    expect(html).not.toMatch(/\sstyle=|<style|\shx-on|"js:/);
    expect(occurrences(html, /<script(?![^>]* src=)/g)).toBe(0);
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]);
    expect(ids.length).toBe(new Set(ids).size);
  });
}

test("GET / counts runs by code and kind, without hidden ones", async () => {
  const html = await read(visitor, "/");
  const cells = (code: string) =>
    html.match(new RegExp(`${code}</th>(.*?)<svg`))![1]!
      .replaceAll(/<[^>]+>/g, " ").trim().split(/\s+/);
  expect(cells("GENE")).toEqual(["2", "1", "0", "3"]);
  expect(cells("CGYRO")).toEqual(["1", "0", "0", "1"]);
  expect(html).toContain("4 runs of 2 codes for 1 device");
  expect(html).not.toContain("SECRET");
});

test("GET / shows runs to members only, the others the way to an account", async () => {
  const outside = await read(visitor, "/");
  expect(outside).not.toContain("Newest runs");
  expect(outside).toContain('href="/register"');
  const inside = await read(member, "/");
  expect(inside).toContain("Newest runs");
  expect(inside).toMatch(/href="\/runs\/\d+"/);
  expect(inside).not.toContain(`href="/runs/${hidden.id}"`);
  const pending = await Browser.of(await makeUser({ state: "pending" }));
  expect(await read(pending, "/")).not.toContain("Newest runs");
});

test("every example on the front page is a search that works", async () => {
  const html = await read(member, "/");
  const examples = [...html.matchAll(/href="(\/runs\?[^"]+)"/g)]
    .map((m) => m[1]!.replaceAll("&amp;", "&"));
  expect(examples.length).toBe(3);
  for (const address of examples) {
    expect([address, (await member.get(address)).status]).toEqual([
      address,
      200,
    ]);
  }
});

test("GET /glossary has every public column under its own anchor", async () => {
  const html = await read(visitor, "/glossary");
  for (const { key } of PUBLIC_COLUMNS) {
    expect(html).toContain(`<tr id="col-${key}">`);
  }
  expect(occurrences(html, /<tr id="col-/g)).toBe(PUBLIC_COLUMNS.length);
});

test("GET /getting-started names this site's own address and columns that exist", async () => {
  const html = await read(visitor, "/getting-started");
  expect(html).toContain(`${config.BASE_URL}/runs.csv?`);
  const keys = [...html.matchAll(/run\[&quot;(\w+)&quot;\]/g)].map((m) => m[1]);
  expect(keys.length).toBeGreaterThan(2);
  for (const key of keys) {
    expect(PUBLIC_COLUMNS.map((c) => c.key)).toContain(key);
  }
});

test("the header leads each role to its own parts and marks where it is", async () => {
  const outside = await read(visitor, "/glossary");
  expect(outside).toContain('<a href="/glossary" aria-current="page">');
  expect(outside).not.toContain('href="/downloads"');
  const approver = await Browser.of(await makeUser({ role: "approver" }));
  expect(await read(approver, "/about")).toContain('href="/admin/users"');
  const admin = await Browser.of(await makeUser({ role: "admin" }));
  expect(await read(admin, "/about")).toContain('href="/admin"');
  expect(await read(member, "/about")).not.toContain('href="/admin');
});

test("a chosen theme is drawn by the server", async () => {
  const user = await makeUser();
  await sql`update users set theme = 'dark' where id = ${user.id}`;
  const html = await read(await Browser.of(user), "/about");
  expect(html).toContain('data-theme="dark"');
  expect(html).toMatch(/value="dark"[^>]*aria-pressed="true"/);
});

test("robots and favicons are answered without an account", async () => {
  expect(await read(visitor, "/robots.txt")).toContain("Disallow: /");
  expect((await visitor.get("/favicon.ico")).status).toBe(301);
});

test("every static file that a page names exists and may be kept", async () => {
  const html = await read(visitor, "/");
  const addresses = [...html.matchAll(/"(\/static\/[^"]+)"/g)].map((m) =>
    m[1]!
  );
  expect(addresses.length).toBeGreaterThan(5);
  for (const address of addresses) {
    const answer = await visitor.get(address);
    await answer.body?.cancel();
    expect([address, answer.status]).toEqual([address, 200]);
    expect(answer.headers.get("Cache-Control")).toContain("immutable");
  }
});

test("a static file is kept for ever only under the digest of its content, an error never", async () => {
  const kept = async (browser: Browser, address: string) => {
    const answer = await browser.get(address);
    await answer.body?.cancel();
    return [answer.status, answer.headers.get("Cache-Control")];
  };
  const bytes = await Deno.readFile(
    new URL("../../static/robots.txt", import.meta.url),
  );
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
    .toHex().slice(0, 10);
  const for5Minutes = [200, "public, max-age=300"];
  for (const query of ["", "?v=", "?v=1", `?v=${digest}0`]) {
    expect(await kept(visitor, `/static/robots.txt${query}`))
      .toEqual(for5Minutes);
  }
  expect(await kept(visitor, `/static/robots.txt?v=${digest}`))
    .toEqual([200, "public, max-age=31536000, immutable"]);
  expect(await kept(visitor, "/static/none.css?v=1")).toEqual([404, null]);
  expect(await kept(member, "/static/none.css?v=1")).toEqual([404, "no-store"]);
});

test("styles ask for no image that the policy refuses, and every one they ask for exists", async () => {
  for (const name of ["pico-2.1.1.min.css", "app.css", "pages.css"]) {
    const css = await read(visitor, `/static/${name}`);
    expect(css).not.toContain("data:");
    for (const [, path] of css.matchAll(/url\("?([^")]+)"?\)/g)) {
      const answer = await visitor.get(`/static/${path}`);
      await answer.body?.cancel();
      expect([path, answer.status]).toEqual([path, 200]);
    }
  }
});
