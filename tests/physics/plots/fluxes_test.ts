import { expect } from "expect";
import { fluxTable } from "../../../physics/fluxes.ts";
import { fluxBars } from "../../../physics/plots/flux_bars.ts";
import { fluxSpectra } from "../../../physics/plots/flux_spectrum.ts";
import { tracesOf } from "../../../physics/plots/trace.ts";
import type { Field, Flux, Maybe } from "../../../physics/simulation.ts";
import { nonlinear } from "./nonlinear.ts";

Deno.test("tracesOf() sums fields, then species, and leaves out times where a stored part has no number", () => {
  const traces = heat({
    phi: [[1, 2, null, 4], [10, 20, 30, 40]],
    a_parallel: [[0.5, 0.5, 0.5, 0.5], [0, 0, 0, null]],
  });
  const found = tracesOf(nonlinear({ time: [1, 2, 3, 4], traces }))!;
  expect(found.traces.map((t) => t.flux)).toEqual(["energy"]);
  expect(found.traces[0]!.species).toEqual([
    [{ x: 1, y: 1.5 }, { x: 2, y: 2.5 }, { x: 4, y: 4.5 }],
    [{ x: 1, y: 10 }, { x: 2, y: 20 }, { x: 3, y: 30 }],
  ]);
  expect(found.traces[0]!.total).toEqual([{ x: 1, y: 11.5 }, {
    x: 2,
    y: 22.5,
  }]);
});

Deno.test("tracesOf() turns the window's fractions into times, and takes none that makes no sense", () => {
  const traces = heat({ phi: [[1, 2, 3]] });
  const of = (window: Maybe[]) =>
    tracesOf(nonlinear({ time: [0, 5, 8], traces, window }))!;
  expect(of([0.5, 1])).toMatchObject({
    window: { from: 4, to: 8 },
    isLastHalf: true,
  });
  expect(of([0.25, 0.75])).toMatchObject({
    window: { from: 2, to: 6 },
    isLastHalf: false,
  });
  for (const window of [[], [null, 1], [0.9, 0.1], [40, 80], [-1, 1]]) {
    expect(of(window)).toMatchObject({ window: null, isLastHalf: false });
  }
});

Deno.test("tracesOf() has nothing for no trace, one point, and no number at all", () => {
  for (const rows of [[], [[]], [[1]], [[null, null, null]]] as Maybe[][][]) {
    const traces = heat({ phi: rows });
    expect(tracesOf(nonlinear({ time: [1, 2, 3], traces }))).toBeNull();
  }
  expect(tracesOf(null)).toBeNull();
});

Deno.test("particle fluxes of rounding size beside the heat flux are left out of traces, spectra and bars", () => {
  const table = <T>(values: T, noise: T, none: T) =>
    fluxTable((q, f) =>
      f !== "phi"
        ? none
        : q === "energy"
        ? values
        : q === "particles"
        ? noise
        : none
    );
  const n = nonlinear({
    time: [1, 2],
    ky: [0, 0.1],
    traces: table([[80, 90]], [[1e-13, -2e-13]], []),
    spectra: table([[80, 90]], [[1e-13, -2e-13]], []),
  });
  expect(tracesOf(n)!.traces.map((t) => t.flux)).toEqual(["energy"]);
  expect(fluxSpectra(n).map((s) => s.flux)).toEqual(["energy"]);
  expect(fluxBars(table<Maybe[]>([80], [1e-13], [])).map((b) => b.flux))
    .toEqual(["energy"]);
  expect(fluxBars(table<Maybe[]>([80], [1e-3], [])).map((b) => b.flux))
    .toEqual(["energy", "particles"]);
});

Deno.test("fluxSpectra() sorts by |k_y| and tells the peak by magnitude and what is left at the end", () => {
  const spectra = heat({ phi: [[-3, -1, 0], [-5, 0, 0]] });
  const [found] = fluxSpectra(nonlinear({ ky: [-0.4, -0.8, 0], spectra }));
  expect(found!.species[0]).toEqual([
    { x: 0, y: 0 },
    { x: 0.4, y: -3 },
    { x: 0.8, y: -1 },
  ]);
  expect(found!.peak).toEqual({ x: 0.4, y: -8 });
  expect(found!.tail).toBeCloseTo(1 / 8, 12);
});

Deno.test("fluxBars() drops fields of zeros beside others and names the largest part", () => {
  const [bars] = fluxBars(table1({ phi: [1, -4], a_parallel: [0, 0] }));
  expect(bars).toEqual({
    flux: "energy",
    fields: [{ field: "phi", values: [1, -4] }],
    largest: { field: "phi", species: 1, value: -4 },
  });
  expect(fluxBars(table1({ phi: [0, 0], a_parallel: [0, 0] }))).toMatchObject([
    { flux: "energy", fields: [{ field: "phi" }], largest: { value: 0 } },
  ]);
  expect(fluxBars(table1({ phi: [null, null] }))).toEqual([]);
});

function heat(fields: Partial<Record<Field, Maybe[][]>>) {
  return fluxTable((q: Flux, f: Field) =>
    q === "energy" ? fields[f] ?? [] : []
  );
}

function table1(fields: Partial<Record<Field, Maybe[]>>) {
  return fluxTable((q: Flux, f: Field) =>
    q === "energy" ? fields[f] ?? [] : []
  );
}

Deno.test("fluxBars() takes no more values than there can be species", () => {
  const table = fluxTable((flux) =>
    flux === "energy" ? Array.from({ length: 100_000 }, (_, k) => k) : []
  );
  expect(fluxBars(table)[0]!.fields[0]!.values).toHaveLength(20);
});
