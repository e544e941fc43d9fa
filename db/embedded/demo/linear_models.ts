import {
  effectiveCharge,
  electron,
  mainIon,
  type Plasma,
  pressureDrive,
} from "./plasma.ts";
import { wavenumberFactor } from "./surface.ts";

export type ModeName = "ITG" | "TEM" | "ETG" | "MTM" | "KBM";

/** One mode of the models: growth rate and frequency in v_ref/R0, omega > 0 = ion direction. */
export interface Mode {
  name: ModeName;
  gamma: number;
  omega: number;
}

/** k_y rho_s of the largest growth rate of each mode. */
export const PEAK = { ITG: 0.45, TEM: 0.6, ETG: 20, MTM: 0.1, KBM: 0.3 };

/**
 * The modes of a plasma at k_y rho_s = k, the fastest growing first.
 *
 * Closed formulas that behave like the codes (thresholds: Jenko 2001 for ITG
 * and ETG, Peeters 2005 for TEM), not a solution of any equation. Damped modes
 * come with gamma < 0.
 */
export function modes(p: Plasma, k: number): Mode[] {
  const found = [itg(p, k), tem(p, k), etg(p, k), mtm(p, k), kbm(p, k)];
  return found.filter((m) => m !== null).sort((a, b) => b.gamma - a.gamma);
}

/** Largest growth rate of the ITG branch over k, or of the TEM if that is larger; v_ref/R0. */
export function peakGrowth(p: Plasma): number {
  const at = [PEAK.ITG, PEAK.TEM, PEAK.KBM, PEAK.MTM];
  return Math.max(...at.map((k) => modes(p, k)[0]?.gamma ?? 0));
}

/** R/L_Ti above which the ITG grows. */
export function itgThreshold(p: Plasma): number {
  const tau = mainIon(p).T;
  return threshold(p, tau, mainIon(p).RLn);
}

/** R/L_Te above which the TEM grows. */
export function temThreshold(p: Plasma): number {
  const root = Math.sqrt(p.eps);
  // The fit is for core gradients: a pedestal's density gradient would turn it negative.
  const drive = 4.9 - 1.31 * Math.min(electron(p).RLn, 8) + 2.68 * p.shear +
    Math.log(1 + 20 * p.nuEe);
  return (0.357 * root + 0.271) / root * drive;
}

/** beta_e above which the KBM grows. */
export function criticalBeta(p: Plasma): number {
  return 0.6 * Math.max(p.shear, 0.3) / (p.q ** 2 * pressureDrive(p));
}

function threshold(p: Plasma, tau: number, RLn: number): number {
  const q = Math.abs(p.q);
  const toroidal = (1 + tau) * (1.33 + 1.91 * p.shear / q) * (1 - 1.5 * p.eps);
  const elongation = 1 + 0.3 * p.kappa * p.sKappa;
  return Math.max(toroidal * elongation, 0.8 * RLn);
}

/** x^2 e^(2(1-x)): zero at 0, one at the peak, an exponential tail. */
function hump(x: number): number {
  return x ** 2 * Math.exp(2 * (1 - x));
}

function itg(p: Plasma, k: number): Mode | null {
  if (p.adiabatic === "ions" || k > 4) return null;
  const ion = mainIon(p);
  const rate = p.adiabatic === "electrons" ? 0.05 : 0.14;
  const beta = p.fields > 1
    ? Math.max(0, 1 - 0.25 * p.betaE / criticalBeta(p))
    : 1;
  // Dilution: what is not the main ion does not drive the mode.
  const strength = rate * (ion.RLT - itgThreshold(p)) * beta * ion.n;
  return {
    name: "ITG",
    gamma: strength * hump(k / PEAK.ITG),
    omega: 1.1 * k + 1.2 * k ** 2,
  };
}

function tem(p: Plasma, k: number): Mode | null {
  if (p.adiabatic !== "none" || k > 4) return null;
  const e = electron(p);
  const strength = 0.1 * (e.RLT - temThreshold(p));
  // In a pedestal the frequency follows the diamagnetic one.
  const steepness = Math.max(1, (e.RLn + e.RLT) / 20);
  return {
    name: "TEM",
    gamma: strength * hump(k / PEAK.TEM),
    omega: -0.8 * k * steepness,
  };
}

function etg(p: Plasma, k: number): Mode | null {
  if (p.adiabatic === "electrons" || k < 4) return null;
  const e = electron(p);
  const tau = effectiveCharge(p) / mainIon(p).T;
  const strength = 3 * (e.RLT - threshold(p, tau, e.RLn));
  const y = k / 60;
  const omega = -60 * (1.1 * y + 1.2 * y ** 2);
  return { name: "ETG", gamma: strength * hump(k / PEAK.ETG), omega };
}

function mtm(p: Plasma, k: number): Mode | null {
  if (p.fields === 1 || p.adiabatic !== "none" || p.betaE < 0.003 || k > 2) {
    return null;
  }
  const e = electron(p);
  const omega = -(k * wavenumberFactor(p) / 2) * (e.RLn + e.RLT);
  const n = p.nuEe * effectiveCharge(p) / Math.abs(omega);
  const strength = 0.15 * (p.betaE / 0.01) * (e.RLT - 4) * 2 * n /
    (1 + n ** 2) / 5;
  return { name: "MTM", gamma: strength * hump(k / PEAK.MTM), omega };
}

function kbm(p: Plasma, k: number): Mode | null {
  const excess = p.betaE / criticalBeta(p) - 1;
  if (
    p.fields === 1 || p.adiabatic !== "none" || p.shear < 0.1 || excess <= 0 ||
    k > 2
  ) return null;
  const x = k / PEAK.KBM;
  const gamma = (1.2 * Math.sqrt(excess) + 0.3) * x * Math.exp(1 - x);
  return { name: "KBM", gamma, omega: 1.6 * x };
}
