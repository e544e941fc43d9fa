/** What plots of real runs say in words, against what their documents hold (physics.md). */
import "../setup.ts";
import { expect } from "expect";
import { GENE, GX, TGLF } from "./documents.ts";
import {
  type Columns,
  realTest,
  researcher,
  runOf,
  type WorkedOut,
} from "./real_catalogue.ts";

const CGYRO_SCAN = "699ef2509cb056170142c4fb";
const OLD_NONLINEAR = "642dca1c7598dc2e010a5f29";

async function wordsAt(path: string): Promise<string> {
  const response = await researcher.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.text()).replaceAll(/<(svg|script).*?<\/\1>/gs, "")
    .replaceAll(/<[^>]+>/g, "").replaceAll(/\s+/g, " ");
}

function plotWords(document: string, name: string): Promise<string> {
  return wordsAt(`/runs/${runOf(document)}/plots/${name}?units=stored`);
}

realTest(
  "a flux spectrum is called unresolved exactly where it peaks at its first wavenumber or keeps a tenth at its last",
  async ({ runs }) => {
    let judged = 0;
    for (const [document, plots] of Object.entries(runs)) {
      const columns = plots["flux-spectrum"] as Columns | undefined;
      if (!columns) continue;
      const points = totals(columns).filter(([ky]) => ky > 0);
      const peak = points.reduce((a, b) =>
        Math.abs(b[1]) > Math.abs(a[1]) ? b : a
      );
      const left = Math.abs(points.at(-1)![1] / peak[1]);
      const words = await plotWords(document, "flux-spectrum");
      expect([
        document,
        words.includes("it peaks at the smallest"),
        words.includes("much is left at the largest"),
      ]).toEqual([document, peak === points[0], left >= 0.1]);
      judged++;
    }
    // Seven have one: four of TGLF's shear scan, its transport case, and two of CGYRO.
    expect(judged).toBe(7);
  },
);

function totals(columns: Columns): [number, number][] {
  const heat = Object.keys(columns).filter((h) => h.startsWith("Q"));
  return columns["|ky| ρref"]!.map((ky, k) => [
    Number(ky),
    heat.reduce((sum, h) => sum + Number(columns[h]![k]), 0),
  ]);
}

realTest(
  "weights say which way heat flows where it flows inwards",
  async ({ runs }: WorkedOut) => {
    for (const [document, { weights }] of Object.entries(runs)) {
      if (!weights) continue;
      const columns = weights as Columns;
      const heat = (name: RegExp) => {
        const k = columns.species!.findIndex((s) => name.test(String(s)));
        return Object.keys(columns).filter((h) => h.startsWith("Q"))
          .reduce((sum, h) => sum + Number(columns[h]![k]), 0);
      };
      const [ions, electrons] = [heat(/^(main )?ions?$/), heat(/^electrons?$/)];
      const words = await plotWords(document, "weights");
      const inwards = /heat by ions as by electrons(.*?)[;.]/.exec(words)![1];
      const wanted = ions < 0 && electrons < 0
        ? ", both inwards as stored"
        : "";
      expect([document, inwards]).toEqual([document, wanted]);
      const ratio = /carries ([\d.]+) times/.exec(words)![1]!;
      expect(Number(ratio)).toBeCloseTo(
        Number(Math.abs(ions / electrons).toPrecision(3)),
        9,
      );
    }
    expect(await plotWords(CGYRO_SCAN, "weights")).toContain("both inwards");
  },
);

realTest(
  "directions follow the sign of the frequency: above zero the ion one",
  async ({ rows }) => {
    for (const [document, row] of Object.entries(rows)) {
      if (row.kind !== "linear") continue;
      const ratio = Math.abs(Number(row.omega)) / Number(row.gamma);
      const wanted = Number(row.gamma) > 0 && ratio < 0.1
        ? "unclear"
        : Number(row.omega) > 0
        ? "ion"
        : "electron";
      expect([document, row.direction]).toEqual([document, wanted]);
    }
    expect(await wordsAt(`/runs/${runOf(GX)}`)).toMatch(/electron.direction/);
    expect(await wordsAt(`/runs/${runOf(TGLF)}`)).toMatch(/ion.direction/);
    expect(await plotWords(TGLF, "spectrum")).not.toContain(
      "changes direction",
    );
    // GENE's own file has +12.2, the document -19.4.
    expect(await plotWords(GENE, "omega")).toContain("opposite directions");
  },
);

realTest("a structure without ky is not called cut off", async ({ runs }) => {
  const columns = runs[OLD_NONLINEAR]!["mode-structure"] as Columns;
  // More than a tenth is left at the ends, as of everything periodic.
  expect(Number(columns["|ϕ|"]![0])).toBeGreaterThan(0.1);
  expect(await plotWords(OLD_NONLINEAR, "mode-structure")).not.toContain(
    "cut off",
  );
});

realTest("an nrg file of half a growth time says that it is short", async (
  { runs },
) => {
  const time = (runs[GENE]!.nrg as Columns).t!.map(Number);
  // 1.04 L_ref/c_ref, where the omega file has gamma = 1.85.
  expect(time.at(-1)).toBeLessThan(1.1);
  expect(await plotWords(GENE, "nrg")).toContain("too short a record to tell");
});
