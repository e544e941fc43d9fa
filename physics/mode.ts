import {
  diamagneticBound,
  direction,
  dominant,
  implausible,
  stability,
} from "./linear.ts";
import { quasilinear } from "./quasilinear.ts";
import { electrons, mainIons } from "./roles.ts";
import type { Maybe, Simulation } from "./simulation.ts";

export interface SuggestedMode {
  mode: "ITG" | "TEM" | "ETG" | "MTM" | "KBM" | "unclear";
  /** What it was told from, as sentences for the run page. */
  evidence: string[];
}

/** Above this k_theta rho_ref ions do not follow. */
const ELECTRON_SCALE_KY = 3;
/** Below this beta_e magnetic perturbations drive nothing. */
const MIN_MAGNETIC_BETA = 1e-3;
/** More than this share of the heat flux by magnetic perturbations is flutter transport. */
const FLUTTER_SHARE = 0.5;
/** Ballooning modes turn at about half to once the ion pressure's diamagnetic frequency; ITG far slower. */
const KBM_FREQUENCY_RATIO = 0.5;

/**
 * The micro-instability that an unstable linear run most resembles; null for all other runs.
 *
 * Uses wavenumber, direction, frequency and flux weights in the manner of Kotschenreuther 2019; never the parity of TGLF's modes (physics.md 1, 3).
 */
export function suggestedMode(sim: Simulation): SuggestedMode | null {
  const at = dominant(sim);
  if (!at || stability(sim) !== "unstable") return null;
  const towards = direction(sim);
  const ky = at.wavevector.ky === null ? null : Math.abs(at.wavevector.ky);
  if (implausible(sim)) {
    return {
      mode: "unclear",
      evidence: ["growth rate or frequency is implausible"],
    };
  }
  if (ky === null || towards === null || towards === "unclear") {
    return { mode: "unclear", evidence: ["no clear direction"] };
  }
  const evidence = [`|k_y| = ${ky.toPrecision(3)}`, `${towards} direction`];
  if (ky >= ELECTRON_SCALE_KY) {
    return { mode: towards === "electron" ? "ETG" : "unclear", evidence };
  }
  return towards === "electron"
    ? electronMode(sim, evidence)
    : ionMode(sim, ky, evidence);
}

function electronMode(sim: Simulation, evidence: string[]): SuggestedMode {
  if (electrons(sim) === null) {
    return {
      mode: "unclear",
      evidence: [...evidence, "electrons are adiabatic"],
    };
  }
  const ratios = quasilinear(sim);
  const share = ratios?.em_share ?? null;
  if (share !== null) {
    const told = [
      ...evidence,
      `magnetic share of the heat flux ${share.toPrecision(2)}`,
      ...chi(ratios!.chi_i_over_chi_e),
    ];
    return { mode: share >= FLUTTER_SHARE ? "MTM" : "TEM", evidence: told };
  }
  const mayFlutter = sim.model.a_parallel !== false &&
    (sim.beta ?? 0) >= MIN_MAGNETIC_BETA;
  return {
    mode: mayFlutter ? "unclear" : "TEM",
    evidence: [
      ...evidence,
      mayFlutter ? "no flux weights to tell TEM from MTM" : "electrostatic",
    ],
  };
}

function ionMode(
  sim: Simulation,
  ky: number,
  evidence: string[],
): SuggestedMode {
  const ratio = ionFrequencyRatio(sim, ky);
  const isMagnetic = sim.model.a_parallel === true &&
    (sim.beta ?? 0) >= MIN_MAGNETIC_BETA;
  if (!isMagnetic) {
    return { mode: "ITG", evidence: [...evidence, "electrostatic"] };
  }
  if (ratio === null) return { mode: "unclear", evidence };
  const told = [
    ...evidence,
    `frequency ${ratio.toPrecision(2)} of the ion diamagnetic one`,
    ...chi(quasilinear(sim)?.chi_i_over_chi_e ?? null),
  ];
  return { mode: ratio >= KBM_FREQUENCY_RATIO ? "KBM" : "ITG", evidence: told };
}

/** omega over omega_*pi = (k_theta rho_ref/2) (T_i/Z_i)(R/L_n + R/L_T) of the main ion. */
function ionFrequencyRatio(sim: Simulation, ky: number): Maybe {
  const [ion, omega] = [mainIons(sim), dominant(sim)?.mode.omega ?? null];
  if (
    !ion || omega === null || ion.RLn === null || ion.RLT === null ||
    ion.temperature === null || !ion.charge
  ) return null;
  const star = ky / 2 * ion.temperature / ion.charge * (ion.RLn + ion.RLT);
  return star > 0 && diamagneticBound(sim, ky) !== null ? omega / star : null;
}

function chi(ratio: Maybe): string[] {
  return ratio === null ? [] : [`chi_i/chi_e ${ratio.toPrecision(2)}`];
}
