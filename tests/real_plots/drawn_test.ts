/** Where things stand in the plots of real runs, read off the labels of the axes, against numbers worked out from the documents. */
import "../setup.ts";
import { expect } from "expect";
import {
  expectAt,
  expectPlaces,
  type Frame,
  framesOf,
  type Place,
} from "../components/plots/read_drawing.ts";
import {
  ADIABATIC,
  GENE,
  GENE_NONLINEAR,
  GX,
  NO_SHEAR,
  TGLF,
  TRANSPORT,
} from "./documents.ts";
import {
  type Cell,
  type Columns,
  realTest,
  researcher,
  runOf,
} from "./real_catalogue.ts";

async function framesAt(path: string): Promise<Frame[]> {
  const response = await researcher.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return framesOf(await response.text());
}

/** The plot of a run as stored, whatever units the page shows by default. */
function plotAt(document: string, name: string): Promise<Frame[]> {
  return framesAt(`/runs/${runOf(document)}/plots/${name}?units=stored`);
}

function pairs(columns: Columns, x: string, y: string): Place[] {
  return columns[x]!.map((v, k) => [Number(v), Number(columns[y]![k])]);
}

realTest(
  "lines over wavenumber, time and angle go through the numbers of their documents",
  async ({ runs }) => {
    let lines = 0;
    for (
      const [document, name, x] of [
        [TRANSPORT, "flux-spectrum", "|ky| ρref"],
        [NO_SHEAR, "flux-spectrum", "|ky| ρref"],
        [ADIABATIC, "flux-spectrum", "|ky| ρref"],
        [ADIABATIC, "trace", "t"],
        [GENE_NONLINEAR, "trace", "t"],
        [GX, "mode-structure", "θ/π"],
        [GENE_NONLINEAR, "nrg", "t"],
        [TGLF, "surface", "R/R0"],
      ] as const
    ) {
      const columns = runs[document]![name] as Columns;
      // Of particles only what is more than rounding, as in the CSV.
      const heads = Object.keys(columns).filter((h) =>
        h !== x && (document !== ADIABATIC || !h.startsWith("Γ"))
      );
      const frames = await plotAt(document, name);
      const series = frames.flatMap((f) => f.series.map((s) => ({ ...s, f })));
      expect([name, series.length]).toEqual([name, heads.length]);
      for (const [k, { line, markers, f }] of series.entries()) {
        const values = pairs(columns, x, heads[k]!);
        expectPlaces(line, values, f);
        for (const m of markers) expect(line).toContainEqual(m);
        lines++;
      }
    }
    expect(lines).toBeGreaterThan(25);
  },
);

realTest(
  "axes are logarithmic where values span decades, and places hold there, too",
  async ({ runs }) => {
    const [spectrum] = await plotAt(TRANSPORT, "flux-spectrum");
    const columns = runs[TRANSPORT]!["flux-spectrum"] as Columns;
    const ky = columns["|ky| ρref"]!.map(Number);
    // 0.12 to 36: more than a factor 30.
    expect(ky.at(-1)! / ky[0]!).toBeGreaterThan(30);
    expect([spectrum!.x.isLog, spectrum!.y.isLog]).toEqual([true, false]);
    const [, density] = await plotAt(GENE, "nrg");
    const nrg = runs[GENE]!.nrg as Columns;
    const squared = pairs(nrg, "t", "<n²> main ions");
    expectPlaces(
      density!.series[0]!.line,
      squared.filter(([, y]) => y > 0),
      density!,
    );
  },
);

realTest("the averaging window is shaded where the document says", async (
  { rows },
) => {
  const [heat] = await plotAt(ADIABATIC, "trace");
  const end = Number(rows[ADIABATIC]!.t_end);
  // time_interval_norm is [0.5, 1] of the end.
  expectAt(heat!.band![0], end / 2, heat!.x);
  expectAt(heat!.band![1], end, heat!.x);
});

realTest("bars reach from zero to their flux, inward ones downwards", async (
  { runs },
) => {
  for (
    const [document, name] of [
      [TRANSPORT, "fluxes"],
      [GX, "weights"],
    ] as const
  ) {
    const columns = runs[document]![name] as Columns;
    const frames = await plotAt(document, name);
    for (const [k, flux] of ["Q", "Γ"].entries()) {
      const frame = frames[k]!;
      const heads = Object.keys(columns).filter((h) => h.startsWith(flux));
      expect(frame.series.length).toBe(heads.length);
      for (const [s, head] of heads.entries()) {
        const values = columns[head]!.map(Number);
        for (
          const [n, { top, bottom, left, right }] of frame.series[s]!.bars
            .entries()
        ) {
          const [low, high] = [
            Math.min(0, values[n]!),
            Math.max(0, values[n]!),
          ];
          expectAt(top, high, frame.y);
          expectAt(bottom, low, frame.y);
          expect(right).toBeGreaterThan(left);
        }
      }
    }
  }
});

realTest("a circular surface is a circle on the screen", async ({ rows }) => {
  const [frame] = await plotAt(TGLF, "surface");
  const line = frame!.series[0]!.line;
  const [cx, cy] = [frame!.x.at(1), frame!.y.at(0)];
  const radii = line.map(([x, y]) => Math.hypot(x - cx, y - cy));
  expect(Math.max(...radii) - Math.min(...radii)).toBeLessThan(0.3);
  const r = Number(rows[TGLF]!.r_over_R);
  expectAt(Math.max(...line.map(([x]) => x)), 1 + r, frame!.x);
  // Up is up: the first quarter of the outline lies above the midplane.
  expect(line[20]![1]).toBeLessThan(cy);
});

realTest(
  "markers of spectra, twins and scans stand at the growth rates and frequencies of their runs",
  async ({ families }) => {
    const drawn = (points: Cell[][]) =>
      points.filter((p) => p[1] === 1 && p[5] !== "implausible");
    const spectrum = drawn(families.spectra[TGLF]!);
    const byState = (p: Cell[], column: number) =>
      column === 3 && p[5] === "stable" ? 0 : Number(p[column]);
    for (
      const [path, points, x] of [
        [`/spectra/${runOf(TGLF)}`, spectrum, 2],
        [`/runs/${runOf(TGLF)}/plots/spectrum?units=stored`, spectrum, 2],
        [
          `/scans/${runOf(String(families.scans.beta_e![0]!.run))}`,
          families.scans.beta_e!.map((
            w,
          ) => [w.run!, 1, w.value!, w.gamma!, w.omega!, w.state!]),
          2,
        ],
      ] as const
    ) {
      const frames = await framesAt(path);
      for (const [k, column] of [3, 4].entries()) {
        const frame = frames[k]!;
        const places = frame.series.flatMap((s) => s.markers);
        for (const p of points) {
          const [px, py] = [
            frame.x.at(Number(p[x])),
            frame.y.at(byState(p, column)),
          ];
          const near = places.some(([mx, my]) =>
            Math.hypot(mx - px, my - py) < 0.25
          );
          expect([path, column, p[0], near]).toEqual([
            path,
            column,
            p[0],
            true,
          ]);
        }
      }
    }
  },
);
