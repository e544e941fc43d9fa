import { ELECTRON_MASS, type Plasma, pressureGradient } from "../plasma.ts";
import { unitField } from "../surface.ts";

/** A stored frequency (v_ref/R0) in c_s/a. */
export function inSoundUnits(p: Plasma, value: number): number {
  return value * Math.SQRT2 * p.aR;
}

/** A time in a/c_s as it is stored, in R0/v_ref. */
export function storedTime(p: Plasma, time: number): number {
  return time * Math.SQRT2 * p.aR;
}

/** A stored energy or particle flux in n_e T_e c_s (rho_s/a)^2 with B = B0. */
export function inGyroBohm(p: Plasma, flux: number): number {
  return flux * 2 * Math.SQRT2 * p.aR ** 2;
}

/** beta_e with the effective field B_unit, as CGYRO and TGLF take it. */
export function betaUnit(p: Plasma): number {
  return p.betaE / unitField(p) ** 2;
}

/** -a dbeta/dr, the pressure gradient per minor radius. */
export function betaPrime(p: Plasma): number {
  return pressureGradient(p) * p.aR;
}

/** GENE's `coll`: nu_ee in c_s/a is 4 coll sqrt(m_D/m_e). */
export function geneColl(p: Plasma): number {
  return inSoundUnits(p, p.nuEe) / (4 / Math.sqrt(ELECTRON_MASS));
}

/** r/a */
export function minorRadius(p: Plasma): number {
  return p.eps / p.aR;
}
