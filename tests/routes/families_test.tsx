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
  RLni: 2.2,
  ky: 0.3,
  gamma: 0.2,
  omega: 0.3,
  stability: "unstable",
  convergence: "yes",
  mode: "ITG",
  nz: 24,
};

const browser = await Browser.of(await makeUser());
/** A k_y spectrum whose mode turns, with a run twice, one on a finer grid and one that is wrong. */
const spectrum = {
  low: await make({ ky: 0.1, gamma: 0.1 }),
  mid: await make({ ky: 0.3, gamma: 0.2, folder_path: "/u/person/secret/a" }),
  same: await make({ ky: 0.3, gamma: 0.21 }),
  fine: await make({ ky: 0.3, gamma: 0.22, nz: 48 }),
  wrong: await make({ ky: 0.6, gamma: 3.9, implausible: true }),
  high: await make({ ky: 0.8, gamma: 0.15, omega: -0.4, mode: "TEM" }),
};
/** R/L_Ti from stable to unstable, at one k_y of the spectrum. */
const stable = await make({ RLTi: 4, gamma: -0.1, stability: "stable" });
const steep = await make({ RLTi: 8, gamma: 0.6 });
const twin = await make({ code: "GS2", RLTi: 8, gamma: 0.5 });
const turbulence: number[] = [];
for (const gamma_E of [0, 0.1]) {
  turbulence.push(
    await make({
      kind: "nonlinear",
      code: "CGYRO",
      ky: null,
      gamma: null,
      stability: null,
      convergence: null,
      gamma_E,
      Q_i: 20 - 100 * gamma_E,
    }),
  );
}
const hidden = await make({ ky: 0.5 });
await sql`update runs set hidden_at = now() where id = ${hidden}`;
await findFamilies();

test("/spectra/:id says where gamma peaks and the mode turns, and draws both", async () => {
  const page = await text(`/spectra/${spectrum.low}`);
  expect(page).toContain("6 linear runs of one code");
  expect(words(page)).toContain("γ peaks at 0.2");
  expect(words(page)).toContain("from the ion to the electron direction");
  expect(words(page)).toContain("1 point is implausible");
  expect(page.match(/<svg[^>]*role="img"/g)).toHaveLength(2);
  expect(page).toContain('class="marker warning"');
  expect(words(page)).toContain("Convergence test at k y ρ ref = 0.3");
  expect(words(page)).toContain("Made more than once");
  expect(page).not.toMatch(/\sstyle=|person|<script>/);
});

test("/spectra/:id.json holds the rows of /runs.json and what varies", async () => {
  const answer = await json(`/spectra/${spectrum.high}.json`);
  expect(answer.runs.map((r) => r.id)).toEqual([
    spectrum.low,
    spectrum.mid,
    spectrum.same,
    spectrum.fine,
    spectrum.wrong,
    spectrum.high,
  ]);
  expect(answer.varies).toEqual(["ky"]);
  const all = await json("/runs.json");
  expect(answer.runs[0]).toEqual(
    all.runs.find((r) => r.id === spectrum.low),
  );
});

test("/scans/:id finds the threshold, draws stable points open at zero, and leads to the other scans", async () => {
  const page = await text(`/scans/${steep}`);
  expect(words(page)).toContain("Scan of R / L Ti : 8 runs of GENE");
  // Through (4, -0.1) and (6, 0.22), the newest of the runs there: zero at 4.625.
  expect(words(page)).toContain("crosses zero at R / L Ti = 4.63 ± 1");
  expect(words(page)).toContain("Published critical gradients");
  expect(page).toContain('class="marker open"');
  const answer = await json(`/scans/${steep}.json`);
  // Nothing follows here: p' is 0 throughout.
  expect(words(page)).toContain("all other parameters equal.");
  expect(answer.varies).toEqual(["RLTi", "ky"]);
  expect(answer.runs.map((r) => r.id)).toContain(stable);
  expect((await browser.get(`/scans/${steep}?varied=RLTi`)).status).toBe(200);
});

test("/scans/:id draws the published lines and gives thresholds as CSV", async () => {
  const page = await text(`/scans/${steep}`);
  expect(page.match(/class="published"/g)).toHaveLength(1);
  expect(page).toContain("ITG: Jenko 2001, ions for electrons");
  const csv = await text(`/scans/${steep}/thresholds.csv?varied=RLTi`);
  const [heads, ...lines] = csv.trimEnd().split("\r\n").map((l) =>
    l.split(",")
  );
  expect(heads).toEqual(
    ["source", "ky", "ky_input", "RLTi", "error", "slope", "values"],
  );
  // From (4, -0.1) and (6, 0.22): slope 0.16, zero at 4.625 within 1.
  const line = lines.find((l) => l[3] !== "" && l[0] === "scan")!;
  expect(line.slice(3, 6).map(Number).map((v) => Number(v.toFixed(6))))
    .toEqual([4.625, 1, 0.16]);
  // (1 + 1)(1.33 + 1.91 x 0.8/1.4)(1 - 1.5 x 0.18) = 3.5353.
  expect(Number(/Jenko[^\r]*?(\d\.\d+),,,/.exec(csv)![1])).toBeCloseTo(
    2 * (1.33 + 1.91 * 0.8 / 1.4) * 0.73,
    10,
  );
  expect((await browser.get(`/scans/${turbulence[0]}/thresholds.csv`)).status)
    .toBe(404);
});

test("/scans/:id of nonlinear runs draws heat fluxes", async () => {
  const page = await text(`/scans/${turbulence[0]}`);
  expect(page).toContain("Heat fluxes against");
  expect((await json(`/scans/${turbulence[0]}.json`)).varies).toEqual([
    "gamma_E",
  ]);
});

test("/twins/:id compares codes in words and numbers", async () => {
  const page = words(await text(`/twins/${twin}`));
  expect(page).toContain("2 runs of GENE and GS2 with the same physics");
  expect(page).toContain("the codes' median is 0.55");
  expect(page).toContain("their spread 18 %");
  expect(page).not.toContain("At all wavenumbers that codes share");
  const answer = await json(`/twins/${steep}.json`);
  expect(answer.runs.map((r) => r.id)).toEqual([steep, twin]);
  expect(answer.varies).toEqual(["code"]);
});

test("/twins/:id overlays the spectra of the codes where they share wavenumbers", async () => {
  const ids: number[] = [];
  for (const code of ["GENE", "TGLF"]) {
    for (const ky of [0.1, 0.2]) ids.push(await make({ code, ky, q: 5 }));
  }
  await findFamilies();
  const page = await text(`/twins/${ids[0]}`);
  expect(words(page)).toContain("At all wavenumbers that codes share");
  expect(page.match(/<svg[^>]*role="img"/g)).toHaveLength(2);
  expect((await json(`/twins/${ids[0]}.json`)).runs.map((r) => r.id)).toEqual([
    ids[0],
    ids[2],
  ]);
});

test("a run without a family gets a page that says so, and itself as JSON", async () => {
  const id = await make({ q: 9 });
  expect(await text(`/twins/${id}`)).toContain("has no twin");
  expect(await text(`/scans/${id}`)).toContain("belongs to no scan");
  expect(await text(`/spectra/${id}`)).toContain("is alone");
  for (const family of ["spectra", "scans", "twins"]) {
    const answer = await json(`/${family}/${id}.json`);
    expect(answer.runs.map((r) => r.id)).toEqual([id]);
    expect(answer.varies).toEqual([]);
  }
});

test("families of unknown and hidden runs are not found; a wrong parameter is named", async () => {
  for (const family of ["spectra", "scans", "twins"]) {
    for (const id of ["999999", "0", "99999999999999999999", String(hidden)]) {
      for (const ending of ["", ".json", ".csv"]) {
        const path = `/${family}/${id}${ending}`;
        expect([path, (await browser.get(path)).status]).toEqual([path, 404]);
      }
    }
  }
  const wrong = await browser.get(`/scans/${steep}?varied=code`);
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain("varied");
  expect((await browser.get(`/scans/${steep}?varied=kappa`)).status).toBe(404);
});

test("families are for members only", async () => {
  const stranger = await Browser.of(null);
  for (const family of ["spectra", "scans", "twins"]) {
    const refused = await stranger.get(`/${family}/${steep}`);
    expect(refused.status).toBe(303);
    expect(refused.headers.get("Location")).toMatch(/^\/login/);
  }
});

test("the CSV of a family has the columns of /runs.csv", async () => {
  const csv = await text(`/spectra/${spectrum.low}.csv`);
  const lines = csv.trimEnd().split("\r\n");
  expect(lines).toHaveLength(7);
  expect(lines[0]).toBe((await text("/runs.csv")).split("\r\n")[0]);
});

test("a run's page leads to its families", async () => {
  const page = await text(`/spectra/${spectrum.mid}`);
  expect(page).toContain(`href="/scans/${spectrum.mid}?varied=RLTi"`);
  expect(page).not.toContain(`href="/twins/${spectrum.mid}"`);
  expect(await text(`/scans/${steep}`)).toContain(`href="/twins/${steep}"`);
});

test("a document with many wavevectors is drawn with all of them", async () => {
  const mode = (gamma: number) => [{ gamma, omega: 0.1, tolerance: 0 }];
  const wavevectors = [
    { ky: 0, kx: 0, modes: mode(9) },
    { ky: 0.1, kx: 0, modes: mode(0.1) },
    { ky: -0.2, kx: 0, modes: mode(0.4) },
    { ky: 0.4, kx: 0, modes: [] },
  ];
  const id = await make(
    { q: 7, code: "TGLF", n_ky: 4, ky: 0.2, gamma: 0.4 },
    { source: { layout: "gkdb" }, wavevectors },
  );
  const page = await text(`/spectra/${id}`);
  expect(words(page)).toContain("at 3 values of k y ρ ref from 0.1 to 0.4");
  expect(words(page)).toContain("γ peaks at 0.4");
  expect(words(page)).not.toContain("the end of the spectrum");
  expect(page).toContain('class="marker open"');
});

test("the wavevectors of a document are judged each by itself, also in c_s/a", async () => {
  const mode = (gamma: number) => [{ gamma, omega: 0.1, tolerance: 0 }];
  // 3 (k_y/2) (2 + 6) = 12 k_y: the dominant mode is beyond 2.4, that of 0.4 within 4.8; 0.8 has none and is of the layout where that says nothing.
  const detail = {
    source: { layout: "imas" },
    species: [{ RLn: 2, RLT: 6, temperature: 1 }],
    wavevectors: [
      { ky: 0.2, kx: 0, modes: mode(3.9) },
      { ky: 0.4, kx: 0, modes: mode(3.8) },
      { ky: 0.6, kx: 0, modes: mode(0.2) },
      { ky: 0.8, kx: 0, modes: [] },
    ],
  };
  const id = await make({
    q: 8,
    code: "GX",
    n_ky: 4,
    ky: 0.2,
    gamma: 3.9,
    implausible: true,
    a_over_R: 0.36,
  }, detail);
  for (const units of ["", "?units=cs_a"]) {
    const page = words(await text(`/spectra/${id}${units}`));
    expect(page).toContain("at 3 values of k y");
    expect(page).toContain("1 point is implausible");
    expect(page).toContain("γ peaks at");
  }
  expect(words(await text(`/spectra/${id}`))).toContain("γ peaks at 3.8");
});

test("a peak at the first wavenumber is the end of the spectrum, whichever run of it the line goes through", async () => {
  // The line takes the newer run at 0.1; the older one is the peak. Beyond 0.3 stands only a number that is wrong.
  const id = await make({ q: 6, ky: 0.1, gamma: 0.3 });
  await make({ q: 6, ky: 0.1, gamma: 0.25 });
  await make({ q: 6, ky: 0.3, gamma: 0.1 });
  const last = await make({ q: 6.5, ky: 0.3, gamma: 0.3 });
  await make({ q: 6.5, ky: 0.1, gamma: 0.2 });
  await make({ q: 6.5, ky: 0.6, gamma: 9, implausible: true });
  await findFamilies();
  for (const run of [id, last]) {
    expect(words(await text(`/spectra/${run}`))).toContain(
      "the end of the spectrum",
    );
  }
});

async function make(values: RunValues, detail?: unknown): Promise<number> {
  return (await makeRun({ ...CASE, ...values }, detail)).id;
}

async function text(path: string): Promise<string> {
  const response = await browser.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return await response.text();
}

async function json(
  path: string,
): Promise<{ runs: Record<string, unknown>[]; varies: string[] }> {
  return JSON.parse(await text(path));
}

/** What a page says, without its tags. */
function words(page: string): string {
  return page.replaceAll(/<title>[^<]*<\/title>/g, "").replaceAll(
    /<[^>]+>/g,
    " ",
  ).replaceAll("&#39;", "'").replaceAll(/\s+/g, " ").replaceAll(
    / (?=[.,](?:\s|$))/g,
    "",
  );
}
