import { test } from "../setup.ts";
import { expect } from "expect";
import { findFamilies } from "../../db/families/find.ts";
import { sql } from "../../db/sql.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun, type RunValues } from "../make_run.ts";
import { PLASMA } from "../plasma.ts";

const CASE: RunValues = {
  ...PLASMA,
  code: "GENE",
  RLTi: 6,
  omega: 0.3,
  stability: "unstable",
  convergence: "yes",
};

const browser = await Browser.of(await makeUser());
const low = await make({ ky: 0.1, gamma: 0.1 });
const high = await make({ ky: 0.3, gamma: 0.2 });
const steep = await make({ ky: 0.3, gamma: 0.6, RLTi: 9, code: "GS2" });
const backward = await make({ ky: 0.3, gamma: 0.6, omega: -0.3, q: 1.4005 });
const hidden = await make({ ky: 0.5 });
await sql`update runs set hidden_at = now() where id = ${hidden}`;
await findFamilies();

test("/compare lays spectra over one another and says what differs, in words", async () => {
  const page = await text(`/compare?run=${high}&run=${steep}`);
  expect(page).toContain("Compare 2 runs");
  expect(page.match(/<svg[^>]*role="img"/g)).toHaveLength(2);
  expect(page).toContain(`Run ${high} peaks at γ = 0.2, ky = 0.3`);
  expect(page).toContain(`Run ${high}, GENE`);
  expect(page).toContain(`Run ${steep}, GS2`);
  const rows = tableRows(page);
  // (9 - 6)/9
  expect(rows.get("R/LTi")).toContain("33 % apart");
  expect(rows.get("γ")).toContain("3 times as large");
  expect(rows.get("code")).toContain("different");
  expect(rows.has("|q|")).toBe(false);
  expect(page).not.toMatch(/\sstyle=|<script>|person/);
});

test("/compare with all=1 shows what is equal, too, and leads back", async () => {
  const address = `/compare?run=${high}&run=${steep}`;
  const page = await text(`${address}&all=1`);
  expect(tableRows(page).has("|q|")).toBe(true);
  expect(page).toContain(
    `href="${address.replaceAll("&", "&amp;")}">Only what differs`,
  );
});

test("/compare names signs, rounding and what is missing", async () => {
  const page = await text(`/compare?run=${high}&run=${backward}&run=${low}`);
  const rows = tableRows(page);
  expect(rows.get("ω")).toContain("opposite signs");
  expect(rows.get("|q|")).toContain("equal but for 0.0357 %");
});

test("/compare removes a run by a link", async () => {
  const page = await text(`/compare?run=${high}&run=${steep}`);
  expect(page).toMatch(
    new RegExp(
      `href="/compare\\?run=${steep}"[^>]*aria-label="Remove run ${high}"`,
    ),
  );
  expect((await browser.get(`/compare?run=${steep}`)).status).toBe(200);
});

test("/compare.csv holds full numbers, a column for each run", async () => {
  const csv = await text(`/compare.csv?run=${high}&run=${backward}`);
  const lines = csv.trimEnd().split("\r\n");
  expect(lines[0]).toBe(
    `column,name,unit,difference,run ${high},run ${backward}`,
  );
  expect(lines.find((l) => l.startsWith("q,"))).toBe(
    "q,Safety factor,,equal but for 0.0357 %,1.4,1.4005",
  );
});

test("/compare/plots sends the common plots as files", async () => {
  const query = `run=${high}&run=${steep}`;
  const csv = await text(`/compare/plots/spectrum.csv?${query}`);
  // The spectrum of the first run has two runs, that of the second one.
  expect(csv.trimEnd().split("\r\n")).toHaveLength(1 + 3 + 0);
  const svg = await browser.get(`/compare/plots/spectrum.svg?${query}`);
  expect(svg.headers.get("Content-Type")).toContain("image/svg+xml");
  expect(svg.headers.get("Content-Security-Policy")).toContain("sandbox");
  const none = await browser.get(`/compare/plots/trace.csv?${query}`);
  expect(none.status).toBe(404);
});

test("/compare refuses more than eight runs, unknown ones and other parameters, in words", async () => {
  const nine = Array.from({ length: 9 }, (_, k) => `run=${k + 1}`).join("&");
  const many = await browser.get(`/compare?${nine}`);
  expect(many.status).toBe(400);
  expect(await many.text()).toContain("at most 8 runs");
  for (const id of [999999, hidden]) {
    const unknown = await browser.get(`/compare?run=${high}&run=${id}`);
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain(`Run ${id} is not in the catalogue`);
  }
  for (const query of ["run=abc", "run=0", "all=2", "foo=1"]) {
    expect((await browser.get(`/compare?${query}`)).status).toBe(400);
  }
});

test("/compare without runs says how to pick some", async () => {
  expect(await text("/compare")).toContain("Tick up to 8 runs");
});

test("/compare is for members, and the basket leads to it", async () => {
  const stranger = await Browser.of(null);
  expect((await stranger.get(`/compare?run=${high}`)).status).toBe(303);
  await browser.post("/basket", { run: [String(high), String(steep)] });
  expect(await text("/basket")).toContain(
    `/compare?run=${high}&amp;run=${steep}`,
  );
});

test("/compare gives eight runs eight looks", async () => {
  const ids = [];
  for (let k = 0; k < 8; k++) {
    ids.push(await make({ q: 2 + k, ky: 0.2, gamma: 0.1 }));
  }
  const page = await text(`/compare?${ids.map((id) => `run=${id}`).join("&")}`);
  const looks = new Set(page.match(/class="sample s\d/g));
  expect(looks.size).toBe(8);
});

async function make(values: RunValues): Promise<number> {
  return (await makeRun({ ...CASE, ...values }, { wavevectors: [] })).id;
}

async function text(path: string): Promise<string> {
  const response = await browser.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return await response.text();
}

/** Rows of the table as plain text, by their first cell without its unit. */
function tableRows(page: string): Map<string, string> {
  const rows = [
    ...page.matchAll(/<tr[^>]*><th scope="row"[^>]*>(.*?)<\/th>(.*?)<\/tr>/gs),
  ];
  return new Map(rows.map(([, head, cells]) => [
    plain(head!.replace(/<small.*/s, "")),
    plain(cells!),
  ]));
}

function plain(html: string): string {
  return html.replaceAll(/<[^>]*>/g, "").trim();
}
