import { plasma } from "../plasma.ts";

/** Cyclone base case: q 1.4, s 0.8, r/R 0.18, R/L_T 6.9, R/L_n 2.2. */
export const CBC = {
  q: 1.4,
  shear: 0.8,
  eps: 0.18,
  aR: 0.36,
  RLTi: 6.9,
  RLn: 2.2,
  nuEe: 0.1,
};

/** GA standard case: q 2, s 1, r/a 0.5, R/a 3, a/L_T 3, a/L_n 1. */
export const GA_STD = {
  q: 2,
  shear: 1,
  eps: 1 / 6,
  aR: 1 / 3,
  RLTi: 9,
  RLn: 3,
  nuEe: 0.2,
};

/** Steep electron temperature, flat ions: trapped electrons drive. */
export const TEM_CASE = {
  q: 1.6,
  shear: 0.4,
  eps: 0.16,
  aR: 1 / 3,
  RLTi: 2.5,
  RLTe: 10,
  RLn: 3.5,
  nuEe: 0.02,
};

/** Spherical-tokamak-like core with beta above 1 %: microtearing. */
export const MTM_CASE = {
  q: 1.8,
  shear: 1.5,
  eps: 0.3,
  aR: 0.6,
  RLTi: 3,
  RLTe: 9,
  RLn: 1,
  nuEe: 0.5,
  betaE: 0.012,
  fields: 2 as const,
};

/** Electron-scale runs with ions that do not respond. */
export const ETG_CASE = {
  q: 1.4,
  shear: 0.8,
  eps: 0.18,
  aR: 0.36,
  RLTi: 6.9,
  RLTe: 9,
  RLn: 2.2,
  nuEe: 0.05,
};

/** A shaped surface, as at mid radius of a large tokamak. */
export const SHAPED = {
  q: 2.8,
  shear: 1.6,
  eps: 0.22,
  aR: 1 / 3,
  kappa: 1.6,
  delta: 0.2,
  zeta: -0.03,
  sKappa: 0.15,
  sDelta: 0.25,
  RLTi: 9.5,
  RLTe: 8,
  RLn: 2,
  nuEe: 0.08,
  betaE: 0.002,
  fields: 2 as const,
};

/** Current against the field: q and with it k_y are negative. */
export const REVERSED = {
  ...SHAPED,
  q: -3.4,
  shear: 2,
  kappa: 1.45,
  delta: 0.1,
  betaE: 0.001,
};

/** Edge pedestal: gradients from 50 up. */
export function pedestal(RLTe: number) {
  return plasma({
    q: -4.4,
    shear: 2.5,
    eps: 0.31,
    aR: 0.33,
    kappa: 1.5,
    RLTi: 0.55 * RLTe,
    RLTe,
    RLn: 0.3 * RLTe,
    nuEe: 0.9,
    betaE: 0.0004,
    fields: 2,
  });
}

export const CARBON = { name: "carbon", Z: 6, mass: 6 };
