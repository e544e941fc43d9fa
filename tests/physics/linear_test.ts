import { expect } from "expect";
import { columnValues } from "../../physics/columns.ts";
import { suggestedMode } from "../../physics/mode.ts";
import { roles } from "../../physics/roles.ts";
import type { Simulation, Species } from "../../physics/simulation.ts";
import { readSimulation } from "../../db/source/simulation.ts";
import { imasDocument } from "../db/source/make_document.ts";

Deno.test("stability, convergence and direction follow from gamma, omega and the tolerance", () => {
  const cases: [
    gamma: number,
    omega: number,
    tolerance: number,
    code: string,
    stability: string,
    convergence: string,
    direction: string | null,
  ][] = [
    [0.1, 0.2, 0.05, "CGYRO", "unstable", "yes", "ion"],
    [0.1, -0.2, 0.1, "GS2", "unstable", "yes", "electron"],
    [0.1, 0.009, 0.11, "GX", "unstable", "no", "unclear"],
    [-0.1, 0.2, 0.05, "CGYRO", "stable", "yes", "ion"],
    [-0.1, 0.2, 0.5, "CGYRO", "unknown", "no", "ion"],
    [-0.1, 0.2, NaN, "CGYRO", "unknown", "unknown", "ion"],
    [0, 0, 0, "TGLF", "stable", "solver", "unclear"],
    [9e40, 0.2, 0.05, "CGYRO", "unknown", "yes", "ion"],
    [0.1, 999999999, 0.05, "CGYRO", "unstable", "yes", null],
  ];
  for (const [gamma, omega, tolerance, code, ...wanted] of cases) {
    const row = columnValues(linearRun({ gamma, omega, tolerance, code }));
    expect([gamma, tolerance, row.stability, row.convergence, row.direction])
      .toEqual([gamma, tolerance, ...wanted]);
  }
});

Deno.test("implausible begins at three times the largest diamagnetic frequency", () => {
  // k_y = 0.3, |R/L_n| + |R/L_T| = 12, T = 1: 3 x 0.15 x 12 = 5.4
  expect(columnValues(linearRun({ gamma: 5.39 })).implausible).toBe(false);
  expect(columnValues(linearRun({ gamma: 5.41 })).implausible).toBe(true);
  expect(columnValues(linearRun({ gamma: 0.1, omega: -5.41 })).implausible)
    .toBe(true);
  expect(columnValues(linearRun({ gamma: 9e40, omega: NaN })).implausible)
    .toBeNull();
});

Deno.test("the suggested mode uses wavenumber, direction, frequency and the magnetic share", () => {
  const weights = (phi: number[], a: number[]) => ({
    energy_phi_potential: phi,
    energy_a_field_parallel: a,
  });
  const cases: [string, Parameters<typeof linearRun>[0]][] = [
    ["ITG", { omega: 0.2 }],
    ["TEM", { omega: -0.2 }],
    ["ETG", { omega: -20, ky: 20 }],
    ["unclear", { omega: 0.001, gamma: 0.1 }],
    // omega_*pi = 0.15 x 12 = 1.8
    ["KBM", { omega: 1.2, beta: 0.01, electromagnetic: true }],
    ["ITG", { omega: 0.6, beta: 0.01, electromagnetic: true }],
    ["unclear", { omega: -0.6, beta: 0.01, electromagnetic: true }],
    ["MTM", {
      omega: -0.6,
      beta: 0.01,
      electromagnetic: true,
      weights: weights([0.1, 0.1], [2, 0]),
    }],
    ["TEM", {
      omega: -0.6,
      beta: 0.01,
      electromagnetic: true,
      weights: weights([1, 1], [0.2, 0]),
    }],
  ];
  for (const [mode, given] of cases) {
    expect([given, suggestedMode(linearRun(given))?.mode]).toEqual([
      given,
      mode,
    ]);
  }
  expect(suggestedMode(linearRun({ gamma: -0.1 }))).toBeNull();
});

Deno.test("roles() finds electrons, main ion, fast ions and impurities whatever their order", () => {
  const fast = species(1, 0.05, { temperature: 12 });
  const all = [
    species(6, 0.02),
    fast,
    species(1, 0.4, { mass: 1.5 }),
    species(-1, 1),
    species(1, 0.4),
  ];
  expect(roles(all)).toEqual({
    e: 3,
    i: 4,
    fast: [1],
    impurities: [0],
    positive: [0, 1, 2, 4],
  });
  expect(roles([species(2, 0.4), species(6, 0.03), species(-1, 1)]))
    .toMatchObject({ i: 0, impurities: [1] });
  expect(roles([species(-1, 1)])).toMatchObject({
    e: 0,
    i: null,
    positive: [],
  });
  expect(roles([])).toMatchObject({ e: null, i: null });
});

interface Given {
  gamma?: number;
  omega?: number;
  tolerance?: number;
  code?: string;
  ky?: number;
  beta?: number;
  electromagnetic?: boolean;
  weights?: Record<string, number[]>;
}

/** Electrons first, deuterium second; R/L_n = 3, R/L_T = 9. */
function linearRun(given: Given): Simulation {
  const {
    gamma = 0.1,
    omega = 0.2,
    tolerance = 0.01,
    code = "CGYRO",
    ky = 0.3,
    beta = 0,
    electromagnetic = false,
    weights,
  } = given;
  const document = imasDocument({ code });
  const content = document.gyrokineticsIMAS;
  content.species_all.beta_reference = beta;
  content.model.include_a_field_parallel = electromagnetic ? 1 : 0;
  content.linear.wavevector = [{
    binormal_wavevector_norm: ky,
    radial_wavevector_norm: 0,
    eigenmode: [
      {
        growth_rate_norm: gamma,
        frequency_norm: omega,
        growth_rate_tolerance: tolerance,
        angle_pol: [],
        linear_weights: weights,
      } as never,
    ],
  }];
  return readSimulation(document, "LinearRuns").simulation!;
}

function species(
  charge: number,
  density: number,
  { mass = 1, temperature = 1 } = {},
): Species {
  return {
    name: null,
    charge,
    density,
    mass,
    temperature,
    RLn: 1,
    RLT: 1,
    velocity_gradient: 0,
  };
}
