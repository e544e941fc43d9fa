import type { z } from "zod";
import { fluxTable, perField } from "../../../physics/fluxes.ts";
import { minorOverMajor } from "../../../physics/input.ts";
import { NO_SATURATION, saturation } from "../../../physics/saturation.ts";
import type {
  FluxTable,
  Maybe,
  Mode,
  Nonlinear,
} from "../../../physics/simulation.ts";
import { readInput } from "../input_parameters.ts";
import { vector } from "../values.ts";
import { type Content, turns } from "./content.ts";
import {
  type Eigenmode,
  FLUX_NAMES,
  Gyrokinetics,
  type NonLinear,
} from "./imas_shape.ts";
import { FIELD_NAMES, speciesOf } from "./shared_shape.ts";

/** The physics content of a document as pyrokinetics arranges it (schema.md 4), also where it stands under its former names. */
export function readImas(gyrokinetics: unknown, code: string | null): Content {
  const g = Gyrokinetics.parse(gyrokinetics);
  const input = readInput(g.code.parameters);
  const collisions = matrix(g.collisions.collisionality_norm);
  const library = g.code.library[0];
  return {
    surface: surface(
      g,
      minorOverMajor(code, input, g.flux_surface.r_minor_norm),
    ),
    reference: reference(g),
    species: g.species.map(speciesOf),
    beta: g.species_all.beta_reference,
    rotation: g.species_all.velocity_tor_norm,
    shearing_rate: g.species_all.shearing_rate_norm,
    collisions: { matrix: collisions, stored: collisions },
    model: {
      a_parallel: g.model.include_a_field_parallel,
      b_parallel: g.model.include_b_field_parallel,
      non_linear_run: null,
      quasi_linear: g.non_linear.quasi_linear,
    },
    converter: {
      name: library?.name ?? g.ids_properties.provider,
      version: library?.version ?? null,
      commit: library?.commit ?? null,
      created_at: g.ids_properties.creation_date,
    },
    wavevectors: g.linear.wavevector.map((w) => ({
      ky: w.binormal_wavevector_norm,
      kx: w.radial_wavevector_norm,
      modes: w.eigenmode.map(mode),
    })),
    nonlinear: nonlinear(g.non_linear),
    input,
  };
}

/** Triangularity and squareness follow from the sine harmonics of the angle; their stored derivatives are those of the cosine ones. */
function surface(
  { flux_surface: s }: Gyrokinetics,
  a_over_R: Maybe,
): Content["surface"] {
  const [, s1 = null, s2 = null] = s.shape_coefficients_s;
  return {
    r_over_R: s.r_minor_norm,
    q: s.q,
    s_hat: s.magnetic_shear_r_minor,
    s_hat_stored: s.magnetic_shear_r_minor,
    kappa: s.elongation,
    dkappa_dr: s.delongation_dr_minor_norm,
    delta: s1 === null ? null : Math.sin(s1),
    zeta: s2 === null ? null : 0 - s2,
    shift_r: s.dgeometric_axis_r_dr_minor,
    shift_z: s.dgeometric_axis_z_dr_minor,
    p_prime: s.pressure_gradient_norm,
    ip_sign: s.ip_sign,
    b_field_sign: s.b_field_tor_sign,
    shape_c: s.shape_coefficients_c,
    shape_s: s.shape_coefficients_s,
    dshape_c: s.dc_dr_minor_norm,
    a_over_R,
  };
}

function reference(
  { normalizing_quantities: n }: Gyrokinetics,
): Content["reference"] {
  return {
    length_m: n.r,
    field_T: n.b_field_tor,
    density_m3: n.n_e,
    temperature_eV: n.t_e,
  };
}

function mode(m: z.infer<typeof Eigenmode>): Mode {
  const fields = m.fields as Record<string, Maybe[] | boolean>;
  const first = (name: string) => (fields[name] as Maybe[])[0] ?? null;
  return {
    gamma: m.growth_rate_norm,
    omega: m.frequency_norm,
    tolerance: m.growth_rate_tolerance,
    poloidal_turns: turns(m.angle_pol),
    amplitude: perField((f) => first(`${FIELD_NAMES[f]}_perturbed_weight`)),
    parity: perField((f) => first(`${FIELD_NAMES[f]}_perturbed_parity`)),
    weights: fluxes(m.linear_weights),
    has_structure: Object.values(FIELD_NAMES).some((n) =>
      fields[`${n}_perturbed_norm`] || fields[`${n}_perturbed_norm_real`]
    ),
  };
}

function nonlinear(n: z.infer<typeof NonLinear>): Nonlinear | null {
  const result: Omit<Nonlinear, "saturation"> = {
    ky: n.binormal_wavevector_norm,
    kx: n.radial_wavevector_norm,
    time: n.time_norm,
    window: n.time_interval_norm,
    n_time: n.time_norm.length,
    t_end: n.time_norm.findLast((t) => t !== null) ?? null,
    fluxes: fluxes(n.fluxes_1d),
    spectra: fluxes(n.fluxes_2d_k_x_sum),
    traces: fluxes(n.fluxes_2d_k_x_k_y_sum),
    intensity: perField((f) =>
      (n.fields_intensity_1d as Record<string, Maybe[]>)[
        `${FIELD_NAMES[f]}_perturbed_norm`
      ]!
    ),
  };
  const isEmpty = result.ky.length === 0 && result.time.length === 0 &&
    result.fluxes.energy.phi.length === 0;
  if (isEmpty && n.quasi_linear === null) return null;
  return {
    ...result,
    saturation: n.quasi_linear
      ? { ...NO_SATURATION, verdict: "not applicable" }
      : saturation(result.time, result.traces),
  };
}

function fluxes<T>(read: Record<string, T>): FluxTable<T> {
  return fluxTable((q, f) => read[`${FLUX_NAMES[q]}_${FIELD_NAMES[f]}`]!);
}

function matrix(value: unknown): Maybe[][] {
  return Array.isArray(value) ? value.map(vector) : [];
}
