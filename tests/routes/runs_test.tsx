import { test } from "../setup.ts";
import { expect } from "expect";
import { findFamilies } from "../../db/families/find.ts";
import { sql } from "../../db/sql.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";

const FRAGMENT = { "HX-Request": "true", "HX-Request-Type": "partial" };
/** Text that does harm where it is not escaped. */
const HOSTILE = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `<a hx-get="/account" hx-trigger="load">x</a>`,
  `</title><svg onload=alert(1)>`,
  `javascript:alert(1)`,
  `&lt;b&gt;&amp;`,
];
const HARM = /<script>alert|<img src=x|<svg onload|<a hx-get="\/account"/;

const researcher = await Browser.of(await makeUser());
const admin = await Browser.of(await makeUser({ role: "admin" }));
const itg = await makeRun({
  code: "GENE",
  kind: "linear",
  q: 1.4,
  gamma: 0.21345678,
  ky: 0.3,
  comments: "Cyclone base case",
  keywords: ["itg", "cbc"],
});
const etg = await makeRun({
  code: "CGYRO",
  kind: "linear",
  q: 3.4,
  gamma: 2.5,
  ky: 20,
  comments: "=1+1",
});
await makeRun({ code: "TGLF", kind: "nonlinear", collection: "nonlinear" });

test("GET /runs shows every run, with links that sort and filter", async () => {
  const response = await researcher.get("/runs");
  expect(response.status).toBe(200);
  const page = await response.text();
  expect(page).toContain("3 runs");
  expect(page).toContain(`<a href="/runs/${itg.id}">`);
  expect(page).toContain("/runs?sort=-gamma");
  expect(page).toContain('title="0.21345678"');
  expect(page).toContain(">0.213<");
});

test("GET /runs filters, names the filters as chips and keeps values in the form", async () => {
  const page = await (await researcher.get("/runs?code=GENE&q_max=2")).text();
  expect(page).toContain("1 run<");
  expect(page.replaceAll(/<[^>]+>/g, "")).toMatch(
    /Remove filter:\s+code: GENE/,
  );
  expect(page).toContain('href="/runs?q_max=2"');
  expect(page).toContain('name="q_max" value="2"');
  expect(page).not.toContain(`/runs/${etg.id}"`);
});

test("GET /runs marks the column it is sorted by", async () => {
  const page = await (await researcher.get("/runs?sort=-gamma")).text();
  expect(page).toContain('aria-sort="descending"');
  expect(page.indexOf(`id="run-${etg.id}"`)).toBeLessThan(
    page.indexOf(`id="run-${itg.id}"`),
  );
  expect(page).toContain('<input type="hidden" name="sort" value="-gamma"');
});

test("GET /runs with empty fields redirects to the address without them", async () => {
  const response = await researcher.get(
    "/runs?text=&q_max=2&code=GENE&q_min=&page=1&size=25",
  );
  expect(response.status).toBe(303);
  expect(response.headers.get("Location")).toBe("/runs?code=GENE&q_max=2");
});

test("GET /runs refuses what it does not know, by name", async () => {
  for (
    const [query, name] of [
      ["q_min=abc", "q_min"],
      ["nosuch=1", "nosuch"],
      ["q_min=3&q_max=2", "q_max"],
      ["input=SAT_RULE", "input"],
      ["units=furlongs", "units"],
    ] as const
  ) {
    for (const path of ["/runs", "/runs.json", "/runs.csv"]) {
      const response = await researcher.get(`${path}?${query}`);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(name);
    }
  }
});

test("GET /runs past the end is empty, not an error", async () => {
  const response = await researcher.get("/runs?page=999");
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("There is nothing on this page");
});

test("GET /runs without a match says what to leave out", async () => {
  const page = await (await researcher.get("/runs?code=GENE&q_min=3")).text();
  expect(page).toContain("No run matches");
  expect(page).toContain("Without");
  expect(page).toContain('href="/runs?code=GENE"');
});

test("GET /runs sends htmx the results and the new counts of the facets", async () => {
  const response = await researcher.get("/runs?q_max=&code=GENE&page=1", {
    ...FRAGMENT,
    "HX-Source": "form#filters",
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("HX-Push-Url")).toBe("/runs?code=GENE");
  expect(response.headers.get("Vary")).toContain("HX-Request-Type");
  const body = await response.text();
  expect(body.startsWith('<section id="results"')).toBe(true);
  expect(body).toContain('<hx-partial hx-target="#facet-code"');
  expect(body).not.toContain('<form id="filters"');
  expect(body).toContain("<title>");
});

test("GET /runs sends htmx the whole form when something else was followed", async () => {
  const response = await researcher.get("/runs?code=GENE", {
    ...FRAGMENT,
    "HX-Source": "a#chip-0",
  });
  const body = await response.text();
  expect(body).toContain('<hx-partial hx-target="#filters"');
  expect(body).toContain('<form id="filters"');
});

test("GET /runs gives a page when the browser goes back", async () => {
  const response = await researcher.get("/runs?code=GENE", {
    ...FRAGMENT,
    "HX-Request-Type": "full",
    "HX-History-Restore-Request": "true",
  });
  expect(await response.text()).toContain("<html");
});

test("GET /runs pushes no address for a refused filter", async () => {
  const response = await researcher.get("/runs?q_min=x", FRAGMENT);
  expect(response.status).toBe(400);
  expect(response.headers.get("HX-Push-Url")).toBeNull();
});

test("GET /runs.json gives all columns at full precision", async () => {
  const response = await researcher.get("/runs.json?kind=linear&sort=gamma");
  const body = await response.json();
  expect(body.total).toBe(2);
  expect(body.unreadable).toBe(0);
  expect(body.runs.map((r: { id: number }) => r.id)).toEqual([itg.id, etg.id]);
  const [run] = body.runs;
  expect(run.gamma).toBe(0.21345678);
  expect(run.keywords).toEqual(["itg", "cbc"]);
  expect(run.RLTi).toBeNull();
  expect("confidence_raw" in run).toBe(true);
  expect("ky_values" in run).toBe(false);
});

test("GET /runs.json gives one page when it is asked for", async () => {
  const body = await (await researcher.get("/runs.json?page=2&size=25")).json();
  expect(body.total).toBe(3);
  expect(body.runs).toEqual([]);
});

test("GET /runs.json counts unreadable documents and says how old it is", async () => {
  const reason = { source_id: "x", collection: "linear", reason: "no key" };
  await sql`insert into unreadable_documents ${sql(reason)}`;
  await sql`
    insert into sync_passes (kind, extractor_version, started_at, finished_at)
    values ('full', '1', '2026-11-24T10:00:00Z', now())`;
  const body = await (await researcher.get("/runs.json")).json();
  expect(body.unreadable).toBe(1);
  expect(body.as_of).toBe("2026-11-24T10:00:00.000Z");
  await sql`delete from unreadable_documents`;
});

test("GET /runs.csv gives a line per run and disarms formulas", async () => {
  const response = await researcher.get("/runs.csv?sort=gamma&kind=linear");
  expect(response.headers.get("Content-Type")).toContain("text/csv");
  const lines = (await response.text()).trimEnd().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain("RLTi");
  expect(lines[2]).toContain("'=1+1");
  const picked = await researcher.get(
    "/runs.csv?kind=linear&cols=id,gamma&sort=gamma",
  );
  expect(await picked.text()).toBe(
    `id,gamma\r\n${itg.id},0.21345678\r\n${etg.id},2.5\r\n`,
  );
});

test("search draws hostile text as text", async () => {
  for (const text of HOSTILE) {
    await makeRun({ code: text, comments: text, keywords: [text], user: text });
  }
  const cols = "cols=code,comments,keywords,user";
  const page = await (await researcher.get(`/runs?${cols}`)).text();
  expect(page).toContain("&lt;script&gt;alert(1)");
  expect(page).not.toMatch(HARM);
  for (const text of HOSTILE) {
    const q = encodeURIComponent(text);
    const found = await researcher.get(
      `/runs?code=${q}&text=${q}&keyword=${q}`,
    );
    expect(found.status).toBe(200);
    expect(await found.text()).not.toMatch(HARM);
  }
  await sql`delete from runs where "user" is not null`;
});

test("folder is whole for admins only, and not to be searched by others", async () => {
  const { id } = await makeRun({ folder_path: "/home/somebody/scans/a/ky_1" });
  const folder = async (browser: Browser) =>
    (await (await browser.get(`/runs.json?id=${id}`)).json()).runs[0].folder;
  expect(await folder(researcher)).toBe("a/ky_1");
  expect(await folder(admin)).toBe("/home/somebody/scans/a/ky_1");
  const text = await (await researcher.get("/runs.json?text=somebody")).json();
  expect(text.total).toBe(0);
});

test("search is for approved accounts", async () => {
  const stranger = await Browser.of(null);
  const pending = await Browser.of(await makeUser({ state: "pending" }));
  for (const path of ["/runs", "/runs.json", "/runs.csv"]) {
    expect((await stranger.get(path)).status).toBe(303);
    expect((await pending.get(path)).status).toBe(403);
  }
});

test("GET /runs draws histograms whose bars set a range", async () => {
  const page = await (await researcher.get("/runs?code=GENE")).text();
  const histogram = page.split('id="histogram-q"')[1]!.split("</svg>")[0]!;
  const bars = [...histogram.matchAll(/<a href="([^"]+)"/g)].map((m) => m[1]!);
  expect(bars.length).toBeGreaterThan(5);
  expect(bars[0]).toMatch(/^\/runs\?code=GENE&amp;q_max=[\d.]+$/);
  expect(bars[3]).toMatch(/^\/runs\?code=GENE&amp;q_max=[\d.]+&amp;q_min=/);
  const totals = await Promise.all(bars.map(async (href) => {
    const found = await (await researcher.get(href.replaceAll("&amp;", "&")))
      .text();
    return Number(/>(\d+) runs?</.exec(found)![1]);
  }));
  // Both ends of a range belong to it, and this run may lie on an edge.
  expect(new Set(totals)).toEqual(new Set([0, 1]));
  expect(totals.filter((n) => n === 1).length).toBeLessThanOrEqual(2);
});

test("GET /runs switches to converged runs and says what that hides", async () => {
  await makeRun({ convergence: "yes", device: "D" });
  await makeRun({ convergence: "solver", device: "D" });
  await makeRun({ convergence: "no", device: "D" });
  await makeRun({ convergence: "unknown", device: "D" });
  await makeRun({ convergence: "unknown", device: "D" });
  const off = await (await researcher.get("/runs?device=D")).text();
  expect(off).toContain("2 of unknown convergence and 1 not converged");
  const href = /id="converged-switch" href="([^"]+)"/.exec(off)![1]!
    .replaceAll("&amp;", "&");
  expect(href).toBe("/runs?convergence=solver&convergence=yes&device=D");
  const on = await (await researcher.get(href)).text();
  expect(on).toContain("2 runs");
  expect(on).toContain("Hidden: 2 of unknown convergence");
  expect(on).toContain('id="converged-switch" href="/runs?device=D"');
});

test("GET /runs?input= finds by the input file and keeps the condition in the form", async () => {
  const page =
    await (await researcher.get("/runs?input=hyp_z%3E0&input=SAT_RULE%3A2"))
      .text();
  expect(page).toContain("0 runs");
  expect(page).toContain('name="input" value="hyp_z&gt;0"');
  expect(page).toContain('href="/runs?input=hyp_z%3E0"');
});

test("GET /runs?units=cs_a shows c_s/a where a/R0 is known and marks the others", async () => {
  const device = "U";
  const known = await makeRun({ device, gamma: 0.3, RLTi: 9, a_over_R: 1 / 3 });
  const unknown = await makeRun({ device, gamma: 0.5, RLTi: 6 });
  const cell = (page: string, id: number, shown: string) =>
    page.split(`id="run-${id}"`)[1]!.split("</tr>")[0]!.includes(`>${shown}<`);
  const stored = await (await researcher.get("/runs?device=U")).text();
  expect(cell(stored, known.id, "0.3")).toBe(true);
  const page = await (await researcher.get("/runs?device=U&units=cs_a")).text();
  // 0.3 sqrt(2)/3 and 9/3.
  expect(cell(page, known.id, "0.141")).toBe(true);
  expect(cell(page, known.id, "3")).toBe(true);
  expect(cell(page, unknown.id, "0.5")).toBe(true);
  expect(page.split("as-stored").length - 1).toBeGreaterThanOrEqual(2);
  expect(page).toContain("so it stays as stored");
  expect(page).toContain('<input type="hidden" name="gamma_cs_a" value="1"');
  expect(page).toContain('<input type="hidden" name="units" value="cs_a"');
  expect(page).toContain('href="/runs.csv?device=U"');
});

test("GET /runs with bounds in c_s/a finds by the converted values, whatever is shown", async () => {
  const device = "V";
  await makeRun({ device, gamma: 0.3, a_over_R: 1 / 3 });
  await makeRun({ device, gamma: 0.3, a_over_R: 0.9 });
  await makeRun({ device, gamma: 0.3 });
  const path = "/runs?device=V&gamma_max=0.15&gamma_cs_a=1";
  const page = await (await researcher.get(path)).text();
  expect(page).toContain("1 run<");
  expect(page.replaceAll(/<[^>]+>/g, "")).toContain("γ ≤ 0.15 in cs/a");
  const any = await (await researcher.get(`${path}&gamma_any=1`)).text();
  expect(any).toContain("2 runs");
  const typed = await researcher.get(
    "/runs?device=V&gamma_max=0.15&gamma_cs_a=1&omega_cs_a=1&omega_min=&units=cs_a",
  );
  expect(typed.headers.get("Location")).toBe(
    "/runs?device=V&gamma_cs_a=1&gamma_max=0.15&units=cs_a",
  );
  const json = await (await researcher.get(
    path.replace("/runs", "/runs.json") + "&units=cs_a",
  )).json();
  expect(json.runs.map((r: { gamma: number }) => r.gamma)).toEqual([0.3]);
});

test("GET /runs?collapse=spectrum shows one row for the runs of a spectrum", async () => {
  const physics = { device: "W", code: "GENE", q: 1.7, s_hat: 0.8 };
  const [low, top, wrong] = [
    await makeRun({ ...physics, ky: 0.1, gamma: 0.05 }),
    await makeRun({ ...physics, ky: 0.4, gamma: 0.25 }),
    await makeRun({ ...physics, ky: 0.7, gamma: 9, implausible: true }),
  ];
  const lone = await makeRun({ ...physics, q: 3, ky: 0.3, gamma: 0.1 });
  await findFamilies();
  const path = "/runs?collapse=spectrum&device=W";
  const page = await (await researcher.get(path)).text();
  expect(page).toContain("2 spectra<");
  expect(page).toContain(`id="run-${top.id}"`);
  expect(page).toContain(`id="run-${lone.id}"`);
  expect(page).not.toContain(`id="run-${low.id}"`);
  expect(page).not.toContain(`id="run-${wrong.id}"`);
  expect(page).toContain(`<a href="/spectra/${top.id}">3 runs</a>`);
  const row = page.split(`id="run-${top.id}"`)[1]!.split("</tr>")[0]!;
  expect(row.replaceAll(/<[^>]+>|\s+/g, " ").replaceAll(/ +/g, " "))
    .toMatch(/0\.1 to 0\.7 .*largest .*0\.25 .* at 0\.4/);
  expect(page).toContain('id="collapse" href="/runs?device=W"');
  const filtered = await (await researcher.get(`${path}&ky_max=0.2`)).text();
  expect(filtered).toContain(`id="run-${low.id}"`);
  const json = await (await researcher.get(path.replace("?", ".json?")))
    .json();
  expect(json.total).toBe(2);
  // Plots are of runs, all 4 of them, whether the address asks for spectra or not.
  expect(page).toContain('href="/explore?device=W"');
  const drawn = await researcher.get(
    "/explore?x=ky&y=gamma&device=W&collapse=spectrum",
  );
  const plot = await drawn.text();
  expect(plot).toContain("4 runs of 4 have both values");
  expect(plot).not.toContain("collapse");
  for (const query of ["collapse=scan", `collapse=spectrum&like=${top.id}`]) {
    expect((await researcher.get(`/runs?${query}`)).status).toBe(400);
  }
});
