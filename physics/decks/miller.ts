/** A flux surface in Miller's form; lengths in units of the major radius R0 of its centre. */
export interface Miller {
  /** r/R0, above 0. */
  eps: number;
  q: number;
  kappa: number;
  delta: number;
  zeta: number;
  /** dR0/dr. */
  shift: number;
  /** (r/kappa) dkappa/dr. */
  sKappa: number;
  /** r d(asin delta)/dr. */
  sDelta: number;
  /** r dzeta/dr. */
  sZeta: number;
  /** True: zeta turns the height, as in Miller-Turnbull; false: the major radius, as in the extended harmonics of CGYRO and TGLF. */
  turnsHeight: boolean;
}

/** Enough for ten digits: the integrand is smooth and periodic. */
const STEPS = 256;

/**
 * B_unit/B0, the effective field of GYRO, CGYRO and TGLF over the toroidal field at R0: (R0/(2 pi r)) times the loop integral of J_r/R over
 * the poloidal angle. For circular surfaces 1/sqrt(1 - eps^2). Null where the surface folds.
 *
 * Source: Candy, PPCF 51 (2009) 105009, eq. 9 and 32.
 */
export function unitField(surface: Miller): number | null {
  return fieldOf(surface, meanJacobian(surface));
}

/**
 * k_theta rho_ref at the outboard midplane for k_y rho_s = 1, k_y = n q/r with rho_s taken in B_unit, as all five codes have it.
 *
 * The wave's phase is n times the field-line label; its gradient within the surface has a poloidal part, from the local pitch, and a
 * toroidal one, n/R. rho_ref = sqrt(2) rho_s in B0.
 */
export function wavenumberFactor(surface: Miller): number | null {
  const mean = meanJacobian(surface);
  const field = fieldOf(surface, mean);
  if (field === null) return null;
  const { eps, q } = surface;
  const outboard = jacobian(surface, 0) / mean;
  const poloidal = outboard * eps / arcLength(surface);
  const toroidal = eps / ((1 + eps) * Math.abs(q));
  return Math.SQRT2 * field * Math.hypot(poloidal, toroidal);
}

function fieldOf({ eps }: Miller, mean: number): number | null {
  return mean > 0 && Number.isFinite(mean) ? mean / eps : null;
}

function meanJacobian(surface: Miller): number {
  let sum = 0;
  for (let k = 0; k < STEPS; k++) {
    sum += jacobian(surface, 2 * Math.PI * k / STEPS);
  }
  return sum / STEPS;
}

/** dl/dtheta at the outboard midplane, where the surface stands upright. */
function arcLength({ eps, kappa, zeta, turnsHeight }: Miller): number {
  return kappa * eps * (turnsHeight ? 1 + 2 * zeta : 1);
}

/** (dR/dr dZ/dtheta - dR/dtheta dZ/dr)/R. */
function jacobian(surface: Miller, theta: number): number {
  const { eps, kappa, delta, zeta, shift, turnsHeight } = surface;
  const { sKappa, sDelta, sZeta } = surface;
  const [sin, sin2] = [Math.sin(theta), Math.sin(2 * theta)];
  const [cos, cos2] = [Math.cos(theta), Math.cos(2 * theta)];
  const x = Math.asin(delta);
  const [zr, zz] = turnsHeight ? [0, zeta] : [zeta, 0];
  const [sr, sz] = turnsHeight ? [0, sZeta] : [sZeta, 0];
  const a = theta + x * sin - zr * sin2;
  const b = theta + zz * sin2;
  const dRdr = shift + Math.cos(a) - Math.sin(a) * (sDelta * sin - sr * sin2);
  const dRdt = -eps * Math.sin(a) * (1 + x * cos - 2 * zr * cos2);
  const dZdr = kappa * ((1 + sKappa) * Math.sin(b) + Math.cos(b) * sz * sin2);
  const dZdt = kappa * eps * Math.cos(b) * (1 + 2 * zz * cos2);
  return (dRdr * dZdt - dRdt * dZdr) / (1 + eps * Math.cos(a));
}
