import { test } from "../../setup.ts";
import { expect } from "expect";
import { Buffer } from "node:buffer";
import { config } from "../../../config.ts";
import { findFamilies } from "../../../db/families/find.ts";
import { closeSource } from "../../../db/source/client.ts";
import { sql } from "../../../db/sql.ts";
import { getUser } from "../../../db/users.ts";
import { PUBLIC_COLUMNS } from "../../../physics/columns.ts";
import { Browser, makeUser } from "../../make.ts";
import { bytesOf, finishedDownload } from "../../make_download.ts";
import { makeRun } from "../../make_run.ts";
import { makeStoredRun } from "../../make_stored_run.ts";
import { noise } from "../../noise.ts";
import { PLASMA } from "../../plasma.ts";
import { problemOf, Program } from "../../program.ts";

const API = "http://localhost:8000/api/v1";
const CASE = { ...PLASMA, code: "GENE", stability: "unstable", mode: "ITG" };
const user = await makeUser();
const program = await Program.of(user);
const browser = await Browser.of(user);
const slow = await makeRun({ ...CASE, ky: 0.1, gamma: 0.1 });
const fast = await makeRun({
  ...CASE,
  ky: 0.3,
  gamma: 0.30000000000000004,
  folder_path: "/home/person/secret/scan/run",
}, { files: [] });
const hidden = await makeRun({ ...CASE, ky: 0.5, gamma: 0.5 });
await findFamilies();
await sql`update runs set hidden_at = now(), hidden_reason = 'embargo' where id = ${hidden.id}`;

// deno-lint-ignore no-explicit-any
type Any = any;

test("a search has the parameters of /runs and comes in pages that lead to one another", async () => {
  await sql`
    insert into runs (source_id, folder_path, run_suffix, detail, row_hash, kind, code, keywords, has, ky_values)
    select lpad(to_hex(n), 24, '0'), '/scan/run' || n, '', '{}', 'none', 'nonlinear', 'CGYRO', '{}', '{}', '{}'
    from generate_series(1, 60) n`;
  let address: string | null = "/api/v1/runs?code=CGYRO&size=25";
  const [ids, sizes] = [new Set<number>(), [] as number[]];
  while (address) {
    const page: Any = await program.json(address);
    expect(page.total).toBe(60);
    sizes.push(page.runs.length);
    for (const run of page.runs) ids.add(run.id);
    address = page.links.next;
  }
  expect([ids.size, sizes]).toEqual([60, [25, 25, 10]]);
  const second = await program.json("/api/v1/runs?code=CGYRO&page=2");
  expect(second.links).toEqual({
    self: `${API}/runs?code=CGYRO&page=2`,
    first: `${API}/runs?code=CGYRO`,
    prev: `${API}/runs?code=CGYRO`,
    next: `${API}/runs?code=CGYRO&page=3`,
    last: `${API}/runs?code=CGYRO&page=3`,
  });
  const past = await program.json("/api/v1/runs?code=CGYRO&page=9");
  expect([past.runs, past.links.next]).toEqual([[], null]);
  expect(past.links.prev).toBe(`${API}/runs?code=CGYRO&page=3`);
  const none = await program.json("/api/v1/runs?code=GS2");
  expect([none.total, none.runs, none.links.next]).toEqual([0, [], null]);
});

test("runs are those of /runs.json, with every column as it is stored", async () => {
  const query = "code=GENE&sort=gamma";
  const page = await program.json(`/api/v1/runs?${query}`);
  expect(page.runs.map((r: Any) => r.id)).toEqual([slow.id, fast.id]);
  // 0.1 + 0.2 in doubles: no digit may be lost.
  expect(page.runs[1].gamma).toBe(0.1 + 0.2);
  expect(Object.keys(page.runs[0]).sort()).toEqual(
    PUBLIC_COLUMNS.map((c) => c.key).sort(),
  );
  const site = await (await browser.get(`/runs.json?${query}&page=1`)).json();
  expect(page.runs).toEqual(site.runs);
  const few = await program.json(`/api/v1/runs?${query}&cols=ky,gamma`);
  expect(few.runs[0]).toEqual({ id: slow.id, ky: 0.1, gamma: 0.1 });
  const csv = await program.get(`/api/v1/runs.csv?${query}&cols=ky,gamma`);
  expect(csv.headers.get("Content-Type")).toContain("text/csv");
  expect(await csv.text()).toBe(
    "ky,gamma\r\n0.1,0.1\r\n0.3,0.30000000000000004\r\n",
  );
});

test("a run answers to both of its ids, with links that all lead somewhere", async () => {
  const one = await program.json(`/api/v1/runs/${fast.id}`);
  const other = await program.json(`/api/v1/runs/${fast.source_id}`);
  expect(other).toEqual(one);
  expect([one.run.id, one.run.gamma]).toEqual([fast.id, 0.1 + 0.2]);
  const { document, page, ...links } = one.links;
  expect(document).toBe(`${API}/runs/${fast.id}/document`);
  expect(page).toBe(`http://localhost:8000/runs/${fast.id}`);
  for (const link of Object.values(links) as string[]) {
    expect([link, (await program.get(link)).status]).toEqual([link, 200]);
  }
});

test("folders are whole for administrators only", async () => {
  const admin = await Program.of(await makeUser({ role: "admin" }));
  const path = `/api/v1/runs/${fast.id}`;
  expect((await program.json(path)).run.folder).toBe("scan/run");
  expect((await admin.json(path)).run.folder).toBe(
    "/home/person/secret/scan/run",
  );
  const list = await (await program.get("/api/v1/runs")).text();
  expect(list).not.toContain("secret");
});

test("families are those of the site", async () => {
  for (const family of ["spectra", "scans", "twins"]) {
    const here = await program.json(`/api/v1/${family}/${slow.id}`);
    const site = await (await browser.get(`/${family}/${slow.id}.json`)).json();
    expect(here).toEqual(site);
    const byId = `/api/v1/${family}/${slow.source_id}`;
    expect(await program.json(byId)).toEqual(here);
  }
  const spectrum = await program.json(`/api/v1/spectra/${slow.id}`);
  expect(spectrum.runs.map((r: Any) => r.id)).toEqual([slow.id, fast.id]);
  expect(spectrum.varies).toEqual(["ky"]);
});

test("hidden runs are not to be had in any way", async () => {
  const { id, source_id } = hidden;
  for (
    const path of [
      ...["", "/document", "/files", `/files/${"0".repeat(24)}`].flatMap((
        p,
      ) => [
        `runs/${id}${p}`,
        `runs/${source_id}${p}`,
      ]),
      ...["spectra", "scans", "twins"].map((f) => `${f}/${id}`),
    ]
  ) {
    const answer = await program.get(`/api/v1/${path}`);
    expect([path, answer.status]).toEqual([path, 404]);
  }
  const search = await program.json(`/api/v1/runs?id=${id}`);
  expect(search.total).toBe(0);
  const csv = await (await program.get(`/api/v1/runs.csv?id=${id}`)).text();
  expect(csv.trim().split("\r\n").length).toBe(1);
});

test("document and files of a run are those of the source", async () => {
  const nrg = noise(3000);
  const run = await makeStoredRun({
    files: { nrg, parameters: "dangling" },
  });
  const document = await program.json(`/api/v1/runs/${run.id}/document`);
  expect(document._id).toBe(run.source_id);
  expect(document).toEqual(
    await (await browser.get(`/runs/${run.id}.json`)).json(),
  );
  const { files } = await program.json(`/api/v1/runs/${run.id}/files`);
  expect(
    files.map((f: Any) => [f.key, f.block, f.bytes, f.state, f.href === null]),
  ).toEqual([
    ["nrg", "Files", 3000, "ok", false],
    ["parameters", "Files", null, "dangling", true],
  ]);
  const answer = await program.get(files[0].href);
  expect(answer.headers.get("Content-Length")).toBe("3000");
  expect(Buffer.compare(await bytesOf(answer), nrg)).toBe(0);
  const gone = await program.get(
    `/api/v1/runs/${run.id}/files/${files[1].id}`,
  );
  expect((await problemOf(gone)).status).toBe(410);

  await closeSource();
  const url = config.MONGO_URL;
  config.MONGO_URL = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200";
  try {
    const away = await program.get(`/api/v1/runs/${run.id}/document`);
    expect(away.headers.get("Retry-After")).not.toBe(null);
    expect((await problemOf(away)).status).toBe(503);
    expect((await program.get(`/api/v1/runs/${run.id}`)).status).toBe(200);
  } finally {
    config.MONGO_URL = url;
    await closeSource();
  }
});

test("downloads are a user's own, and their archive comes whole or in parts", async () => {
  const { id, bytes, userId, browser: owner } = await finishedDownload();
  const own = await Program.of((await getUser(userId))!);
  const list = await own.json("/api/v1/downloads");
  expect(list.downloads.length).toBe(1);
  expect(list.links.next).toBe(null);
  const download = await own.json(`/api/v1/downloads/${id}`);
  expect(list.downloads[0]).toEqual(download);
  const site = await (await owner.get(`/downloads/${id}.json`)).json();
  expect(download).toMatchObject({ ...site, state: "ready" });
  const { archive } = download.links;
  const whole = await own.get(archive);
  expect(Buffer.compare(await bytesOf(whole), bytes)).toBe(0);
  const part = await own.get(archive, { Range: "bytes=10-19" });
  expect(part.status).toBe(206);
  expect(Buffer.compare(await bytesOf(part), bytes.subarray(10, 20))).toBe(0);
  const head = await own.request(archive, { method: "HEAD" });
  expect(head.headers.get("Content-Length")).toBe(String(bytes.length));

  expect((await program.json("/api/v1/downloads")).downloads).toEqual([]);
  for (const path of [`/api/v1/downloads/${id}`, archive]) {
    expect((await problemOf(await program.get(path))).status).toBe(404);
  }
  await sql`update archives set expires_at = now() - interval '1 s'`;
  expect((await problemOf(await own.get(archive))).status).toBe(410);
  const after = await own.json(`/api/v1/downloads/${id}`);
  expect([after.state, after.links.archive]).toEqual(["expired", null]);
});

test("columns name their unit, and values are of the type that is named", async () => {
  const { columns } = await program.json("/api/v1/columns");
  const by = Object.fromEntries(columns.map((c: Any) => [c.key, c]));
  expect(by.gamma).toMatchObject({ unit: "v_ref/R_0", type: "number" });
  expect(by.ky).toMatchObject({ unit: "1/ρ_ref", type: "number" });
  expect(by.q).toMatchObject({ unit: null, type: "number" });
  expect(by.uploaded_at.type).toBe("date-time");
  expect(by.n_species.type).toBe("integer");
  expect(by.electromagnetic.type).toBe("boolean");
  expect(by.keywords.type).toBe("array");
  const { run } = await program.json(`/api/v1/runs/${fast.id}`);
  for (const [key, value] of Object.entries(run)) {
    if (value === null) continue;
    const is = Array.isArray(value) ? "array" : typeof value;
    const said = by[key].type.replace("integer", "number")
      .replace("date-time", "string");
    expect([key, is]).toEqual([key, said]);
  }
});
