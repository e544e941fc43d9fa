import { z } from "zod";
import { fluxTable, perField } from "../../../physics/fluxes.ts";
import { minorOverMajor } from "../../../physics/input.ts";
import { NO_SATURATION, saturation } from "../../../physics/saturation.ts";
import type {
  Field,
  Flux,
  FluxTable,
  Maybe,
  Mode,
  Nonlinear,
} from "../../../physics/simulation.ts";
import { readInput } from "../input_parameters.ts";
import {
  part,
  parts,
  PerSpecies,
  Real,
  Table,
  Vector,
  vector,
  Words,
  YesNo,
} from "../values.ts";
import type { Content } from "./content.ts";
import { turns } from "./content.ts";

const FIELD_NAMES: Record<Field, string> = {
  phi: "phi_potential",
  a_parallel: "a_field_parallel",
  b_parallel: "b_field_parallel",
};
/** `momentum_tor_parallel` is unused in this layout. */
const FLUX_NAMES: Record<Flux, string> = {
  particles: "particles",
  energy: "energy",
  momentum: "momentum_tor_perpendicular",
};

const Structure = z.unknown().transform(holdsStructure);
const Species = part({
  charge_norm: Real,
  mass_norm: Real,
  density_norm: Real,
  temperature_norm: Real,
  density_log_gradient_norm: Real,
  temperature_log_gradient_norm: Real,
  velocity_tor_gradient_norm: Real,
});
const Eigenmode = part({
  growth_rate_norm: Real,
  frequency_norm: Real,
  growth_rate_tolerance: Real,
  angle_pol: Vector,
  fields: part(Object.fromEntries(
    Object.values(FIELD_NAMES).flatMap((name) => [
      [`${name}_perturbed_weight`, Vector],
      [`${name}_perturbed_parity`, Vector],
      [`${name}_perturbed_norm`, Structure],
      [`${name}_perturbed_norm_real`, Structure],
    ]),
  )),
  linear_weights: part(fluxShape(PerSpecies)),
});
const Wavevector = part({
  binormal_wavevector_norm: Real,
  radial_wavevector_norm: Real,
  eigenmode: parts(Eigenmode),
});
const NonLinear = part({
  binormal_wavevector_norm: Vector,
  radial_wavevector_norm: Vector,
  time_norm: Vector,
  time_interval_norm: Vector,
  quasi_linear: YesNo,
  fluxes_1d: part(fluxShape(PerSpecies)),
  fluxes_2d_k_x_sum: part(fluxShape(Table)),
  fluxes_2d_k_x_k_y_sum: part(fluxShape(Table)),
  fields_intensity_1d: part(
    Object.fromEntries(
      Object.values(FIELD_NAMES).map((
        name,
      ) => [`${name}_perturbed_norm`, Vector]),
    ),
  ),
});
const Gyrokinetics = part({
  ids_properties: part({ provider: Words, creation_date: Words }),
  normalizing_quantities: part({
    r: Real,
    b_field_tor: Real,
    n_e: Real,
    t_e: Real,
  }),
  code: part({
    name: Words,
    parameters: z.unknown(),
    library: parts(part({ name: Words, version: Words, commit: Words })),
  }),
  flux_surface: part({
    r_minor_norm: Real,
    q: Real,
    magnetic_shear_r_minor: Real,
    elongation: Real,
    delongation_dr_minor_norm: Real,
    dgeometric_axis_r_dr_minor: Real,
    dgeometric_axis_z_dr_minor: Real,
    pressure_gradient_norm: Real,
    ip_sign: Real,
    b_field_tor_sign: Real,
    shape_coefficients_c: Vector,
    shape_coefficients_s: Vector,
    dc_dr_minor_norm: Vector,
  }),
  species_all: part({
    beta_reference: Real,
    velocity_tor_norm: Real,
    shearing_rate_norm: Real,
  }),
  species: parts(Species),
  collisions: part({ collisionality_norm: z.unknown() }),
  model: part({
    include_a_field_parallel: YesNo,
    include_b_field_parallel: YesNo,
  }),
  linear: part({ wavevector: parts(Wavevector) }),
  non_linear: NonLinear,
});
type Gyrokinetics = z.infer<typeof Gyrokinetics>;

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
    species: g.species.map(readSpecies),
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

function readSpecies(s: z.infer<typeof Species>): Content["species"][number] {
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

function fluxShape<T extends z.ZodType>(item: T): Record<string, T> {
  const names = Object.values(FLUX_NAMES).flatMap((q) =>
    Object.values(FIELD_NAMES).map((f) => `${q}_${f}`)
  );
  return Object.fromEntries(names.map((name) => [name, item]));
}

function fluxes<T>(read: Record<string, T>): FluxTable<T> {
  return fluxTable((q, f) => read[`${FLUX_NAMES[q]}_${FIELD_NAMES[f]}`]!);
}

function matrix(value: unknown): Maybe[][] {
  return Array.isArray(value) ? value.map(vector) : [];
}

/** Mode structures are lists over the angle, or their complex encoding, of which a projected read keeps the shape alone. */
function holdsStructure(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value !== "object" || value === null) return false;
  const { shape, __ndarray_tolist_real__: real } = value as Record<
    string,
    unknown
  >;
  return (Array.isArray(shape) && shape.length > 0 &&
    shape.every((n) => Number(n) > 0)) ||
    (Array.isArray(real) && real.length > 0);
}
