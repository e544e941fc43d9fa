/** Where things stand in drawn plots of made-up runs, read off the labels of the axes; tests/real_plots/ does the same with real ones. */
import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { MAX_POINTS } from "../../db/explore.ts";
import { findFamilies } from "../../db/families/find.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import {
  axesOf,
  expectAt,
  expectPlaces,
  type Frame,
  framesOf,
  numberOf,
  type Place,
} from "../components/plots/read_drawing.ts";
import { imasDocument } from "../db/source/make_document.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";
import { source } from "../mongo.ts";

Object.assign(config, { MONGO_DB: source.databaseName });

const researcher = await Browser.of(await makeUser());

/** k_y, gamma, omega: two decades, one stable, and a turn of the direction. */
const SPECTRUM = [
  [0.05, 0.02, -0.3],
  [0.2, 0.31, -0.1],
  [0.7, 0.27, 0.4],
  [2, -0.05, 0.9],
  [5, 0.6, 2.5],
] as const;
const WEIGHTS = { energy: [1.5, -0.5], particles: [0.25, 0.2] };
const TIMES = Array.from({ length: 300 }, (_, k) => 2 * k);
const HEAT = [40, -12].map((q) =>
  TIMES.map((t, k) => q * (1 - Math.exp(-t / 50)) + (k % 7))
);

const linear = SPECTRUM.map(([ky, gamma, omega], k) => {
  const document = imasDocument({ suffix: `_${k}` });
  const [wavevector] = document.gyrokineticsIMAS.linear.wavevector;
  wavevector!.binormal_wavevector_norm = ky;
  Object.assign(wavevector!.eigenmode[0]!, {
    growth_rate_norm: gamma,
    frequency_norm: omega,
    linear_weights: {
      energy_phi_potential: WEIGHTS.energy,
      particles_phi_potential: WEIGHTS.particles,
    },
  });
  return document;
});
const nonlinear = imasDocument({ suffix: "nl" });
Object.assign(nonlinear.gyrokineticsIMAS, {
  linear: {},
  non_linear: {
    quasi_linear: 0,
    time_norm: TIMES,
    time_interval_norm: [0.25, 0.75],
    fluxes_2d_k_x_k_y_sum: { energy_phi_potential: HEAT },
  },
});
await source.collection("LinearRuns").insertMany(linear as never[]);
await source.collection("NonlinRuns").insertOne(nonlinear as never);
await syncCatalogue({ pass: "full" });
/** A pair of fluxes of one case, whose ratio is 4. */
const pair = { q: 3, s_hat: 1, r_over_R: 0.1, RLTi: 8, RLTe: 8, RLne: 2 };
const shared = { ...pair, fields: "phi", adiabatic: "none", Ti_Te: 1 };
await makeRun({ ...shared, kind: "nonlinear", Q_i: 5, saturated: "yes" });
await makeRun({ ...shared, kind: "quasilinear", code: "TGLF", Q_i: 20 });
await findFamilies();

async function pageAt(path: string): Promise<string> {
  const response = await researcher.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return await response.text();
}

async function plotAt(
  document: { _id: unknown },
  name: string,
): Promise<Frame[]> {
  const [row] = await sql<[{ id: number }]>`
    select id from runs where source_id = ${String(document._id)}`;
  return framesOf(
    await pageAt(`/runs/${row.id}/plots/${name}?units=stored`),
  );
}

test("a spectrum's line and markers stand at their growth rates, a stable one at zero, over a logarithmic wavenumber", async () => {
  const frames = await plotAt(linear[0]!, "spectrum");
  const [others, own] = frames[0]!.series;
  const heights = SPECTRUM.map(([ky, gamma]): Place => [
    ky,
    Math.max(gamma, 0),
  ]);
  expect(frames[0]!.x.isLog).toBe(true);
  expectPlaces(others!.line, heights, frames[0]!);
  expectPlaces([...own!.markers, ...others!.markers], heights, frames[0]!);
  const turns = SPECTRUM.map(([ky, , omega]): Place => [ky, omega]);
  expectPlaces(frames[1]!.series[0]!.line, turns, frames[1]!);
});

test("bars reach from zero to their weight, an inward one downwards", async () => {
  const frames = await plotAt(linear[0]!, "weights");
  for (const [k, values] of Object.values(WEIGHTS).entries()) {
    const { series: [{ bars }], y } = frames[k] as Frame & {
      series: [Frame["series"][0]];
    };
    expect(bars.length).toBe(values.length);
    for (const [n, value] of values.entries()) {
      expectAt(bars[n]!.top, Math.max(value, 0), y);
      expectAt(bars[n]!.bottom, Math.min(value, 0), y);
    }
  }
});

test("a trace goes through its points, the window of the averages shaded", async () => {
  const [heat] = await plotAt(nonlinear, "trace");
  const total = TIMES.map((_, k) => HEAT[0]![k]! + HEAT[1]![k]!);
  for (const [k, values] of [...HEAT, total].entries()) {
    const places = TIMES.map((t, n): Place => [t, values[n]!]);
    expectPlaces(heat!.series[k]!.line, places, heat!);
  }
  expectAt(heat!.band![0], 0.25 * TIMES.at(-1)!, heat!.x);
  expectAt(heat!.band![1], 0.75 * TIMES.at(-1)!, heat!.x);
});

test("the map of ratios has its dashed line at one and a pair at four times that", async () => {
  const page = await pageAt("/explore/quasilinear?x=q");
  const [frame] = framesOf(page);
  expectAt(frame!.levels[0]!, 1, frame!.y);
  const places = frame!.series.flatMap((s) => s.markers);
  expectPlaces(places, [[3, 4]], frame!);
});

test("a cloud's points stand at their values, for the eye and for the script", async () => {
  for (const log of ["", "&xlog=1"]) {
    const page = await pageAt(`/explore?x=ky&y=omega${log}`);
    const svg = /<svg[^>]*aria-labelledby="cloud-t.*?<\/svg>/s.exec(page)![0];
    const axes = axesOf(svg);
    expect(axes.x.isLog).toBe(log !== "");
    const values = SPECTRUM.map(([ky, , omega]): Place => [ky, omega]);
    const drawn = [...svg.matchAll(/M([\d.]+),([\d.]+)m/g)].map((
      [, x, y],
    ): Place => [Number(x), Number(y)]);
    const across = (a: Place, b: Place) => a[0] - b[0];
    expectPlaces(drawn.toSorted(across), values, axes);
    const json = /<script type="application\/json">(.*?)<\/script>/.exec(page)!;
    const places = (JSON.parse(json[1]!) as [number, number, number][])
      .map(([x, y]): Place => [x, y]);
    expect(places.toSorted(across)).toEqual(drawn.toSorted(across));
  }
});

test("a grid's cells stand between their edges, as dark as the legend says of their runs", async () => {
  // n mod 7 and n mod 5, and a thousand runs more in one cell.
  await sql`
    insert into runs (source_id, folder_path, run_suffix, detail, row_hash, kind, collection, "RLTe", omega)
    select lpad(to_hex(n), 24, '0'), '/grid', n::text, '{}', '', 'linear', 'linear',
      case when n > ${MAX_POINTS} then 3 else n % 7 end, case when n > ${MAX_POINTS} then 2 else n % 5 end
    from generate_series(1, ${MAX_POINTS + 1000}) n`;
  const query = "x=RLTe&y=omega&RLTe_max=6.5&omega_min=-0.05";
  const page = await pageAt(`/explore?${query}`);
  const svg = /<svg[^>]*aria-labelledby="cloud-t.*?<\/svg>/s.exec(page)![0];
  const axes = axesOf(svg);
  const csv = (await pageAt(`/explore/scatter.csv?${query}`)).trimEnd()
    .split("\r\n").slice(1).map((l) => l.split(",").map(Number));
  expect(csv).toHaveLength(35);
  const shades = new Map(
    [...page.matchAll(
      /<rect class="marker" fill-opacity="([\d.]+)"[^>]*>.*?<\/svg>\s*([^<]*)</gs,
    )].map(([, shade, words]) => [shade!, words!.trim()]),
  );
  let cells = 0;
  for (
    const [, shade, d] of svg.matchAll(/fill-opacity="([\d.]+)" d="([^"]*)"/g)
  ) {
    const [from, to = Infinity] = shades.get(shade!)!.match(/[\d,]+/g)!.map(
      numberOf,
    );
    for (const [, x0, y0, x1, y1] of d!.matchAll(CELL)) {
      const own = csv.filter((c) =>
        [[x0, c[0]], [x1, c[1]]].every(([p, v]) => near(p, v, axes.x)) &&
        [[y0, c[2]], [y1, c[3]]].every(([p, v]) => near(p, v, axes.y))
      );
      expect(own).toHaveLength(1);
      const runs = own[0]![4]!;
      expect(runs >= from! && runs <= to).toBe(true);
      // 10,000/35, and 1,000 more at 3, 2.
      const full = own[0]![0]! <= 3 && own[0]![1]! > 3 &&
        own[0]![2]! <= 2 && own[0]![3]! > 2;
      expect(Math.abs(runs - 10_000 / 35 - (full ? 1000 : 0)))
        .toBeLessThan(1);
      cells++;
    }
  }
  expect(cells).toBe(35);
});

const CELL = /M([\d.]+),([\d.]+)H([\d.]+)V([\d.]+)H/g;

function near(
  pixel: unknown,
  value: unknown,
  axis: { at(value: number): number },
): boolean {
  return Math.abs(Number(pixel) - axis.at(Number(value))) < 0.2;
}

test("a grid of coverage is a table whose cells have the counts of the CSV, growing upwards", async () => {
  const page = await pageAt("/explore/coverage?x=RLTi&y=q");
  const csv = (await pageAt("/explore/coverage.csv?x=RLTi&y=q")).trimEnd()
    .split("\r\n").slice(1).map((l) => l.split(","));
  const table = /<table class="coverage">.*?<\/table>/s.exec(page)![0];
  const rows = [...table.matchAll(/<tr><th scope="row".*?<\/tr>/gs)].map(
    ([tr]) =>
      [...tr.matchAll(/<td class="d(\d)".*?>(\d+|none)<\//gs)].map((
        [, shade, words],
      ) => ({ shade, runs: words === "none" ? 0 : Number(words) })),
  );
  const shown = rows.reverse().flat();
  expect(shown.map((c) => c.runs)).toEqual(csv.map((c) => Number(c[4])));
  expect(shown.filter((c) => (c.shade === "0") !== (c.runs === 0))).toEqual([]);
  // 5 linear runs, one nonlinear, both of the pair.
  expect(shown.reduce((sum, c) => sum + c.runs, 0)).toBe(8);
});

test("a histogram's bars are as high as their shares, over the tallest", async () => {
  const page = await pageAt("/runs?ky_min=0.01");
  const histogram = /id="histogram-ky".*?<\/svg>/s.exec(page)![0];
  const bars = [...histogram.matchAll(
    /<title>(.*?)<\/title>.*?class="every"[^>]*height="([\d.]+)"/gs,
  )].map(([, title, height]) => ({
    share: Number(/([\d.]+) % of all/.exec(title!)![1]),
    height: Number(height),
  }));
  const tallest = Math.max(...bars.map((b) => b.share));
  for (const { share, height } of bars) {
    expect(Math.abs(height - Math.max(share > 0 ? 1 : 0, share / tallest * 36)))
      .toBeLessThan(0.4);
  }
  // Five values of k_y, each a fifth; two may share a bin.
  expect(bars.reduce((sum, b) => sum + b.share, 0)).toBeCloseTo(100, 6);
  expect(bars.filter((b) => b.share % 20 > 1e-9)).toEqual([]);
});
