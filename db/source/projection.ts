const FLUXES = ["particles", "energy", "momentum_tor_perpendicular"];
const FIELDS = ["phi_potential", "a_field_parallel", "b_field_parallel"];
const FLUX_FIELDS = FLUXES.flatMap((q) => FIELDS.map((f) => `${q}_${f}`));

/** Paths under the physics content that the layouts read. What they leave out is most of a document: structures, moments, repeated inputs. */
const CONTENT = [
  ...under("ids_properties", "provider creation_date creator date"),
  ...under("normalizing_quantities", "r b_field_tor n_e t_e"),
  ...under(
    "code",
    "name parameters library.name library.version library.commit",
  ),
  ...under(
    "flux_surface",
    "r_minor_norm q magnetic_shear_r_minor elongation delongation_dr_minor_norm dgeometric_axis_r_dr_minor",
  ),
  ...under(
    "flux_surface",
    "dgeometric_axis_z_dr_minor pressure_gradient_norm ip_sign b_field_tor_sign triangularity_upper",
  ),
  ...under(
    "flux_surface",
    "shape_coefficients_c shape_coefficients_s dc_dr_minor_norm",
  ),
  ...under(
    "species_all",
    "beta_reference velocity_tor_norm shearing_rate_norm",
  ),
  ...under(
    "species",
    "name charge_norm mass_norm density_norm temperature_norm density_log_gradient_norm",
  ),
  ...under(
    "species",
    "temperature_log_gradient_norm velocity_tor_gradient_norm",
  ),
  "collisions.collisionality_norm",
  ...under(
    "model",
    "include_a_field_parallel include_b_field_parallel non_linear_run",
  ),
  ...under(
    "linear.wavevector",
    "binormal_wavevector_norm radial_wavevector_norm",
  ),
  ...under(
    "linear.wavevector.eigenmode",
    "growth_rate_norm frequency_norm growth_rate_tolerance angle_pol",
  ),
  ...FLUX_FIELDS.map((name) =>
    `linear.wavevector.eigenmode.linear_weights.${name}`
  ),
  ...FIELDS.flatMap((f) =>
    ["weight", "parity", "norm.shape"].map((p) =>
      `linear.wavevector.eigenmode.fields.${f}_perturbed_${p}`
    )
  ),
  ...under(
    "non_linear",
    "binormal_wavevector_norm radial_wavevector_norm time_norm time_interval_norm quasi_linear",
  ),
  ...FIELDS.map((f) => `non_linear.fields_intensity_1d.${f}_perturbed_norm`),
  ...["fluxes_1d", "fluxes_2d_k_x_sum", "fluxes_2d_k_x_k_y_sum"].flatMap((t) =>
    FLUX_FIELDS.map((name) => `non_linear.${t}.${name}`)
  ),
  ...under("wavevector", "radial_component_norm binormal_component_norm"),
  ...under(
    "wavevector.eigenmode",
    "growth_rate_norm frequency_norm growth_rate_tolerance poloidal_angle fluxes_norm",
  ),
];

/** Mode structures, of which one row tells that there are some. */
const STRUCTURES = [
  ...FIELDS.map((f) =>
    `linear.wavevector.eigenmode.fields.${f}_perturbed_norm_real`
  ),
  ...FIELDS.map((f) => `wavevector.eigenmode.${f}_perturbed_norm_real`),
];

/** What a catalogue sync reads of each document (performance.md 0e), under both names of the physics content. */
export const PROJECTION: Record<string, 1 | { $slice: number }> = {
  Metadata: 1,
  Meta: 1,
  Files: 1,
  Diagnostics: 1,
  // Of an object this leaves {}, which tells that there are pictures to ask for.
  "Plots._": 1,
  ...underBothNames(CONTENT, 1),
  ...underBothNames(STRUCTURES, { $slice: 1 }),
};

function underBothNames<T>(paths: string[], value: T): Record<string, T> {
  return Object.fromEntries(
    ["gyrokineticsIMAS", "gyrokinetics"].flatMap((top) =>
      paths.map((path) => [`${top}.${path}`, value])
    ),
  );
}

function under(path: string, names: string): string[] {
  return names.split(" ").map((name) => `${path}.${name}`);
}
