import type { Surface } from "./plasma.ts";

const STEPS = 256;

/** B_unit/B0 = (R0/(2 pi r)) times the loop integral of J_r/R over the poloidal angle. */
export function unitField(surface: Surface): number {
  return meanJacobian(surface) / surface.eps;
}

/**
 * k_theta rho_ref at the outboard midplane for k_y rho_s = 1 of the codes.
 *
 * k_y = n q/r on the surface label becomes n |grad alpha| at theta = 0, rho_s
 * is taken with B_unit and v_ref = sqrt(2) c_s. Circular surface, r/R0 = 0.2,
 * q = 2: 1.18463, which is what the converter makes of real inputs.
 */
export function wavenumberFactor(surface: Surface): number {
  const { eps, kappa, q } = surface;
  const outboard = jacobian(surface, 0) / meanJacobian(surface);
  const poloidal = outboard / kappa;
  const toroidal = eps / ((1 + eps) * Math.abs(q));
  return Math.SQRT2 * unitField(surface) * Math.hypot(poloidal, toroidal);
}

/** Mean over the poloidal angle of J_r/(R r) in units of 1/R0, times r. */
function meanJacobian(surface: Surface): number {
  let total = 0;
  for (let i = 0; i < STEPS; i++) {
    total += jacobian(surface, 2 * Math.PI * i / STEPS);
  }
  return total / STEPS;
}

/** (dR/dr dZ/dtheta - dR/dtheta dZ/dr)/R in units where R0 = 1. */
function jacobian(surface: Surface, theta: number): number {
  const { eps, kappa, delta, sKappa, sDelta } = surface;
  const x = Math.asin(delta);
  const angle = theta + x * Math.sin(theta);
  const twist = Math.sin(theta) * sDelta / Math.sqrt(1 - delta ** 2);
  const dRdr = Math.cos(angle) - Math.sin(angle) * twist;
  const dRdt = -eps * Math.sin(angle) * (1 + x * Math.cos(theta));
  const dZdr = kappa * (1 + sKappa) * Math.sin(theta);
  const dZdt = kappa * eps * Math.cos(theta);
  return (dRdr * dZdt - dRdt * dZdr) / (1 + eps * Math.cos(angle));
}

/** One point of the surface: R, Z and |B| in units of R0 and B0, for the geometry table. */
export function point(
  surface: Surface,
  theta: number,
): { R: number; Z: number; B: number } {
  const { eps, kappa, delta, q } = surface;
  const R = 1 + eps * Math.cos(theta + Math.asin(delta) * Math.sin(theta));
  const poloidal = eps * meanJacobian(surface) /
    (Math.abs(q) * eps * R * kappa);
  return {
    R,
    Z: kappa * eps * Math.sin(theta),
    B: Math.hypot(1 / R, poloidal),
  };
}
