import { expect } from "expect";
import {
  differingColumns,
  isTwinPhysics,
  isTwinValue,
  PHYSICS,
  type PhysicsValues,
  SCANNED,
  significantDigits,
  variedBetween,
} from "../../physics/families.ts";
import { column } from "../../physics/columns.ts";
import { convergenceTests, duplicates } from "../../physics/grids.ts";
import {
  envelope,
  scanLines,
  type ScanPoint,
  threshold,
} from "../../physics/scan.ts";
import {
  drawnGamma,
  lineOf,
  peakOf,
  type Point,
  pointState,
  reversals,
} from "../../physics/spectrum.ts";
import { compareTwins } from "../../physics/twins.ts";

const CBC: PhysicsValues = {
  kind: "linear",
  adiabatic: "none",
  fields: "phi+A",
  geometry: "miller",
  q: 1.4,
  s_hat: 0.8,
  r_over_R: 0.18,
  RLTi: 6.9,
  RLTe: 6.9,
  RLne: 2.2,
  RLni: 2.2,
  Ti_Te: 1,
  beta_e: 0.01,
  p_prime: 0.182,
  nu_ee: 0.212078,
  nu_ii: 0.0035,
  mass_i: 1,
  n_species: 2,
};

Deno.test("significantDigits() keeps five digits, forgets noise and does not depend on the last bit", () => {
  expect(significantDigits(0.2123456)).toBe(0.21235);
  expect(significantDigits(-8.42585)).toBe(-8.4259);
  expect(significantDigits(8.425849999999999)).toBe(8.4259);
  expect(significantDigits(9.999999)).toBe(10);
  expect(significantDigits(-2.9e-19)).toBe(0);
  expect(significantDigits(null)).toBeNull();
});

Deno.test("every column that families go by is a column of the catalogue", () => {
  for (const { key } of [...PHYSICS, ...SCANNED]) {
    expect([key, column(key)?.key]).toEqual([key, key]);
  }
  for (const { key, followers } of SCANNED) {
    expect([key, followers.includes(key)]).toEqual([key, false]);
    expect(followers.filter((f) => !column(f))).toEqual([]);
  }
});

Deno.test("variedBetween() names the one parameter, whatever follows it, and nothing else", () => {
  expect(variedBetween(CBC, { ...CBC, ky: 2 })).toBeNull();
  expect(variedBetween(CBC, { ...CBC, RLTi: 7.5 })).toBe("RLTi");
  expect(variedBetween(CBC, { ...CBC, RLTi: 7.5, p_prime: 0.19 })).toBe("RLTi");
  expect(variedBetween(CBC, { ...CBC, RLne: 3, RLni: 3, p_prime: 0.2 })).toBe(
    "RLne",
  );
  expect(variedBetween(CBC, { ...CBC, beta_e: 0.02, p_prime: 0.36 })).toBe(
    "beta_e",
  );
  expect(variedBetween(CBC, { ...CBC, p_prime: 0.36 })).toBe("p_prime");
  expect(variedBetween(CBC, { ...CBC, q: 2, s_hat: 1 })).toBeNull();
  expect(variedBetween(CBC, { ...CBC, RLTi: 7.5, fields: "phi" })).toBeNull();
});

Deno.test("an absent shape or flow is the round and the resting one; another absent number is a difference", () => {
  expect(differingColumns(CBC, { ...CBC, kappa: 1, delta: 0, gamma_E: 0 }))
    .toEqual([]);
  expect(differingColumns(CBC, { ...CBC, nu_ee: null })).toEqual(["nu_ee"]);
});

Deno.test("twins agree within 0.2 %, also where rounding to digits would part them", () => {
  // physics.md 3: nu_ee of one case in GENE and in the others.
  expect(isTwinValue(0.212078, 0.212132)).toBe(true);
  expect(isTwinPhysics(CBC, { ...CBC, nu_ee: 0.212132 })).toBe(true);
  expect(differingColumns(CBC, { ...CBC, nu_ee: 0.212132 })).toEqual(["nu_ee"]);
  expect(isTwinPhysics(CBC, { ...CBC, q: 1.404 })).toBe(false);
  expect(isTwinPhysics(CBC, { ...CBC, geometry: "tracer_efit" })).toBe(true);
  expect(isTwinPhysics(CBC, { ...CBC, geometry: "s-alpha" })).toBe(false);
});

Deno.test("pointState() puts doubt before growth, and calls a settled decay stable", () => {
  const judged = {
    gamma: 0.2,
    stability: "unstable",
    convergence: "yes",
    implausible: false,
  };
  expect(pointState(judged)).toBe("unstable");
  expect(pointState({ ...judged, convergence: "no" })).toBe("unconverged");
  expect(pointState({ ...judged, convergence: "no", implausible: true })).toBe(
    "implausible",
  );
  expect(
    drawnGamma(point({ gamma: -0.1, state: "stable" })),
  ).toBe(0);
});

Deno.test("lineOf() takes one run per place: the trusted, then the one of the common folder, then the newest", () => {
  const points = [
    point({ run: 1, ky: 0.1, folder: "a" }),
    point({ run: 2, ky: 0.2, folder: "a" }),
    point({ run: 3, ky: 0.2, folder: "b" }),
    point({ run: 4, ky: 0.3, folder: "a", state: "implausible" }),
    point({ run: 5, ky: 0.3, folder: "b", state: "unconverged" }),
    point({ run: 6, ky: 0.40001, folder: "b" }),
    point({ run: 7, ky: 0.4, folder: "b" }),
    point({ run: 8, ky: null, folder: "a" }),
  ];
  expect(lineOf(points, (p) => p.ky).map((p) => p.run)).toEqual([1, 2, 5, 7]);
});

Deno.test("peakOf() passes over implausible points; reversals() finds where the mode turns", () => {
  const points = [
    point({ run: 1, ky: 0.1, gamma: 0.1, omega: 0.1 }),
    point({ run: 2, ky: 0.2, gamma: 0.3, omega: 0.2 }),
    point({ run: 3, ky: 0.3, gamma: 0.2, omega: -0.2 }),
    point({ run: 4, ky: 0.4, gamma: 9, omega: 9, state: "implausible" }),
  ];
  expect(peakOf(points)!.run).toBe(2);
  expect(reversals(points).map(([a, b]) => [a.run, b.run])).toEqual([[2, 3]]);
});

Deno.test("scanLines() makes a line per typed k_y where all are typed, and drops single points", () => {
  const points = [
    scanned({ value: 2, ky: 0.3, ky_input: 0.25 }),
    scanned({ value: 3, ky: 0.31, ky_input: 0.25 }),
    scanned({ value: 3, ky: 0.6, ky_input: 0.5 }),
  ];
  expect(scanLines(points).map((l) => l.points.map((p) => p.value))).toEqual([
    [2, 3],
  ]);
  const untyped = points.map((p) => ({ ...p, ky_input: null }));
  expect(scanLines(untyped)).toEqual([]);
});

Deno.test("threshold() is the zero of a straight line, held between its neighbours", () => {
  const decaying = [
    scanned({ value: 4, gamma: -0.1, state: "stable" }),
    scanned({ value: 5, gamma: 0.1 }),
    scanned({ value: 6, gamma: 0.4 }),
  ];
  expect(threshold(decaying)!.value).toBeCloseTo(4.5, 10);
  expect(threshold(decaying)!.error).toBe(0.5);
  const silent = [{ ...decaying[0]!, gamma: null }, ...decaying.slice(1)];
  // Through (5, 0.1) and (6, 0.4): zero at 5 - 0.1/0.3.
  expect(threshold(silent)!.value).toBeCloseTo(4.6667, 4);
  expect(threshold(silent)!.slope).toBeCloseTo(0.3, 10);
  expect(threshold(decaying.slice(1))).toBeNull();
});

Deno.test("envelope() keeps the largest growth rate of each value", () => {
  const points = [
    scanned({ run: 1, value: 2, gamma: 0.1 }),
    scanned({ run: 2, value: 2, gamma: 0.3 }),
    scanned({ run: 3, value: 1, gamma: -1, state: "stable" }),
    scanned({ run: 4, value: 1, gamma: 8, state: "implausible" }),
  ];
  expect(envelope(points).map((p) => p.run)).toEqual([3, 2]);
});

Deno.test("convergence tests differ in the grid, duplicates in nothing", () => {
  const run = (id: number, ky: number, nz: number) => ({
    id,
    ky,
    kx: id === 1 ? -2.9e-19 : 0,
    gamma: 0.1,
    nx: null,
    nky: 1,
    nz,
    nv: 12,
    nw: 8,
  });
  const runs = [
    run(1, 0.3, 64),
    run(2, 0.3, 24),
    run(3, 0.3, 24),
    run(4, 1, 24),
  ];
  expect(convergenceTests(runs).map((g) => g.runs.map((r) => r.id))).toEqual([
    [2, 3, 1],
  ]);
  expect(duplicates(runs).map((g) => g.runs.map((r) => r.id))).toEqual([[
    2,
    3,
  ]]);
});

Deno.test("compareTwins() gives each code one vote and names outliers", () => {
  const twin = (run: number, code: string, value: number | null) => ({
    run,
    code,
    value,
    implausible: Math.abs(value ?? 0) > 1,
  });
  const { median, spread, deviations } = compareTwins([
    twin(1, "GENE", 3.92),
    twin(2, "CGYRO", -12.95),
    twin(3, "GS2", 0.08),
    twin(4, "GS2", 0.08),
    twin(5, "TGLF", 0.12),
    twin(6, "GX", null),
  ]);
  expect(median).toBeCloseTo(0.1, 10);
  expect(spread).toBeCloseTo(0.4, 10);
  expect(deviations.filter((d) => d.isOutlier).map((d) => d.run)).toEqual([
    1,
    2,
  ]);
  expect(deviations[2]!.relative).toBeCloseTo(-0.2, 10);
  expect(compareTwins([twin(1, "GENE", 5), twin(2, "GX", 6)]).median).toBe(5.5);
});

function point(given: Partial<Point> = {}): Point {
  return {
    run: 1,
    ky: 0.3,
    ky_input: null,
    gamma: 0.1,
    omega: 0.1,
    state: "unstable",
    mode: null,
    folder: "a",
    ...given,
  };
}

function scanned(given: Partial<ScanPoint> & { value: number }): ScanPoint {
  return { ...point(given), value: given.value };
}
