import type { Field, Maybe, Species } from "../../../physics/simulation.ts";
import { Real, Vector } from "../values.ts";

/** What both layouts call the perturbed fields. */
export const FIELD_NAMES: Record<Field, string> = {
  phi: "phi_potential",
  a_parallel: "a_field_parallel",
  b_parallel: "b_field_parallel",
};

/** One species, as both layouts store it. */
export const SPECIES = {
  charge_norm: Real,
  mass_norm: Real,
  density_norm: Real,
  temperature_norm: Real,
  density_log_gradient_norm: Real,
  temperature_log_gradient_norm: Real,
  velocity_tor_gradient_norm: Real,
};

/** What the species have in common. */
export const ALL_SPECIES = {
  beta_reference: Real,
  velocity_tor_norm: Real,
  shearing_rate_norm: Real,
};

/** What both layouts store of the flux surface; not all of it means the same in both. */
export const SURFACE = {
  r_minor_norm: Real,
  q: Real,
  magnetic_shear_r_minor: Real,
  elongation: Real,
  pressure_gradient_norm: Real,
  ip_sign: Real,
  b_field_tor_sign: Real,
  shape_coefficients_c: Vector,
  shape_coefficients_s: Vector,
  dc_dr_minor_norm: Vector,
};

/** A species in the catalogue's words; only the old layout names them. */
export function speciesOf(s: Record<keyof typeof SPECIES, Maybe>): Species {
  return {
    name: null,
    charge: s.charge_norm,
    mass: s.mass_norm,
    density: s.density_norm,
    temperature: s.temperature_norm,
    RLn: s.density_log_gradient_norm,
    RLT: s.temperature_log_gradient_norm,
    velocity_gradient: s.velocity_tor_gradient_norm,
  };
}
