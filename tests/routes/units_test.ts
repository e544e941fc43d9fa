import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { findFamilies } from "../../db/families/find.ts";
import { closeSource } from "../../db/source/client.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { imasDocument } from "../db/source/make_document.ts";
import { Browser, makeUser } from "../make.ts";
import { source } from "../mongo.ts";

Object.assign(config, { MONGO_DB: source.databaseName });

const researcher = await Browser.of(await makeUser());

/** A CGYRO input: a/R0 = 1/RMAJ; without RMAJ it is not known. */
function input(major: number | null): string {
  const rmaj = major === null ? "" : `<RMAJ>${major}</RMAJ>`;
  return `<?xml version="1.0"?>\n<root><KY>0.25</KY>${rmaj}</root>`;
}

/** A linear run of a spectrum; q tells spectra apart. */
function linear(q: number, ky: number, gamma: number, major: number | null) {
  const document = imasDocument({ suffix: `_${q}_${ky}` });
  const content = document.gyrokineticsIMAS;
  content.flux_surface.q = q;
  content.code.parameters = input(major);
  const [wavevector] = content.linear.wavevector;
  wavevector!.binormal_wavevector_norm = ky;
  wavevector!.eigenmode[0]!.growth_rate_norm = gamma;
  return document;
}

/** Q = 9 and 18, Gamma = 4.5 of each species, Pi = 7; t = 0 .. 199. */
function nonlinear(suffix: string, major: number | null) {
  const time = Array.from({ length: 200 }, (_, k) => k);
  const document = imasDocument({ suffix });
  document.gyrokineticsIMAS.code.parameters = input(major);
  Object.assign(document.gyrokineticsIMAS, {
    linear: {},
    non_linear: {
      quasi_linear: 0,
      binormal_wavevector_norm: [0, 0.1, 0.2],
      time_norm: time,
      time_interval_norm: [0.5, 1],
      fluxes_1d: {
        energy_phi_potential: [9, 18],
        particles_phi_potential: [4.5, 4.5],
        momentum_tor_perpendicular_phi_potential: [0, 7],
      },
      fluxes_2d_k_x_sum: { energy_phi_potential: [[0, 6, 3], [0, 9, 9]] },
      fluxes_2d_k_x_k_y_sum: {
        energy_phi_potential: [9, 18].map((q) => time.map(() => q)),
      },
    },
  });
  return document;
}

const same = [linear(2, 0.1, 0.03, 3), linear(2, 0.2, 0.06, 3)];
const differing = [linear(2.5, 0.1, 0.03, 3), linear(2.5, 0.2, 0.06, 2.5)];
const half = [linear(3, 0.1, 0.03, 3), linear(3, 0.2, 0.06, null)];
/** gamma = 0.02 R/L_Ti - 0.15: zero at 7.5. */
const scan = [6, 9, 12].map((gradient) => {
  const document = linear(4, 0.3, 0.02 * gradient - 0.15, 3);
  document.Metadata.DBtag.run_suffix = `_scan_${gradient}`;
  document.gyrokineticsIMAS.species[1]!.temperature_log_gradient_norm =
    gradient;
  return document;
});
const turbulent = nonlinear("nl", 3);
const unknown = nonlinear("unknown", null);

await source.collection("LinearRuns").insertMany(
  [...same, ...differing, ...half, ...scan] as never[],
);
await source.collection("NonlinRuns").insertMany(
  [turbulent, unknown] as never[],
);
await syncCatalogue({ pass: "full" });
await findFamilies();

async function idOf(document: { _id: unknown }): Promise<number> {
  const [row] = await sql<[{ id: number }]>`
    select id from runs where source_id = ${String(document._id)}`;
  return row.id;
}

async function textAt(path: string): Promise<string> {
  const response = await researcher.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return await response.text();
}

/** A CSV file as its heads and rows. */
async function csvAt(path: string): Promise<[string[], string[][]]> {
  const [heads, ...rows] = (await textAt(path)).trimEnd().split(/\r?\n/)
    .map((line) => line.split(","));
  return [heads!, rows];
}

/** a/R0 = 1/3: a rate is sqrt(2)/3 = 0.4714045 of the stored number, k_y over rho_s 1/sqrt(2) = 0.7071068 of it. */
test("GET /runs/:id/plots/spectrum.csv?units=cs_a has rates in c_s/a and k_y over rho_s", async () => {
  const at = `/runs/${await idOf(same[0]!)}/plots/spectrum.csv`;
  const [heads, rows] = await csvAt(`${at}?units=cs_a`);
  expect(heads).toEqual([
    "run",
    "mode",
    "ky ρs",
    "γ (c_s/a)",
    "ω (c_s/a)",
    "state",
  ]);
  // k_y 0.1, 0.2; gamma 0.03, 0.06; omega 0.2.
  expect(rows.map((r) => Number(r[2]).toFixed(7))).toEqual([
    "0.0707107",
    "0.1414214",
  ]);
  expect(rows.map((r) => Number(r[3]).toFixed(7))).toEqual([
    "0.0141421",
    "0.0282843",
  ]);
  expect(rows.map((r) => Number(r[4]).toFixed(7))).toEqual([
    "0.0942809",
    "0.0942809",
  ]);
  const [stored, plain] = await csvAt(at);
  expect(stored).toContain("γ (v_ref/R_0)");
  expect(plain.map((r) => r[3])).toEqual(["0.03", "0.06"]);
});

/** A heat flux is 2 sqrt(2)/9 = 0.3142697 of the stored number, a time 3/sqrt(2) = 2.1213203 of it. */
test("GET /runs/:id/plots in c_s/a: fluxes in gyro-Bohm units over times in a/c_s; momentum stays as stored and says so", async () => {
  const at = `/runs/${await idOf(turbulent)}/plots`;
  const [heads, rows] = await csvAt(`${at}/trace.csv?units=cs_a`);
  expect(heads[0]).toBe("t (a/c_s)");
  expect(heads[1]).toMatch(/^Q .* \(Q_gB\)$/);
  expect(Number(rows[10]![0])).toBeCloseTo(21.213203, 6);
  expect(Number(rows[10]![1])).toBeCloseTo(2.828427, 6); // 9
  expect(Number(rows[10]![3])).toBeCloseTo(8.485281, 6); // 27

  const [bars, values] = await csvAt(`${at}/fluxes.csv?units=cs_a`);
  const column = (name: RegExp) => bars.findIndex((h) => name.test(h));
  const ions = values.find((r) => r[0] === "main ions")!;
  expect(Number(ions[column(/^Q.*Q_gB/)])).toBeCloseTo(5.656854, 6); // 18
  expect(Number(ions[column(/^Γ.*Γ_gB/)])).toBeCloseTo(1.414214, 6); // 4.5
  expect(ions[column(/^Π.*v_ref/)]).toBe("7");

  const [over, points] = await csvAt(`${at}/flux-spectrum.csv?units=cs_a`);
  expect(over[0]).toBe("|ky| ρs");
  expect(Number(points.at(-1)![0])).toBeCloseTo(0.1414214, 7); // 0.2
  expect(Number(points.at(-1)![2])).toBeCloseTo(2.828427, 6); // 9

  const svg = await textAt(`${at}/trace.svg?units=cs_a`);
  expect(svg).toContain("8.49"); // the mean of 27 in its finding
  expect(svg).toContain("Q_gB");
});

test("GET /runs/:id/plots/trace.bin?units=cs_a has the points of zooming in the same units", async () => {
  const at = `/runs/${await idOf(turbulent)}/plots/trace.bin`;
  const stored = await researcher.get(at);
  const shown = await researcher.get(`${at}?units=cs_a`);
  expect(shown.headers.get("ETag")).not.toBe(stored.headers.get("ETag"));
  const header = new TextDecoder().decode(await shown.bytes());
  expect(header).toContain('"unit":"a/c_s"');
  expect(header).toContain('"unit":"Q_gB"');
  await stored.body?.cancel();
});

test("GET /runs/:id?units=cs_a shows its tables in c_s/a, and every link to a plot keeps the units", async () => {
  const id = await idOf(turbulent);
  const page = await textAt(`/runs/${id}?units=cs_a`);
  expect(page).toContain("with a/R0 = 0.333 of the input");
  expect(page).toMatch(/id="units-cs_a"[^>]*aria-current="true"/);
  expect(page).toContain(`href="/runs/${id}#plots"`);
  expect(page).toContain(`href="/runs/${id}/plots/trace.csv?units=cs_a"`);
  expect(page).toContain(`data-zoom="/runs/${id}/plots/trace.bin?units=cs_a"`);
  expect(page).toContain('title="5.65685424949'); // 18 in the table of fluxes
  // R/L_T = 9 is a/L_T = 3, also among the species.
  expect(page).toMatch(/<i>a<\/i>\/<i>L<\/i><sub>Ti<\/sub>/);
  const plain = await textAt(`/runs/${id}`);
  expect(plain).toContain(`href="/runs/${id}?units=cs_a#plots"`);
  expect(plain).toContain(`href="/runs/${id}/plots/trace.csv"`);
});

test("gamma/k_y^2 is in c_s rho_s^2/a both beside other runs and as a bound of the search", async () => {
  const [id, other] = await Promise.all([same[0]!, same[1]!].map(idOf));
  // 0.03/0.1^2 v_ref rho_ref^2/R0 = 3 x 2 sqrt(2) a/R0 c_s rho_s^2/a.
  const page = await textAt(`/compare?run=${id}&run=${other}&units=cs_a`);
  expect(page).toMatch(/title="2\.8284271/);
  const found = async (least: number) => {
    const range = `gamma_over_ky2_min=${least}&gamma_over_ky2_cs_a=1`;
    const [heads, rows] = await csvAt(`/runs.csv?q_max=2.1&${range}`);
    return rows.map((row) => Number(row[heads.indexOf("id")]));
  };
  expect(await found(2.82)).toContain(id);
  expect(await found(2.84)).not.toContain(id);
});

test("GET /runs/:id?units=cs_a without a/R0 says so and keeps stored units", async () => {
  const id = await idOf(unknown);
  const page = await textAt(`/runs/${id}?units=cs_a`);
  expect(page).toContain("a/R0 of this run is not known");
  const at = `/runs/${id}/plots/trace.csv`;
  expect(await textAt(`${at}?units=cs_a`)).toBe(await textAt(at));
});

test("a spectrum whose runs have different a/R0 converts each by its own, and says so", async () => {
  const at = `/runs/${await idOf(differing[0]!)}/plots/spectrum`;
  const [, rows] = await csvAt(`${at}.csv?units=cs_a`);
  // 0.03 sqrt(2)/3 and 0.06 sqrt(2)/2.5.
  expect(rows.map((r) => Number(r[3]).toFixed(7))).toEqual([
    "0.0141421",
    "0.0339411",
  ]);
  expect(await textAt(`${at}?units=cs_a`)).toContain(
    "a/R0 differs between the runs, from 0.333 to 0.4: each is converted by its own",
  );
});

test("GET /spectra/:id?units=cs_a has its words, plots and table in c_s/a", async () => {
  const id = await idOf(same[0]!);
  const page = await textAt(`/spectra/${id}?units=cs_a`);
  // 0.06 sqrt(2)/3 at 0.2/sqrt(2).
  expect(page).toMatch(/peaks at.*?>0\.0283<.*?<sub>s<\/sub>.*?>0\.141</s);
  expect(page).toContain(`href="/runs/${id}?units=cs_a"`);
  expect(page).toContain(`href="/spectra/${id}"`);
});

test("a spectrum in which a/R0 of one run is not known stays in stored units, and names it", async () => {
  const [known, without] = await Promise.all(half.map(idOf));
  const at = `/runs/${known}/plots/spectrum`;
  const [heads, rows] = await csvAt(`${at}.csv?units=cs_a`);
  expect(heads).toContain("γ (v_ref/R_0)");
  expect(rows.map((r) => r[3])).toEqual(["0.03", "0.06"]);
  expect(await textAt(`${at}?units=cs_a`)).toContain(
    `a/R0 of run ${without} is not known`,
  );
});

test("GET /scans/:id?units=cs_a scans a/L_Ti: points, threshold and slope in c_s/a; files of rows stay as stored", async () => {
  const id = await idOf(scan[1]!);
  const query = "varied=RLTi&units=cs_a";
  const [heads, rows] = await csvAt(`/scans/${id}/plots/scan.csv?${query}`);
  expect(heads.slice(3, 7)).toEqual([
    "a/LTi",
    "ky ρs",
    "ky typed",
    "γ (c_s/a)",
  ]);
  expect(rows.map((r) => Number(r[3]).toFixed(6))).toEqual([
    "2.000000",
    "3.000000",
    "4.000000",
  ]);
  // 0.3/sqrt(2); -0.03, 0.03 and 0.09 times sqrt(2)/3.
  expect(rows.map((r) => Number(r[4]).toFixed(6))).toEqual(
    ["0.212132", "0.212132", "0.212132"],
  );
  expect(rows.map((r) => Number(r[6]).toFixed(6))).toEqual(
    ["-0.014142", "0.014142", "0.042426"],
  );
  const page = await textAt(`/scans/${id}?${query}`);
  expect(page).toContain("with a/R0 = 0.333 of the input");
  // 7.5/3, and 0.02 sqrt(2) for each of a/L_Ti.
  expect(page).toMatch(/crosses zero at.*?title="2\.5"[^>]*>2\.5<.*?±/s);
  expect(page).toMatch(/rises by.*?>0\.0283</s);
  expect(page).toContain(
    `/scans/${id}/plots/scan.svg?varied=RLTi&amp;units=cs_a`,
  );
  const [names, members] = await csvAt(`/scans/${id}.csv?${query}`);
  expect(Number(members[0]![names.indexOf("RLTi")])).toBe(6);
  const [, thresholds] = await csvAt(`/scans/${id}/thresholds.csv?${query}`);
  expect(Number(thresholds[0]![3])).toBeCloseTo(7.5, 9);
});

test("GET /compare?units=cs_a converts each run by its own a/R0; one without keeps all as stored", async () => {
  const [a, b, without] = await Promise.all(
    [differing[0]!, differing[1]!, half[1]!].map(idOf),
  );
  const address = `/compare?run=${a}&run=${b}`;
  const page = await textAt(`${address}&units=cs_a`);
  expect(page).toContain("each is converted by its own");
  expect(page).toContain(`/compare?run=${b}&amp;units=cs_a`); // without run a
  // In the list and at the head of the table.
  expect(page.split(`href="/runs/${a}?units=cs_a"`)).toHaveLength(3);
  // gamma: 0.03 sqrt(2)/3 and 0.06 sqrt(2)/2.5, the second 2.4 times as large.
  expect(page).toMatch(/>0\.0141<.*?>0\.0339<.*?2\.4 times as large/s);
  const files = "/compare/plots/spectrum.csv?run=";
  const [heads, rows] = await csvAt(`${files}${a}&run=${b}&units=cs_a`);
  expect(heads).toContain("γ (c_s/a)");
  expect(new Set(rows.map((r) => Number(r[3]).toFixed(6)))).toEqual(
    new Set(["0.014142", "0.033941"]),
  );
  const mixed = await textAt(`/compare?run=${a}&run=${without}&units=cs_a`);
  expect(mixed).toContain(`a/R0 of run ${without} is not known`);
  expect(mixed).toContain("<i>v</i><sub>ref</sub>");
});

test("units= of a run is refused by name when it is wrong, and absent when it is empty", async () => {
  const id = await idOf(turbulent);
  const paths = [
    `/runs/${id}`,
    `/runs/${id}/plots/trace.csv`,
    `/scans/${id}`,
    `/spectra/${id}`,
    `/twins/${id}`,
    "/compare",
  ];
  for (const path of paths) {
    const refused = await researcher.get(`${path}?units=si`);
    expect([path, refused.status]).toEqual([path, 400]);
    expect(await refused.text()).toContain("units: must be one of");
    await textAt(`${path}?units=`);
  }
});

test("ends", async () => {
  await closeSource();
});
