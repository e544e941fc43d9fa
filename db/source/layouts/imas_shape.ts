import { z } from "zod";
import type { Flux } from "../../../physics/simulation.ts";
import {
  part,
  parts,
  PerSpecies,
  Real,
  Table,
  Vector,
  Words,
  YesNo,
} from "../values.ts";
import { ALL_SPECIES, FIELD_NAMES, SPECIES, SURFACE } from "./shared_shape.ts";

/** `momentum_tor_parallel` is unused in this layout. */
export const FLUX_NAMES: Record<Flux, string> = {
  particles: "particles",
  energy: "energy",
  momentum: "momentum_tor_perpendicular",
};

const Structure = z.unknown().transform(holdsStructure);
/** One species. */
export const Species = part(SPECIES);
/** One mode of one wavevector. */
export const Eigenmode = part({
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
/** Fluxes, spectra and traces of nonlinear and quasilinear runs. */
export const NonLinear = part({
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
/** `gyrokineticsIMAS` as pyrokinetics writes it (schema.md 4.3 to 4.5): every field that is read, each null or empty where it is missing. */
export const Gyrokinetics = part({
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
    ...SURFACE,
    delongation_dr_minor_norm: Real,
    dgeometric_axis_r_dr_minor: Real,
    dgeometric_axis_z_dr_minor: Real,
  }),
  species_all: part(ALL_SPECIES),
  species: parts(Species),
  collisions: part({ collisionality_norm: z.unknown() }),
  model: part({
    include_a_field_parallel: YesNo,
    include_b_field_parallel: YesNo,
  }),
  linear: part({ wavevector: parts(Wavevector) }),
  non_linear: NonLinear,
});
export type Gyrokinetics = z.infer<typeof Gyrokinetics>;

function fluxShape<T extends z.ZodType>(item: T): Record<string, T> {
  const names = Object.values(FLUX_NAMES).flatMap((q) =>
    Object.values(FIELD_NAMES).map((f) => `${q}_${f}`)
  );
  return Object.fromEntries(names.map((name) => [name, item]));
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
