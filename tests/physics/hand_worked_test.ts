import { expect } from "expect";
import { columnsOf, expectColumns } from "./expect_columns.ts";
import {
  imasContent,
  imasDocument,
  imasSpecies,
} from "../db/source/make_document.ts";
import {
  impureDocument,
  oldDocument,
  quasilinearDocument,
} from "./hand_worked_documents.ts";

Deno.test("a linear run of deuterium, carbon and electrons out of order, with q and k_y below 0", () => {
  const row = columnsOf(impureDocument(), "LinearRuns");
  expectColumns(row, {
    kind: "linear",
    collection: "linear",
    layout: "imas",
    q: 3.4,
    s_hat: 1,
    r_over_R: 0.25,
    a_over_R: 0.4, // 1/RMAJ = 1/2.5, not below r/R0 = 0.25
    kappa: 1.6,
    delta: 0.29552020666133955, // sin(0.3)
    zeta: 0.05, // -s_2
    p_prime: 0.4,
    alpha_MHD: 4.624, // 3.4^2 x 0.4
    beta_e: 0.004,
    electromagnetic: true,
    fields: "phi+A",
    // Electrons are the second species, deuterium (n = 0.76, the most abundant with Z = 1) the third, carbon the first.
    RLTe: 6,
    RLTi: 10,
    RLne: 2.52, // 0.76 x 3 + 0.04 x 6 x 1: quasineutral gradients
    RLni: 3,
    Ti_Te: 1.2,
    eta_e: 2.380952380952381, // 6/2.52
    eta_i: 10 / 3,
    n_species: 3,
    adiabatic: "none",
    Z_eff: 2.2, // 0.76 x 1 + 0.04 x 36
    Z_imp: 6,
    n_imp: 0.04,
    nu_ee: 0.5,
    nu_ii: 0.01,
    nu_star_e: 0.49385223662, // 2.2 x 0.5 x 3.4 x sqrt(2.7244e-4)/0.25^1.5 = 3.74 x 0.016505756571/0.125
    ky: 0.5,
    ky_input: 0.25,
    kx: -0.1,
    n_ky: 1,
    ky_lo: 0.5,
    ky_hi: 0.5,
    ky_values: [0.5],
    n_kx: null,
    gamma: 0.4,
    omega: -0.3, // as stored: not multiplied by the sign of k_y
    gamma_tolerance: 0.02,
    gamma_over_ky2: 1.6, // 0.4/0.25
    direction: "electron",
    stability: "unstable",
    convergence: "yes",
    implausible: false, // bound 3 x 0.25 x max(9 x 1.2, 8.52, 13 x 1.2) = 11.7
    ql_em_share: 0.2, // (0.5 + 1 + 0.5)/(1 + 3 + 4 + 2)
    ql_Qi_Qe: 2.5, // (1 + 0.5 + 4 - 0.5)/(3 - 1)
    ql_Ge_Qe: 0.25, // (0.4 + 0.1)/2
    mode: "TEM",
    Q_e: null,
    Q_i: null,
    em_share: null,
    t_end: null,
    saturated: null,
    has: [],
  });
});

Deno.test("the same run with q and k_y above 0 has the same row", () => {
  const mirrored = impureDocument();
  mirrored.gyrokineticsIMAS.flux_surface.q = 3.4;
  mirrored.gyrokineticsIMAS.linear.wavevector[0]!.binormal_wavevector_norm =
    0.5;
  const [a, b] = [
    columnsOf(mirrored, "LinearRuns"),
    columnsOf(impureDocument(), "LinearRuns"),
  ];
  for (const row of [a, b]) for (const key of ["uploaded_at"]) delete row[key];
  expect(a).toEqual(b);
});

Deno.test("an old-layout run without elongation takes shear and elongation from its input", () => {
  const row = columnsOf(oldDocument({ shat: 0.8, kappa: 1.45 }), "LinearRuns");
  expectColumns(row, {
    kind: "linear",
    layout: "gkdb",
    code: "GENE",
    s_hat: 0.8, // code.parameters.shat, not the 3.1 that stands in flux_surface
    kappa: 1.45,
    delta: 0.12,
    zeta: null,
    q: 1.4,
    nu_ee: 0.25132741228718347, // 0.02 x 4 pi
    a_over_R: null, // minor_r = major_R is a placeholder
    ky: 0.21,
    gamma: 0.15,
    stability: "unstable",
    convergence: "no", // 0.2 > 0.1
  });
  expect(columnsOf(oldDocument({ shat: 0.8 }), "LinearRuns").kappa).toBeNull();
  expect(columnsOf(oldDocument({}), "LinearRuns").s_hat).toBeNull();
});

Deno.test("an old-layout run without eigenmodes is stable, not missing", () => {
  const document = oldDocument({ shat: 0.8 });
  document.gyrokinetics.wavevector[0]!.eigenmode = [];
  expectColumns(columnsOf(document, "LinearRuns"), {
    stability: "stable",
    gamma: null,
    omega: null,
    ky: 0.21,
    convergence: "unknown",
    mode: null,
  });
});

Deno.test("a quasilinear run among the linear ones is quasilinear", () => {
  const row = columnsOf(quasilinearDocument(), "LinearRuns");
  expectColumns(row, {
    kind: "quasilinear",
    collection: "linear",
    code: "TGLF",
    ky: null,
    gamma: null,
    omega: null,
    stability: null,
    n_ky: 3,
    ky_lo: 0.2,
    ky_hi: 0.8,
    ky_values: [], // a filter on k_y is about linear modes
    n_kx: 1,
    // Species: carbon, electrons, deuterium.
    Q_e: 2.5, // 3 - 0.5
    Q_i: 7.4, // 1 + 0.2 + 6 + 0.2
    Q_i_main: 6.2,
    G_e: 0.1,
    em_share: 0.9 / 10.9, // (0.2 + 0.5 + 0.2)/(1 + 3 + 6 + 0.9)
    t_end: null,
    saturated: "not applicable",
    has: ["spectrum"],
  });
});

Deno.test("a nonlinear run with adiabatic electrons has neither their columns nor a wrong effective charge", () => {
  const document = imasDocument();
  document.gyrokineticsIMAS = {
    ...imasContent(),
    species: [imasSpecies(1, 1, { t: 1.5, RLn: 2.2, RLT: 6.9 })],
    collisions: { collisionality_norm: [[0.001]] },
    linear: { wavevector: [] },
    non_linear: {
      quasi_linear: 0,
      binormal_wavevector_norm: [0, -0.1, -0.2],
      radial_wavevector_norm: [-1, 0, 1],
      time_norm: [1, 2],
      fluxes_1d: {
        energy_phi_potential: [12.5],
        particles_phi_potential: [1e-16],
        energy_a_field_parallel: [],
      },
      fluxes_2d_k_x_sum: null,
    },
  } as never;
  expectColumns(columnsOf(document, "NonlinRuns"), {
    kind: "nonlinear",
    adiabatic: "electrons",
    Ti_Te: 1.5, // over T_ref = T_e
    RLTe: null,
    RLne: null,
    eta_e: null,
    nu_ee: null,
    nu_star_e: null,
    RLTi: 6.9,
    Z_eff: 1, // n Z^2/(n Z)
    Q_e: null,
    G_e: null,
    Q_i: 12.5,
    Q_i_main: 12.5,
    em_share: 0,
    n_ky: 3,
    ky_lo: 0.1,
    ky_hi: 0.2,
    n_kx: 3,
    t_end: 2,
    saturated: "unknown",
  });
});

Deno.test("the mode shown is the one of largest growth over all wavevectors but k_y = 0", () => {
  const document = imasDocument();
  const mode = (gamma: number, omega: number) => ({
    growth_rate_norm: gamma,
    frequency_norm: omega,
    growth_rate_tolerance: NaN,
    angle_pol: [],
  });
  document.gyrokineticsIMAS.linear.wavevector = [
    {
      binormal_wavevector_norm: 0,
      radial_wavevector_norm: 0,
      eigenmode: [mode(5, 0)],
    },
    {
      binormal_wavevector_norm: 0.2,
      radial_wavevector_norm: 0,
      eigenmode: [mode(0.1, 0.5), mode(0.3, -0.01)],
    },
    {
      binormal_wavevector_norm: 0.4,
      radial_wavevector_norm: 0,
      eigenmode: [mode(0.2, 0.1), mode(9e40, 1)],
    },
  ];
  expectColumns(columnsOf(document, "LinearRuns"), {
    ky: 0.2,
    gamma: 0.3,
    omega: -0.01,
    direction: "unclear", // 0.01 < 0.1 x 0.3
    convergence: "unknown",
    n_ky: 3,
    ky_values: [0.2, 0.4],
  });
});
