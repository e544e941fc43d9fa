import { test } from "../setup.ts";
import { expect } from "expect";
import { findFamilies } from "../../db/families/find.ts";
import { sql } from "../../db/sql.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";

const CASE = { code: "GENE", user: "jsmith", ky: 0.3, gamma: 0.2, q: 1.4 };
const DETAIL = {
  wavevectors: [],
  tags: { publications: ["10.1063/1.873896"] },
};
const browser = await Browser.of(await makeUser());
const first = await makeRun({ ...CASE, RLTi: 4 }, DETAIL);
const second = await makeRun(
  {
    ...CASE,
    RLTi: 6,
    user: "lee",
    folder_path: "/u/person/b",
    run_suffix: "_2",
  },
  DETAIL,
);
const third = await makeRun({ ...CASE, RLTi: 8 }, DETAIL);
await findFamilies();

async function get(path: string) {
  const response = await browser.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return { response, text: await response.text() };
}

test("/runs/:id.bib, .ris and .datacite.json cite a run", async () => {
  const bib = await get(`/runs/${first.id}.bib`);
  expect(bib.response.headers.get("Content-Type")).toContain("bibtex");
  expect(bib.text).toContain("author = {{jsmith}}");
  expect(bib.text).toContain(`url = {http://localhost:8000/runs/${first.id}}`);
  expect(bib.text).toContain(first.source_id);
  const ris = await get(`/runs/${first.id}.ris`);
  expect(ris.text).toContain("AU  - jsmith\r\n");
  const json = JSON.parse(
    (await get(`/runs/${first.id}.datacite.json`)).text,
  );
  expect(json.relatedIdentifiers[0].relatedIdentifier).toBe(
    "10.1063/1.873896",
  );
});

test("a citation by MongoDB id leads to the run's number; unknown and hidden runs have none", async () => {
  const led = await browser.get(`/runs/${first.source_id}.bib`);
  expect(led.headers.get("Location")).toBe(`/runs/${first.id}.bib`);
  const hidden = await makeRun(CASE, DETAIL);
  await sql`update runs set hidden_at = now() where id = ${hidden.id}`;
  for (const name of ["999999", "0", String(hidden.id), hidden.source_id]) {
    expect((await browser.get(`/runs/${name}.ris`)).status).toBe(404);
  }
  expect((await (await Browser.of(null)).get(`/runs/${first.id}.bib`)).status)
    .toBe(303);
});

test("/scans/:id.bib cites all runs of the scan, and its page shows it", async () => {
  const { text } = await get(`/scans/${first.id}.bib`);
  expect(text).toContain("author = {{jsmith} and {lee}}");
  expect(text).toContain("scan of R/LTi: 3 GENE runs");
  for (const run of [first, second, third]) {
    expect(text).toContain(run.source_id);
  }
  const page = await get(`/scans/${first.id}`);
  expect(page.text).toContain(`/scans/${first.id}.ris?varied=RLTi`);
  const alone = await makeRun({ q: 9 }, DETAIL);
  expect((await browser.get(`/scans/${alone.id}.bib`)).status).toBe(404);
});

test("/basket.bib and its like cite every picked run", async () => {
  await browser.post("/basket", {
    run: [String(first.id), String(third.id)],
  });
  const { text } = await get("/basket.bib");
  expect(text.match(/^@misc/gm)).toHaveLength(2);
  expect(JSON.parse((await get("/basket.datacite.json")).text)).toHaveLength(2);
});

test("/runs/by-key leads to the run that a folder and suffix name now", async () => {
  const led = await browser.get("/runs/by-key?folder=/u/person/b&suffix=_2");
  expect(led.headers.get("Location")).toBe(`/runs/${second.id}`);
  expect((await browser.get("/runs/by-key?folder=/u/person/b")).status).toBe(
    404,
  );
  expect((await browser.get("/runs/by-key")).status).toBe(400);
});
