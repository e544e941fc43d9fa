import { type Column, flag, int, number, text } from "../column.ts";
import { inputKy } from "../input.ts";
import {
  convergence,
  direction,
  dominant,
  implausible,
  kind,
  shownWavevector,
  stability,
  wavenumbers,
} from "../linear.ts";
import { suggestedMode } from "../mode.ts";
import { quasilinear } from "../quasilinear.ts";
import { finite } from "../roles.ts";
import type { Maybe, Simulation } from "../simulation.ts";

/** Wavenumbers of every run, and the dominant mode of linear ones. */
export const LINEAR_COLUMNS: Column[] = [
  number("linear", {
    key: "ky",
    symbol: "|k_y|",
    label: "|ky|",
    name: "Binormal wavenumber",
    meaning:
      "|k_theta rho_ref| at the outboard midplane, of the dominant mode. It is not the input's number: that is ky_input.",
    unit: "wavenumber",
    imas: "linear.wavevector[].binormal_wavevector_norm",
    old: "wavevector[].binormal_component_norm",
  }, (sim) => absolute(shownWavevector(sim)?.ky ?? null)),
  number("linear", {
    key: "ky_input",
    symbol: 'k_y "(input)"',
    label: "ky (input)",
    name: "Binormal wavenumber as typed",
    meaning:
      "In the code's own unit, which contains a metric factor of the surface: compare within one code only.",
    formula: "CGYRO and TGLF KY, GENE kymin, GS2 aky",
    imas: "code.parameters",
    old: "code.parameters",
  }, inputKy),
  number("linear", {
    key: "kx",
    symbol: "k_x",
    label: "kx",
    name: "Radial wavenumber",
    meaning: "k_r rho_ref of the dominant mode.",
    unit: "wavenumber",
    imas: "linear.wavevector[].radial_wavevector_norm",
    old: "wavevector[].radial_component_norm",
    signed: true,
  }, (sim) => shownWavevector(sim)?.kx ?? null),
  int(
    "linear",
    {
      key: "n_ky",
      symbol: "n_{ky}",
      label: "n ky",
      name: "Number of binormal wavenumbers",
      meaning: "How many the document holds, the zonal 0 included.",
      imas: "linear.wavevector, non_linear.binormal_wavevector_norm",
      old: "wavevector",
    },
    (sim) =>
      kind(sim) === "linear"
        ? sim.wavevectors.length || null
        : sim.nonlinear?.ky.length || null,
  ),
  number("linear", {
    key: "ky_lo",
    symbol: "|k_y|_{min}",
    label: "lowest ky",
    name: "Lowest binormal wavenumber",
    meaning: "Smallest one that is not 0.",
    unit: "wavenumber",
    imas:
      "linear.wavevector[].binormal_wavevector_norm, non_linear.binormal_wavevector_norm",
    old: "wavevector[].binormal_component_norm",
  }, (sim) => wavenumbers(sim)[0] ?? null),
  number("linear", {
    key: "ky_hi",
    symbol: "|k_y|_{max}",
    label: "highest ky",
    name: "Highest binormal wavenumber",
    meaning: "Largest one the document holds.",
    unit: "wavenumber",
    imas:
      "linear.wavevector[].binormal_wavevector_norm, non_linear.binormal_wavevector_norm",
    old: "wavevector[].binormal_component_norm",
  }, (sim) => wavenumbers(sim).at(-1) ?? null),
  {
    ...number("linear", {
      key: "ky_values",
      label: "all ky",
      name: "All binormal wavenumbers",
      meaning:
        "What a filter on k_y looks through, so that a linear document with many is found by any of them.",
      filter: "none",
      public: false,
    }, () => null),
    sql: "double precision[]",
    kind: "list",
    value: (sim) => kind(sim) === "linear" ? wavenumbers(sim) : [],
  },
  int("linear", {
    key: "n_kx",
    symbol: "n_{kx}",
    label: "n kx",
    name: "Number of radial wavenumbers",
    meaning: "How many a nonlinear run holds.",
    imas: "non_linear.radial_wavevector_norm",
  }, (sim) => kind(sim) === "linear" ? null : sim.nonlinear?.kx.length || null),
  number("linear", {
    key: "gamma",
    symbol: "γ",
    label: "gamma",
    name: "Growth rate",
    meaning:
      "Of the dominant mode: the largest over all wavevectors with k_y other than 0, at the last time.",
    unit: "rate",
    imas: "linear.wavevector[].eigenmode[].growth_rate_norm",
    old: "wavevector[].eigenmode[].growth_rate_norm",
    signed: true,
  }, (sim) => dominant(sim)?.mode.gamma ?? null),
  number("linear", {
    key: "omega",
    symbol: "ω",
    label: "omega",
    name: "Frequency",
    meaning: "Of the dominant mode; positive in the ion diamagnetic direction.",
    unit: "rate",
    imas: "linear.wavevector[].eigenmode[].frequency_norm",
    old: "wavevector[].eigenmode[].frequency_norm",
    signed: true,
  }, (sim) => dominant(sim)?.mode.omega ?? null),
  number("linear", {
    key: "gamma_tolerance",
    symbol: "δγ/γ",
    label: "tolerance of gamma",
    name: "Drift of the growth rate",
    meaning:
      "Relative rms drift of gamma over the last fifth of the time; 0 for TGLF, which solves for eigenvalues.",
    imas: "linear.wavevector[].eigenmode[].growth_rate_tolerance",
    old: "wavevector[].eigenmode[].growth_rate_tolerance",
  }, (sim) => dominant(sim)?.mode.tolerance ?? null),
  number("linear", {
    key: "gamma_over_ky2",
    symbol: "γ/k_y^2",
    label: "gamma/ky^2",
    name: "Mixing-length estimate",
    meaning:
      "Growth rate over the square of the wavenumber: where it peaks, transport usually does.",
    unit: "diffusivity",
    formula: "gamma/k_y^2",
    signed: true,
  }, mixingLength),
  text("linear", {
    key: "direction",
    label: "direction",
    name: "Direction of the mode",
    meaning:
      "ion or electron diamagnetic direction; unclear when |omega| is below a tenth of gamma. With rotation it may include a Doppler shift.",
  }, direction),
  text("linear", {
    key: "stability",
    label: "stability",
    name: "Stability",
    meaning:
      "unstable (gamma > 0), stable (the old layout lists no mode, or gamma <= 0 and converged) or unknown. Stable runs mark the thresholds.",
  }, stability),
  text("linear", {
    key: "convergence",
    label: "convergence",
    name: "Convergence",
    meaning:
      "yes (drift of gamma at most 0.1), no, solver (TGLF: an eigenvalue solver) or unknown (no drift stored). Converged only = yes and solver.",
  }, convergence),
  flag("linear", {
    key: "implausible",
    label: "implausible",
    name: "Implausible",
    meaning:
      "Growth rate or frequency beyond three times the largest diamagnetic frequency: no drift wave does that.",
    formula:
      "|gamma| or |omega| > 3 (k_theta rho_ref/2) max_s((|R/L_n| + |R/L_T|) max(1, T_s))",
  }, implausible),
  text("linear", {
    key: "mode",
    label: "mode",
    name: "Suggested mode",
    meaning:
      "ITG, TEM, ETG, MTM, KBM or unclear, from wavenumber, direction, frequency and fluxes. A suggestion, never a fact.",
  }, (sim) => suggestedMode(sim)?.mode ?? null),
  number("linear", {
    key: "ql_em_share",
    symbol: 'f_{em} "(weights)"',
    label: "em share (weights)",
    name: "Magnetic share of the quasilinear heat flux",
    meaning: "As em_share, from the weights of the dominant mode.",
    formula: "sum_s |Q_s^A + Q_s^B|/sum_s(|Q_s^phi| + |Q_s^A + Q_s^B|)",
    imas: "linear.wavevector[].eigenmode[].linear_weights",
    old: "wavevector[].eigenmode[].fluxes_norm",
  }, (sim) => quasilinear(sim)?.em_share ?? null),
  number("linear", {
    key: "ql_Qi_Qe",
    symbol: 'Q_i/Q_e "(weights)"',
    label: "Qi/Qe (weights)",
    name: "Quasilinear ratio of heat fluxes",
    meaning:
      "All ions over electrons, from the weights of the dominant mode. Weights of the old layout: compare within one layout only.",
    imas: "linear.wavevector[].eigenmode[].linear_weights",
    old: "wavevector[].eigenmode[].fluxes_norm",
    signed: true,
  }, (sim) => quasilinear(sim)?.heat_ratio ?? null),
  number("linear", {
    key: "ql_Ge_Qe",
    symbol: 'Γ_e/Q_e "(weights)"',
    label: "Ge/Qe (weights)",
    name: "Quasilinear particle over heat flux",
    meaning: "Of the electrons, from the weights of the dominant mode.",
    imas: "linear.wavevector[].eigenmode[].linear_weights",
    old: "wavevector[].eigenmode[].fluxes_norm",
    signed: true,
  }, (sim) => quasilinear(sim)?.particle_ratio ?? null),
];

function absolute(x: Maybe): Maybe {
  return x === null ? null : Math.abs(x);
}

function mixingLength(sim: Simulation): Maybe {
  const at = dominant(sim);
  if (!at || at.mode.gamma === null || !at.wavevector.ky) return null;
  return finite(at.mode.gamma / at.wavevector.ky ** 2);
}
