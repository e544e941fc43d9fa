/** What is drawn of several real runs: scans, comparisons and the quasilinear map, against plots.py and sums made here. */
import "../setup.ts";
import { expect } from "expect";
import {
  ADIABATIC,
  GENE,
  GENE_NONLINEAR,
  NO_SHEAR,
  TGLF,
  TRANSPORT,
} from "./documents.ts";
import { makeCopies, SHIFT } from "./real_copies.ts";
import {
  type Columns,
  columnsOf,
  csvAt,
  differences,
  isSame,
  realTest,
  researcher,
  runOf,
} from "./real_catalogue.ts";

const CGYRO = "699ef25e9cb056170142c509";

realTest(
  "runs of one wavenumber that was converted twice do not vary in it",
  async () => {
    const path = `/spectra/${runOf(GENE)}.json`;
    const { runs, varies } = await (await researcher.get(path)).json();
    // 0.0829244985 and 0.0829243436.
    expect([runs.length, varies]).toEqual([2, []]);
    const other = await researcher.get(`/spectra/${runOf(TGLF)}.json`);
    expect((await other.json()).varies).toEqual(["ky"]);
  },
);

realTest(
  "a scan over beta has the runs of the folder and their growth rates",
  async ({ families }) => {
    const wanted = families.scans.beta_e!;
    const [first] = wanted;
    const path = `/scans/${runOf(String(first!.run))}`;
    const got = columnsOf((await csvAt(`${path}/plots/scan.csv`))!);
    const runs = wanted.map((w) => String(runOf(String(w.run))));
    expect(got.run).toEqual(runs);
    for (
      const [head, key] of [
        ["βe", "value"],
        ["ky ρref", "ky"],
        ["ky typed", "ky_input"],
        ["γ", "gamma"],
        ["ω", "omega"],
        ["state", "state"],
      ] as const
    ) {
      const column = wanted.map((w) => w[key]!);
      expect(differences(got[head], column, head)).toEqual([]);
    }
    const page = await (await researcher.get(path)).text();
    const peak = wanted.reduce((a, b) =>
      Number(b.gamma) > Number(a.gamma) ? b : a
    );
    // 0.6893 at beta_e = 0.006.
    expect(page).toContain(
      `Largest growth rate ${
        Number(peak.gamma).toPrecision(3)
      } at βe = ${peak.value}.`,
    );
  },
);

realTest(
  "a scan over the ExB shear has the heat fluxes of its runs",
  async ({ families }) => {
    const wanted = families.scans.gamma_E!;
    const path = `/scans/${runOf(String(wanted[0]!.run))}/plots/scan.csv`;
    const got = columnsOf((await csvAt(path))!);
    expect(got.run).toEqual(wanted.map((w) => String(runOf(String(w.run)))));
    for (
      const [head, key] of [["γE", "value"], ["Q_i", "Q_i"], [
        "Q_e",
        "Q_e",
      ]] as const
    ) {
      const column = wanted.map((w) => w[key]!);
      expect(differences(got[head], column, head)).toEqual([]);
    }
  },
);

realTest(
  "compared runs have the spectra, traces and fluxes of their documents",
  async ({ families, runs }) => {
    const path = (name: string, ...documents: string[]) =>
      `/compare/plots/${name}.csv?${
        documents.map((d) => `run=${runOf(d)}`).join("&")
      }`;
    const [, ...points] = (await csvAt(path("spectrum", TGLF, CGYRO)))!;
    for (const document of [TGLF, CGYRO]) {
      const wanted = families.spectra[document]!.filter((p) => p[1] === 1);
      const got = points.filter((p) => p[0] === String(runOf(document)));
      expect(got.map((p) => p[1]).sort()).toEqual(
        wanted.map((p) => String(runOf(String(p[0])))).sort(),
      );
      for (const [run, , ...cells] of wanted) {
        const row = got.find((p) => p[1] === String(runOf(String(run))))!;
        expect(cells.filter((v, k) => !isSame(row[k + 2]!, v))).toEqual([]);
      }
    }
    for (
      const [name, first, second] of [
        ["trace", ADIABATIC, GENE_NONLINEAR],
        ["flux-spectrum", TRANSPORT, NO_SHEAR],
      ] as const
    ) {
      const csv = (await csvAt(path(name, first, second)))!;
      for (const [k, document] of [first, second].entries()) {
        const [xs, ...lines] = Object.entries(runs[document]![name] as Columns)
          .filter(([h]) => !/^Γ|sum/.test(h)).map(([, values]) => values);
        const own = csv.slice(1).filter((row) => row[k + 1] !== "");
        const total = xs!.map((_, n) =>
          lines.reduce((sum, l) => sum + Number(l[n]), 0)
        );
        expect([
          ...differences(own.map((r) => r[0]!), xs!, name),
          ...differences(own.map((r) => r[k + 1]!), total, name),
        ]).toEqual([]);
      }
    }
  },
);

realTest(
  "a scan laid over another, and its threshold, are those of its documents",
  async ({ families }) => {
    const wanted = families.scans.beta_e!;
    const copies = await makeCopies();
    const [own, other] = [runOf(String(wanted[0]!.run)), copies.scan[0]!];
    const rows =
      (await csvAt(`/scans/${own}/plots/scan.csv?varied=beta_e&with=${other}`))!
        .slice(1);
    const shifted = rows.filter((r) => copies.scan.includes(Number(r[2])));
    expect([rows.length, shifted.length]).toEqual([6, 3]);
    const gammas = wanted.map((w) => Number(w.gamma) - SHIFT);
    expect(differences(shifted.map((r) => r[6]!), gammas, "γ")).toEqual([]);
    // 0.032, -0.025, 0.039: stable in the middle.
    expect(shifted.map((r) => r[8])).toEqual([
      "unstable",
      "stable",
      "unstable",
    ]);
    const [a, b] = wanted.map((w) => Number(w.value)) as [number, number];
    const slope = (gammas[1]! - gammas[0]!) / (b - a);
    const found = (await csvAt(
      `/scans/${own}/thresholds.csv?varied=beta_e&with=${other}`,
    ))!.filter((r) => copies.scan.some((id) => r[0] === `scan of run ${id}`));
    expect(found).toHaveLength(1);
    const [, ky, , zero, error, stiffness, values] = found[0]!;
    expect(isSame(ky!, wanted[0]!.ky!)).toBe(true);
    expect(Number(zero)).toBeCloseTo(a - gammas[0]! / slope, 12);
    expect(Number(error)).toBeCloseTo((b - a) / 2, 12);
    expect(Number(stiffness)).toBeCloseTo(slope, 9);
    expect(values).toBe("3");
    const page = await (await researcher.get(
      `/scans/${own}?varied=beta_e&with=${other}`,
    )).text();
    expect(page.replaceAll(/<[^>]+>/g, "")).toContain("|q| 2.4 instead of 2");
  },
);

realTest(
  "a pair of fluxes of the same physics has the ratio of its documents",
  async ({ rows }) => {
    const { halved } = await makeCopies();
    const map = await csvAt("/explore/quasilinear.csv?x=q&flux=Q_i");
    const pair = columnsOf(map!);
    expect(pair["quasilinear run"]).toEqual([String(runOf(NO_SHEAR))]);
    expect(pair["nonlinear run"]).toEqual([String(halved)]);
    const { Q_i, q } = rows[NO_SHEAR]!;
    // The copy has half of the fluxes.
    expect(differences(pair.ratio, [2], "ratio")).toEqual([]);
    expect(differences(pair["|q|"], [q!], "q")).toEqual([]);
    expect(differences(pair["Q_i quasilinear"], [Q_i!], "Q_i")).toEqual([]);
    expect(differences(pair["Q_i nonlinear"], [Number(Q_i) / 2], "Q_i"))
      .toEqual([]);
  },
);
