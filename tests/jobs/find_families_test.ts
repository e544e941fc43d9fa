import { test } from "../setup.ts";
import { expect } from "expect";
import { writeRuns } from "../../db/catalogue.ts";
import { findFamilies } from "../../db/families/find.ts";
import {
  getScan,
  getSpectrum,
  getTwins,
  listScans,
} from "../../db/families/members.ts";
import { getFamilyOverview } from "../../db/families/overview.ts";
import {
  type CollectionName,
  readSimulation,
} from "../../db/source/simulation.ts";
import { sql } from "../../db/sql.ts";
import { createPass, finishPass } from "../../db/sync_passes.ts";
import {
  isTwinPhysics,
  isTwinValue,
  type PhysicsValues,
  significantDigits,
  variedBetween,
} from "../../physics/families.ts";
import {
  hasSharedDocuments,
  sharedDocuments,
} from "../db/source/shared_documents.ts";
import { runJobs } from "../jobs.ts";
import { makeRun, type RunValues } from "../make_run.ts";

Deno.test.beforeEach(async () => {
  await sql`truncate runs, spectra, scan_spectra, sync_passes cascade`;
});

test("findFamilies() joins runs of one code that differ in k_y only, and nothing else", async () => {
  const [a, b, c, d] = [
    await make({ ky: 0.1, gamma: 0.1 }),
    await make({ ky: 0.2, gamma: 0.3, RLTi: 6.900000001 }),
    await make({ ky: 0.3, gamma: 9, implausible: true }),
    await make({ ky: 0.3, code: "GS2" }),
  ];
  await make({ ky: 0.2, fields: "phi+A" });
  await findFamilies();
  expect(await spectrumOf(a!)).toEqual([a, b, c]);
  expect(await spectrumOf(d!)).toEqual([d]);
  const [summary] = await sql`select * from spectra where id = ${a!}`;
  expect({ ...summary }).toEqual({
    id: a,
    n_runs: 3,
    n_ky: 3,
    ky_lo: 0.1,
    ky_hi: 0.3,
    gamma_max: 0.3,
    ky_at_max: 0.2,
    run_at_max: b,
  });
});

test("findFamilies() finds a scan with what follows it, and both scans of a grid", async () => {
  const grid: number[] = [];
  for (const RLTi of [4, 5, 6]) {
    for (const q of [1.4, 2]) {
      grid.push(await make({ RLTi, q, p_prime: 0.01 * RLTi }));
    }
  }
  await findFamilies();
  expect((await listScans(grid[0]!)).map((o) => [o.varied, o.n_values]))
    .toEqual([["RLTi", 3], ["q", 2]]);
  expect(await scanOf(grid[0]!, "RLTi")).toEqual([grid[0], grid[2], grid[4]]);
  expect(await scanOf(grid[0]!, "q")).toEqual([grid[0], grid[1]]);
  expect(await getFamilyOverview(grid[0]!)).toMatchObject({
    n_spectrum: 1,
    n_codes: 0,
  });
});

test("values that differ by no more than constants do make no scan, but twins", async () => {
  const gene = await make({ code: "GENE", nu_ee: 0.212078, ky: 0.082924 });
  const other = await make({ code: "GENE", nu_ee: 0.212132, ky: 0.082924 });
  const cgyro = await make({ code: "CGYRO", nu_ee: 0.212132, ky: 0.082916 });
  await make({ code: "CGYRO", nu_ee: 0.212132, ky: 0.0832 });
  await findFamilies();
  expect(await listScans(gene)).toEqual([]);
  expect(await spectrumOf(gene)).toEqual([gene]);
  expect((await twinsOf(gene)).sort()).toEqual([gene, other, cgyro]);
});

test("families follow the catalogue: a second search changes nothing, a changed, hidden or removed run leaves", async () => {
  const ids = [];
  for (const ky of [0.1, 0.2, 0.3, 0.4]) ids.push(await make({ ky }));
  await findFamilies();
  const before = await sql`select xmin, * from run_families order by run_id`;
  await findFamilies();
  expect(await sql`select xmin, * from run_families order by run_id`).toEqual(
    before,
  );
  await sql`update runs set "RLTi" = 8 where id = ${ids[0]!}`;
  await sql`update runs set hidden_at = now() where id = ${ids[1]!}`;
  await sql`delete from runs where id = ${ids[2]!}`;
  expect(await spectrumOf(ids[3]!)).toEqual([ids[0], ids[3]]);
  await findFamilies();
  expect(await spectrumOf(ids[3]!)).toEqual([ids[3]]);
  expect(await getSpectrum(ids[1]!)).toBeNull();
  expect(await sql`select id from spectra order by id`).toHaveLength(2);
});

test("numbers beyond all physics stop nothing", async () => {
  const [tiny, huge] = [
    await make({ q: 1e-300, ky: 1e300 }),
    await make({ q: 1e300, beta_e: -1e300, code: "GX", gamma: 1e300 }),
  ];
  const nothing = (await makeRun({ code: null, kind: null })).id;
  await findFamilies();
  for (const id of [tiny!, huge!, nothing]) {
    expect(await spectrumOf(id)).toEqual([id]);
  }
});

test("a run that no search has placed is a spectrum of its own", async () => {
  const id = await make({});
  expect(await spectrumOf(id)).toEqual([id]);
  expect(await twinsOf(id)).toEqual([id]);
});

test("a pass that changed runs has the families found, one that changed none has not", async () => {
  const id = await make({});
  await finishPass(await createPass("new"));
  await runJobs({ names: ["find_families"] });
  expect(await sql`select from run_families`).toHaveLength(0);
  await finishPass({ ...await createPass("new"), added: 1 });
  await runJobs({ names: ["find_families"] });
  expect(await sql`select run_id from run_families`).toEqual([{ run_id: id }]);
});

test("the search in Postgres says what comparing all pairs says", async () => {
  const rows: (RunValues & { id?: number })[] = [];
  // Prime steps: a catalogue of grids with every combination once.
  for (let k = 0; k < 240; k++) {
    rows.push({
      ...CBC,
      code: ["GENE", "CGYRO", "TGLF"][k % 3]!,
      ky: [0.1, 0.2][(k >> 1) % 2]!,
      RLTi: [5, 6, 7, 8][(k >> 2) % 4]!,
      beta_e: [0, 0.01][(k >> 4) % 2]!,
      p_prime: [0, 0.18][(k >> 4) % 2]!,
      s_hat: [0.8, 0.80001, 0.8009, 1][(k * 7) % 4]!,
    });
  }
  for (const row of rows) row.id = await make(row);
  await findFamilies();
  const found = new Map(
    (await sql<
      { run_id: number; spectrum_id: number; twins_id: number | null }[]
    >`select * from run_families`).map((f) => [f.run_id, f]),
  );
  const scans = await sql<
    { run_id: number; varied: string; scan_id: number }[]
  >`select run_id, varied, scan_id from run_families join scan_spectra using (spectrum_id)`;
  const scanKeys = new Set(
    scans.map((s) => `${s.run_id} ${s.varied} ${s.scan_id}`),
  );
  for (const a of rows) {
    for (const b of rows) {
      const [fa, fb] = [found.get(a.id!)!, found.get(b.id!)!];
      const physics = [a, b] as unknown as [PhysicsValues, PhysicsValues];
      const same = a.code === b.code && samePhysics(...physics);
      expect([a.id, b.id, fa.spectrum_id === fb.spectrum_id]).toEqual([
        a.id,
        b.id,
        same,
      ]);
      if (a.code !== b.code) {
        const twins = isTwinPhysics(...physics) &&
          isTwinValue(Number(a.ky), Number(b.ky));
        expect([
          a.id,
          b.id,
          fa.twins_id !== null && fa.twins_id === fb.twins_id,
        ]).toEqual([a.id, b.id, twins]);
      } else {
        const varied = variedBetween(...physics);
        if (varied === null || varied === "s_hat") continue;
        const shared = scans.filter((s) =>
          s.run_id === a.id && s.varied === varied
        ).some((s) => scanKeys.has(`${b.id} ${varied} ${s.scan_id}`));
        expect([a.id, b.id, varied, shared]).toEqual([
          a.id,
          b.id,
          varied,
          true,
        ]);
      }
    }
  }
});

Deno.test({
  name: "findFamilies() finds the stories of the real documents",
  ignore: !hasSharedDocuments(),
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    for (const name of ["LinearRuns", "NonlinRuns"] as CollectionName[]) {
      const documents = await sharedDocuments("real", name);
      await writeRuns(
        documents.map((d) => readSimulation(d, name).simulation!),
      );
    }
    await findFamilies();
    const twins = await getTwins(await idOf("gs2_04a4"));
    const growth = twins!.members.map(({ row }) => [
      row.code,
      Number(Number(row.gamma).toPrecision(3)),
      row.implausible,
    ]);
    expect(new Set(growth.map(([code]) => code))).toEqual(
      new Set(["CGYRO", "GENE", "GS2", "TGLF"]),
    );
    for (
      const one of [["GS2", 0.0806, false], ["TGLF", 0.12, false], [
        "GENE",
        3.92,
        true,
      ], ["CGYRO", -12.9, true]]
    ) expect(growth).toContainEqual(one);

    const spectrum = await getSpectrum(await idOf("ky_0.20"));
    const scanned = spectrum!.members.map((m) => m.row.suffix);
    for (const ky of [5, 10, 20, 30, 40, 50, 60, 80]) {
      expect(scanned).toContain(`ky_${(ky / 100).toFixed(2)}`);
    }
    // The three single runs of TGLF are the same physics at one k_y more.
    expect(scanned.filter((s) => !String(s).startsWith("ky_")).sort()).toEqual([
      "TGLF_linear",
      "lin_a",
      "lin_b",
    ]);

    const scan = await getScan(await idOf("betae_0.0030"), "beta_e");
    expect(scan!.members.map((m) => m.row.suffix)).toEqual([
      "betae_0.0010",
      "betae_0.0030",
      "betae_0.0060",
    ]);
    expect(scan!.members.map((m) => m.row.mode)).toEqual(["ITG", "ITG", "KBM"]);
  },
});

const CBC: RunValues = {
  code: "GENE",
  fields: "phi",
  adiabatic: "none",
  geometry: "miller",
  q: 1.4,
  s_hat: 0.8,
  r_over_R: 0.18,
  RLTi: 6.9,
  RLTe: 6.9,
  RLne: 2.2,
  RLni: 2.2,
  Ti_Te: 1,
  beta_e: 0,
  nu_ee: 0.2,
  nu_ii: 0.003,
  n_species: 2,
  ky: 0.3,
  kx: 0,
  gamma: 0.2,
};

async function make(values: RunValues & { id?: number }): Promise<number> {
  const { id: _, ...given } = values;
  return (await makeRun({ ...CBC, ...given })).id;
}

function samePhysics(a: PhysicsValues, b: PhysicsValues): boolean {
  return ["RLTi", "beta_e", "s_hat", "p_prime"].every((key) =>
    significantDigits(Number(a[key] ?? 0)) ===
      significantDigits(Number(b[key] ?? 0))
  );
}

async function idOf(suffix: string): Promise<number> {
  const [row] = await sql<[{ id: number }]>`
    select id from runs where suffix = ${suffix} and kind = 'linear'`;
  return row.id;
}

async function spectrumOf(id: number): Promise<number[]> {
  return (await getSpectrum(id))!.members.map((m) => m.row.id);
}

async function twinsOf(id: number): Promise<number[]> {
  return (await getTwins(id))!.members.map((m) => m.row.id);
}

async function scanOf(id: number, varied: string): Promise<number[]> {
  return (await getScan(id, varied))!.members.map((m) => m.row.id);
}
