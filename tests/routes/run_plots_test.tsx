import { test } from "../setup.ts";
import { expect } from "expect";
import { ObjectId } from "mongodb";
import { config } from "../../config.ts";
import { findFamilies } from "../../db/families/find.ts";
import { closeSource } from "../../db/source/client.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { closePng } from "../../routes/plot_png.ts";
import { imasDocument } from "../db/source/make_document.ts";
import { Browser, makeUser } from "../make.ts";
import { putFile, source } from "../mongo.ts";

Object.assign(config, { MONGO_DB: source.databaseName });

const PNG_SIGNATURE = "89504e470d0a1a0a";
const HOSTILE = `"><script>alert(1)</script>`;
const FORMATS = ["svg", "csv", "png"] as const;

const researcher = await Browser.of(await makeUser());

/** Three runs of a k_y scan; the first has weights, a mode structure, an nrg file and a hostile name. */
const linear = [0.1, 0.2, 0.4].map((ky) => {
  const document = imasDocument({ suffix: `_${ky}${HOSTILE}`, code: "GENE" });
  const [wavevector] = document.gyrokineticsIMAS.linear.wavevector;
  wavevector!.binormal_wavevector_norm = ky;
  wavevector!.eigenmode[0]!.growth_rate_norm = ky * (0.5 - ky);
  return document;
});
Object.assign(linear[0]!.gyrokineticsIMAS.linear.wavevector[0]!.eigenmode[0]!, {
  angle_pol: [-Math.PI, 0, Math.PI],
  fields: {
    phi_potential_perturbed_norm_real: [[0.1], [2], [0.1]],
    phi_potential_perturbed_norm_imag: [[0], [0], [0]],
  },
  linear_weights: {
    energy_phi_potential: [1.5, 3],
    particles_phi_potential: [0.25, 0.25],
  },
});
const nrg = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((t) =>
  [t, ...[0, 1].map(() => `${Math.exp(0.4 * t)} 0 0 0 0 0 ${t + 1} 0`)]
    .join("\n")
).join("\n");
const file = await putFile(new TextEncoder().encode(nrg), {
  filename: "nrg_0001",
});
linear[0]!.Files = { nrg: new ObjectId(file.id) };

/** A saturated nonlinear run: Q = 10 and 20 about their means, the second half of the time averaged. */
const time = Array.from({ length: 200 }, (_, k) => k);
const nonlinear = imasDocument({ suffix: "nl" });
Object.assign(nonlinear.gyrokineticsIMAS, {
  linear: {},
  non_linear: {
    quasi_linear: 0,
    binormal_wavevector_norm: [0, 0.1, 0.2],
    time_norm: time,
    time_interval_norm: [0.5, 1],
    fluxes_1d: {
      energy_phi_potential: [10, 20],
      particles_phi_potential: [1, 1],
    },
    fluxes_2d_k_x_sum: {
      energy_phi_potential: [[0, 8, 2], [0, 15, 5]],
    },
    fluxes_2d_k_x_k_y_sum: {
      energy_phi_potential: [10, 20].map((q) =>
        time.map((t) => q + (t % 2 ? 1 : -1))
      ),
    },
  },
});
const empty = { ...imasDocument({ suffix: "none" }), gyrokineticsIMAS: {} };

await source.collection("LinearRuns").insertMany(
  [...linear, empty] as never[],
);
await source.collection("NonlinRuns").insertMany([nonlinear] as never[]);
await syncCatalogue({ pass: "full" });
await findFamilies();

const LINEAR = ["spectrum", "weights", "mode-structure", "nrg", "surface"];
const NONLINEAR = ["trace", "flux-spectrum", "fluxes", "surface"];

async function addressOf(document: { _id: unknown }): Promise<string> {
  const [row] = await sql<[{ id: number }]>`
    select id from runs where source_id = ${String(document._id)}`;
  return `/runs/${row.id}/plots`;
}

async function textAt(path: string): Promise<string> {
  const response = await researcher.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return await response.text();
}

test("every plot a run has is there as SVG, CSV and PNG, and as a page", async () => {
  for (
    const [document, names] of [
      [linear[0]!, LINEAR],
      [nonlinear, NONLINEAR],
    ] as const
  ) {
    const at = await addressOf(document);
    for (const name of names) {
      for (const format of FORMATS) {
        const response = await researcher.get(`${at}/${name}.${format}`);
        expect([name, format, response.status]).toEqual([name, format, 200]);
        expect(response.headers.get("Content-Disposition")).toMatch(
          /^attachment; filename="mgkdb_run_\d+_[a-z-]+\.(svg|csv|png)"$/,
        );
        const bytes = await response.bytes();
        expect(bytes.length).toBeGreaterThan(50);
        if (format === "png") {
          expect(bytes.subarray(0, 8).toHex()).toBe(PNG_SIGNATURE);
        }
      }
      expect(await textAt(`${at}/${name}`)).toContain(`id="plot-${name}"`);
    }
  }
  closePng();
});

test("a plot that a run has not is not found", async () => {
  const paths = [
    ...["trace", "fluxes", "flux-spectrum"].map((name) =>
      addressOf(linear[1]!).then((at) => `${at}/${name}`)
    ),
    ...["mode-structure", "nrg", "weights"].map((name) =>
      addressOf(linear[1]!).then((at) => `${at}/${name}`)
    ),
    ...["spectrum", "weights", "nrg", "mode-structure"].map((name) =>
      addressOf(nonlinear).then((at) => `${at}/${name}`)
    ),
    ...["surface", "spectrum", "nosuch", "constructor", "__proto__"].map((
      name,
    ) => addressOf(empty).then((at) => `${at}/${name}`)),
    ...FORMATS.map((f) => Promise.resolve(`/runs/999999/plots/trace.${f}`)),
  ];
  for (const path of await Promise.all(paths)) {
    for (const end of path.includes(".") ? [""] : ["", ".svg", ".csv"]) {
      const { status } = await researcher.get(path + end);
      expect([path + end, status]).toEqual([path + end, 404]);
    }
  }
});

test("an SVG file is shut in and needs nothing from outside", async () => {
  const response = await researcher.get(
    `${await addressOf(linear[0]!)}/spectrum.svg`,
  );
  expect(response.headers.get("Content-Type")).toBe(
    "image/svg+xml; charset=utf-8",
  );
  expect(response.headers.get("Content-Security-Policy")).toContain("sandbox");
  expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
  const svg = await response.text();
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg).not.toMatch(/<script|<style|\sstyle=|\sclass="|href=/);
});

test("a CSV file names its columns with units and holds the numbers", async () => {
  const [head, ...rows] = (await textAt(
    `${await addressOf(nonlinear)}/flux-spectrum.csv`,
  )).trim().split("\r\n");
  expect(head).toBe(
    "|ky| ρref,Q electrons (n_e T_e v_ref ρ*²),Q main ions (n_e T_e v_ref ρ*²)",
  );
  expect(rows).toEqual(["0,0,0", "0.1,8,15", "0.2,2,5"]);
});

test("each plot says its finding", async () => {
  const [first, second] = [
    await addressOf(linear[0]!),
    await addressOf(nonlinear),
  ];
  const findings: [string, string][] = [
    [`${first}/spectrum`, "The growth rate peaks at 0.06 v_ref/R0, ky = 0.2."],
    [`${first}/weights`, "2 times as much heat by ions as by electrons"],
    [`${first}/mode-structure`, "largest at the outboard midplane"],
    [`${first}/nrg`, "grow as e^(γt) with γ = 0.2 c_ref/L_ref"],
    [`${first}/surface`, "At r/R0 = 0.2 the surface is a circle."],
    [`${second}/trace`, "the total heat flux is 30 ±"],
    [`${second}/trace`, "it stands still (saturated)"],
    [`${second}/flux-spectrum`, "Heat flux peaks at ky = 0.1 with 23"],
    [`${second}/fluxes`, "that of main ions by ϕ: 20."],
  ];
  for (const [path, finding] of findings) {
    expect(await textAt(path)).toContain(finding);
  }
});

test("a run's page has its plots high up, without style attributes, and those of the source when they come into sight", async () => {
  const at = await addressOf(linear[0]!);
  const page = await textAt(at.replace("/plots", ""));
  expect(page).not.toMatch(/\sstyle=|<script>/);
  expect(page.indexOf('id="plots"')).toBeLessThan(page.indexOf('id="files"'));
  expect(page).toContain(`<a href="${at}/nrg">`);
  expect(page).toContain('hx-trigger="revealed"');
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]);
  expect(new Set(ids).size).toBe(ids.length);
});

test("htmx gets a plot alone", async () => {
  const path = `${await addressOf(linear[0]!)}/nrg`;
  const response = await researcher.get(path, {
    "HX-Request": "true",
    "HX-Request-Type": "partial",
  });
  const html = await response.text();
  expect(html).toMatch(/^<section class="drawn wide" id="plot-nrg">/);
  expect(html).not.toContain("<html");
});

test("while the source is away its plots answer 503, the others and an nrg file that was read before are drawn", async () => {
  const at = await addressOf(linear[0]!);
  await closeSource();
  const url = config.MONGO_URL;
  config.MONGO_URL = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200";
  try {
    for (const name of ["mode-structure.svg", "mode-structure"]) {
      const { status } = await researcher.get(`${at}/${name}`);
      expect([name, status]).toEqual([name, 503]);
    }
    for (const name of ["spectrum.svg", "surface.csv", "weights", "nrg"]) {
      await textAt(`${at}/${name}`);
    }
  } finally {
    config.MONGO_URL = url;
    await closeSource();
  }
});

test("plots are for approved accounts", async () => {
  const at = await addressOf(nonlinear);
  const stranger = await Browser.of(null);
  const pending = await Browser.of(await makeUser({ state: "pending" }));
  for (const end of ["trace", "trace.svg", "trace.png", "nosuch"]) {
    expect((await stranger.get(`${at}/${end}`)).status).toBe(303);
    expect((await pending.get(`${at}/${end}`)).status).toBe(403);
  }
});
