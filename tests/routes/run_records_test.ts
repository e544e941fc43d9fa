import { test } from "../setup.ts";
import { expect } from "expect";
import { ObjectId } from "mongodb";
import { config } from "../../config.ts";
import { closeSource, watchCommands } from "../../db/source/client.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { imasDocument } from "../db/source/make_document.ts";
import { Browser, makeUser } from "../make.ts";
import { putFile, source } from "../mongo.ts";
import { bytesOf, f8, pickled, type TestValue } from "../pickles.ts";

Object.assign(config, { MONGO_DB: source.databaseName });

const researcher = await Browser.of(await makeUser());
const FRAGMENT = { "HX-Request": "true", "HX-Request-Type": "partial" };

/** Longer than the catalogue keeps (1,200 points): Q = k at time k, nothing at time 7. */
const TIMES = 3000;
const time = Array.from({ length: TIMES }, (_, k) => k);
const turbulent = imasDocument({ suffix: "nl" });
Object.assign(turbulent.gyrokineticsIMAS, {
  linear: {},
  non_linear: {
    quasi_linear: 0,
    time_norm: time,
    time_interval_norm: [0.5, 1],
    fluxes_2d_k_x_k_y_sum: {
      energy_phi_potential: [time.map((k) => k === 7 ? NaN : k)],
    },
  },
});

/** A linear GENE run with an omega file that turns the other way, an nrg file, and four diagnostics. */
const linear = imasDocument({ suffix: "lin", code: "GENE" });
linear.gyrokineticsIMAS.code.parameters =
  "<root><geometry><major_R>3.0</major_R></geometry></root>";
const array = (...numbers: number[]): TestValue => ({
  type: "f8",
  shape: [numbers.length],
  bytes: f8(...numbers),
});
const text = (words: string) => new TextEncoder().encode(words);
const stored = async (filename: string, bytes: Uint8Array<ArrayBuffer>) =>
  new ObjectId((await putFile(bytes, { filename })).id);
linear.Files = {
  omega: await stored("omega_0001", text("  0.25  0.0471405  -0.0942809\n")),
  nrg: await stored(
    "nrg_0001",
    text([0, 1].map((t) => `${t}\n1 0 0 0 0 0 ${t + 2} 0\n`).join("")),
  ),
};
linear.Diagnostics = {
  "Flux Spectra": await stored(
    "Flux Spectra",
    pickled(
      new Map<string, TestValue>([
        ["kygrid", array(0.1, 0.2)],
        ["time", [1]],
        ["ion", new Map([["Qes", new Map([["ky", [array(3, 7)]]])]])],
      ]),
    ) as Uint8Array<ArrayBuffer>,
  ),
  // Opcode R on os.system: what an uploader could plant.
  "Shearing Rate": await stored(
    "Shearing Rate",
    bytesOf(0x80, 2, "cos\nsystem\nU", 2, "lsq", 0, [0x85], "R.") as Uint8Array<
      ArrayBuffer
    >,
  ),
  field: new ObjectId(),
  Grid: { kx: [1, 2] },
};
const early = imasDocument({ suffix: "early", code: "GENE" });
early.Diagnostics = { omega: { ky: 0.3, gamma: NaN, omega: NaN } };

await source.collection("NonlinRuns").insertOne(turbulent as never);
await source.collection("LinearRuns").insertMany([linear, early] as never[]);
await syncCatalogue({ pass: "full" });

async function plotsOf(document: { _id: unknown }): Promise<string> {
  const [row] = await sql<[{ id: number }]>`
    select id from runs where source_id = ${String(document._id)}`;
  return `/runs/${row.id}/plots`;
}

/** Points, header and lines of a record. */
async function recordAt(path: string) {
  const response = await researcher.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  const { buffer } = await response.bytes();
  const [lines, points, length] = new Uint32Array(buffer, 0, 3);
  const json = new Uint8Array(buffer, 12, length);
  const numbers = [...new Float32Array(buffer, 12 + length!)];
  return {
    lines,
    points: points!,
    header: JSON.parse(new TextDecoder().decode(json)),
    numbers,
  };
}

test("/runs/:id/plots/trace.bin has every point of the document, also those that the catalogue leaves out", async () => {
  const at = `${await plotsOf(turbulent)}/trace.bin`;
  const { lines, points, header, numbers } = await recordAt(at);
  expect([lines, points, header.stored]).toEqual([1, TIMES, TIMES]);
  expect(header.panels[0]).toMatchObject({ key: "energy", title: "Heat flux" });
  expect(numbers.slice(0, TIMES)).toEqual(time);
  expect(numbers.slice(TIMES + 6, TIMES + 9)).toEqual([6, NaN, 8]);
});

test("/runs/:id/plots/trace.bin is sent once", async () => {
  const at = `${await plotsOf(turbulent)}/trace.bin`;
  const { headers } = await researcher.get(at);
  expect(headers.get("Cache-Control")).toBe("private, no-cache");
  const again = await researcher.get(at, {
    "If-None-Match": headers.get("ETag")!,
  });
  expect(again.status).toBe(304);
});

test("/runs/:id/plots/nrg.bin has the file's points in two panels", async () => {
  const { lines, numbers, header } = await recordAt(
    `${await plotsOf(linear)}/nrg.bin`,
  );
  expect([lines, header.panels.length]).toEqual([2, 2]);
  // Times, heat fluxes 2 and 3, densities 1 and 1.
  expect(numbers).toEqual([0, 1, 2, 3, 1, 1]);
});

test("a run without such a record is 404, and one of a source that is away is 503", async () => {
  const [nl, lin] = [await plotsOf(turbulent), await plotsOf(linear)];
  for (
    const path of [
      `${nl}/nrg.bin`,
      `${lin}/trace.bin`,
      `${lin}/surface.bin`,
      `${lin}/constructor.bin`,
      "/runs/999999/plots/trace.bin",
    ]
  ) {
    expect([path, (await researcher.get(path)).status]).toEqual([path, 404]);
  }
  await closeSource();
  const url = config.MONGO_URL;
  config.MONGO_URL = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200";
  try {
    for (
      const path of [
        `${nl}/trace.bin`,
        `${lin}/omega`,
        `${lin}/diagnostic-flux-spectra`,
      ]
    ) {
      expect([path, (await researcher.get(path)).status]).toEqual([path, 503]);
    }
  } finally {
    config.MONGO_URL = url;
    await closeSource();
  }
});

test("records are for approved accounts", async () => {
  const at = `${await plotsOf(turbulent)}/trace.bin`;
  const stranger = await Browser.of(null);
  const pending = await Browser.of(await makeUser({ state: "pending" }));
  expect((await stranger.get(at)).status).toBe(303);
  expect((await pending.get(at)).status).toBe(403);
});

test("the omega file is laid beside the document, and a turn of its sign is said", async () => {
  const at = await plotsOf(linear);
  const page = await (await researcher.get(`${at}/omega`)).text();
  expect(page).toContain("opposite directions");
  expect(page).toContain("ρ_GENE is GENE&#39;s own ρ_ref");
  expect(page).not.toMatch(/ρ<\/tspan><tspan[^>]*>ref</);
  const csv = await (await researcher.get(`${at}/omega.csv`)).text();
  expect(csv.split("\r\n").slice(0, 2)).toEqual([
    "from,ky ρ_GENE,γ,ω,unit",
    "file,0.25,0.0471405,-0.0942809,c_ref/L_ref",
  ]);
});

test("a diagnostic is drawn from its pickle as page and files", async () => {
  const at = `${await plotsOf(linear)}/diagnostic-flux-spectra`;
  const page = await (await researcher.get(at)).text();
  expect(page).toContain(
    "Heat flux over ky: ion Qes is largest, 7 at ky = 0.2.",
  );
  const csv = await (await researcher.get(`${at}.csv`)).text();
  expect(csv.trim().split("\r\n").slice(1)).toEqual([
    "ion Qes,ky,0.1,3,as stored",
    "ion Qes,ky,0.2,7,as stored",
  ]);
  const svg = await researcher.get(`${at}.svg`);
  expect([svg.status, svg.headers.get("Content-Type")]).toEqual([
    200,
    "image/svg+xml; charset=utf-8",
  ]);
});

test("what cannot be drawn says why: refused pickles, missing files, omega without numbers", async () => {
  const at = await plotsOf(linear);
  const reasons: [string, string][] = [
    [`${at}/diagnostic-shearing-rate`, "which plain data do not need"],
    [`${await plotsOf(early)}/omega`, "holds no number"],
  ];
  for (const [path, reason] of reasons) {
    const piece = await researcher.get(path, FRAGMENT);
    expect([path, piece.status]).toEqual([path, 200]);
    expect(await piece.text()).toContain(reason);
    const page = await researcher.get(path);
    expect([path, page.status]).toEqual([path, 404]);
    expect(await page.text()).toContain(reason);
  }
  const run = await (await researcher.get(at.replace("/plots", ""))).text();
  expect(run).toContain(`hx-get="${at}/diagnostic-shearing-rate"`);
  // A file that is not there and grids alone have no plot.
  expect(run).not.toContain("diagnostic-field");
  expect(run).not.toContain("diagnostic-grid");
});

test("a diagnostic that was drawn is not read from the source again", async () => {
  const at = `${await plotsOf(linear)}/diagnostic-flux-spectra`;
  const page = await (await researcher.get(at)).text();
  const sent: string[] = [];
  const stop = await watchCommands((name) => sent.push(name));
  expect(await (await researcher.get(at)).text()).toBe(page);
  expect((await researcher.get(`${at}.csv`)).status).toBe(200);
  expect(sent).toEqual([]);
  stop();
  await closeSource();
});
