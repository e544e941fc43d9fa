import type { Maybe, Simulation } from "../../../physics/simulation.ts";

/** What a layout reads from the physics content; the rest of a simulation comes from the envelope around it. */
export type Content = Omit<Simulation, "source" | "tags" | "files" | "plots">;

/** Poloidal turns from the span of the angle: the stored number means another thing in each code (schema.md 0.2). */
export function turns(angle: Maybe[]): Maybe {
  const known = angle.filter((a) => a !== null);
  if (known.length < 2) return null;
  return Math.max(
    1,
    Math.round((Math.max(...known) - Math.min(...known)) / (2 * Math.PI)),
  );
}

/** A document without physics content: a run with nothing but its tags and files. */
export function noContent(): Content {
  return {
    surface: {
      r_over_R: null,
      q: null,
      s_hat: null,
      s_hat_stored: null,
      kappa: null,
      dkappa_dr: null,
      delta: null,
      zeta: null,
      shift_r: null,
      shift_z: null,
      p_prime: null,
      ip_sign: null,
      b_field_sign: null,
      shape_c: [],
      shape_s: [],
      dshape_c: [],
      a_over_R: null,
    },
    reference: {
      length_m: null,
      field_T: null,
      density_m3: null,
      temperature_eV: null,
    },
    species: [],
    beta: null,
    rotation: null,
    shearing_rate: null,
    collisions: { matrix: [], stored: [] },
    model: {
      a_parallel: null,
      b_parallel: null,
      non_linear_run: null,
      quasi_linear: null,
    },
    converter: { name: null, version: null, commit: null, created_at: null },
    wavevectors: [],
    nonlinear: null,
    input: {},
  };
}
