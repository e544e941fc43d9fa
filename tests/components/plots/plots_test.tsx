import { expect } from "expect";
import type { Child } from "hono/jsx";
import { cataloguePlot } from "../../../components/plots/draw.ts";
import { PlotSection } from "../../../components/plots/figure.tsx";
import { lineSeries } from "../../../components/plots/series_of.ts";
import type { Plot } from "../../../components/plots/plot.ts";
import { scaleOf } from "../../../components/plots/scale.ts";
import { SeriesShape } from "../../../components/plots/series.tsx";
import { standaloneSvg } from "../../../components/plots/standalone.tsx";
import { readSimulation } from "../../../db/source/simulation.ts";
import { fluxTable } from "../../../physics/fluxes.ts";
import { thinned } from "../../../physics/thin.ts";
import type { Maybe, Simulation } from "../../../physics/simulation.ts";
import { imasDocument } from "../../db/source/make_document.ts";
import { nonlinear } from "../../physics/plots/nonlinear.ts";

const BROKEN = /NaN|Infinity|undefined|null|\[object/;

Deno.test("a plot of any data is whole: no number, one, equal ones, negative ones, tiny and huge ones", () => {
  const series: Record<string, Maybe[]> = {
    none: [],
    one: [5],
    equal: [3, 3, 3],
    zeros: [0, 0, 0],
    negative: [-5, -4, -9],
    tiny: [1e-300, 2e-300, 3e-300],
    huge: [1e38, -1e38, 1e30],
    gaps: [1, null, 3, null, 5],
    many: Array.from({ length: 100_000 }, (_, k) => Math.sin(k / 50) * k),
  };
  for (const [name, values] of Object.entries(series)) {
    const points = values.flatMap((y, x) => y === null ? [] : [{ x, y }]);
    const plot = plotOf(lineSeries({ look: 0, label: "a", points, x: "t" }));
    for (const drawn of [page(plot), standaloneSvg(plot, "")]) {
      expect([name, BROKEN.exec(drawn)?.[0]]).toEqual([name, undefined]);
      expect(drawn.length).toBeLessThan(60_000);
    }
  }
});

Deno.test("bars of missing, negative and many values are whole", () => {
  const species = Array.from({ length: 30 }, (_, k) => k === 1 ? null : -k);
  const fluxes = fluxTable((q, f) =>
    q === "energy" && f !== "b_parallel" ? species : []
  );
  const plot = cataloguePlot(
    "fluxes",
    source(nonlinear({ fluxes })),
  ) as Plot;
  expect(standaloneSvg(plot, "")).not.toMatch(BROKEN);
  expect(page(plot)).not.toMatch(/NaN|undefined/);
});

Deno.test("a standalone plot needs no stylesheet, and escapes what an uploader wrote", () => {
  const plot = plotOf(
    lineSeries({ look: 1, label: `</svg><script>"`, points: PAIR, x: "t" }),
  );
  const svg = standaloneSvg(plot, `<b class="s0">&`);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg).not.toMatch(/\sclass="|style=|<style|<script|<b|href=/);
  expect(svg).toContain("&lt;b class=&quot;s0&quot;&gt;&amp;");
});

Deno.test("series differ by colour, dash and marker", () => {
  const looks = [0, 1, 2, 3, 4, 5, 6].map((look) => {
    const svg = standaloneSvg(
      plotOf(lineSeries({ look, label: "a", points: PAIR, x: "t" })),
      "",
    );
    return {
      colour: /color="(#[0-9a-f]+)"><path/.exec(svg)?.[1],
      dash: /stroke-dasharray="([^"]+)"/.exec(svg)?.[1] ?? "",
      marker: /fill="currentColor" d="([^"]+)"/.exec(svg)?.[1],
    };
  });
  for (const key of ["colour", "dash", "marker"] as const) {
    expect(new Set(looks.map((l) => l[key])).size).toBe(7);
  }
});

Deno.test("scaleOf() draws one value converted twice as one place, with ticks that differ", () => {
  const scale = scaleOf([0.0829244, 0.0829249], { from: 68, to: 466 });
  expect(Math.abs(scale.at(0.0829249) - scale.at(0.0829244))).toBeLessThan(1);
  const labels = scale.ticks.map((t) => t.label);
  expect(new Set(labels).size).toBe(labels.length);
  expect(Math.max(...labels.map((l) => l.length))).toBeLessThan(8);
});

Deno.test("scaleOf() writes small numbers with one power of ten for all", () => {
  const scale = scaleOf([0, 2e-13], { from: 0, to: 100, zero: true });
  expect(scale.power).toBe(-13);
  expect(scale.ticks.map((t) => t.label)).toContain("2.0");
});

Deno.test("a line stands where its numbers say, to a tenth, also beyond the frame", () => {
  // 0 to 10 with a margin of 4 % above: 10.4 over 208, so 20 for each 1.
  const scale = scaleOf([0, 10], { from: 0, to: 208, zero: true });
  const line = [[0, 0], [5.006, 2.6], [-1, 26.01]].map(([x, y]) => ({
    x: x!,
    y: y!,
  }));
  const series = { look: 0, label: "a", points: [], line };
  const drawn = String(<SeriesShape series={series} x={scale} y={scale} />);
  expect(/ d="([^"]+)"/.exec(drawn)![1]).toBe("M0,0L100.1,52L-20,520.2");
});

Deno.test("the trace of 100,000 points is thinned to a plot of some kilobytes with its extremes", () => {
  const time = Array.from({ length: 100_000 }, (_, k) => k / 100);
  const heat = time.map((t) => t === 777.77 ? 500 : 10 + Math.sin(t));
  const traces = fluxTable((q, f) =>
    q === "energy" && f === "phi" ? [heat] : []
  );
  const long = nonlinear({ time, traces, n_time: 100_000, t_end: 999.99 });
  const { sim } = source(long);
  const plot = cataloguePlot("trace", {
    row: { id: 1 },
    sim: thinned(sim),
    spectrum: [],
  }) as Plot;
  expect(plot.note).toContain("of 100,000 points");
  expect(Math.max(...plot.table.rows.map((r) => Number(r[1])))).toBe(500);
  expect(page(plot).length).toBeLessThan(60_000);
});

const PAIR = [{ x: 1, y: 1 }, { x: 2, y: 3 }];

function plotOf(series: ReturnType<typeof lineSeries>): Plot {
  return {
    name: "trace",
    title: "Test",
    finding: "A finding.",
    note: "A note.",
    panels: [{
      key: "a",
      title: "Panel",
      xLabel: [],
      yLabel: [],
      series: [series],
    }],
    table: {
      heads: ["x", "y"],
      rows: series.line.map((p) => [p.x, p.y]),
    },
  };
}

function page(plot: Plot): string {
  const section: Child = <PlotSection id={1} plot={plot} />;
  return String(section);
}

function source(nonlinear: Simulation["nonlinear"]) {
  const { simulation } = readSimulation(imasDocument(), "NonlinRuns");
  return {
    row: { id: 1 },
    spectrum: [],
    sim: { ...simulation!, nonlinear, wavevectors: [] },
  };
}
