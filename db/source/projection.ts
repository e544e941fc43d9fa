const FLUXES = ["particles", "energy", "momentum_tor_perpendicular"];
const FIELDS = ["phi_potential", "a_field_parallel", "b_field_parallel"];

/** Paths under the physics content that the layouts read. What they leave out is most of a document: structures, moments, repeated inputs. */
const CONTENT = [
  "ids_properties",
  "normalizing_quantities",
  "code.name",
  "code.parameters",
  "code.library",
  "flux_surface",
  "species_all.beta_reference",
  "species_all.velocity_tor_norm",
  "species_all.shearing_rate_norm",
  "species",
  "collisions.collisionality_norm",
  "model",
  "linear.wavevector.binormal_wavevector_norm",
  "linear.wavevector.radial_wavevector_norm",
  ...[
    "growth_rate_norm",
    "frequency_norm",
    "growth_rate_tolerance",
    "angle_pol",
    "linear_weights",
  ].map((p) => `linear.wavevector.eigenmode.${p}`),
  ...FIELDS.flatMap((f) =>
    ["weight", "parity", "norm.shape"].map((p) =>
      `linear.wavevector.eigenmode.fields.${f}_perturbed_${p}`
    )
  ),
  ...[
    "binormal_wavevector_norm",
    "radial_wavevector_norm",
    "time_norm",
    "time_interval_norm",
    "quasi_linear",
    "fields_intensity_1d",
  ].map((p) => `non_linear.${p}`),
  ...["fluxes_1d", "fluxes_2d_k_x_sum", "fluxes_2d_k_x_k_y_sum"].flatMap((t) =>
    FLUXES.flatMap((q) => FIELDS.map((f) => `non_linear.${t}.${q}_${f}`))
  ),
  "wavevector.radial_component_norm",
  "wavevector.binormal_component_norm",
  ...[
    "growth_rate_norm",
    "frequency_norm",
    "growth_rate_tolerance",
    "poloidal_angle",
    "fluxes_norm",
  ].map((p) => `wavevector.eigenmode.${p}`),
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
