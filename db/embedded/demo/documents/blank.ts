import type { Document } from "mongodb";

/** What the converter leaves in a number nobody set. */
export const NO_FLOAT = 9e40;
export const NO_INTEGER = 999999999;

export const QUANTITIES = [
  "particles",
  "energy",
  "momentum_tor_parallel",
  "momentum_tor_perpendicular",
] as const;
export const FIELDS = [
  "phi_potential",
  "a_field_parallel",
  "b_field_parallel",
] as const;

const FLUX_BLOCKS = [
  "fluxes_5d",
  "fluxes_4d",
  "fluxes_3d",
  "fluxes_2d_k_x_sum",
  "fluxes_2d_k_x_k_y_sum",
  "fluxes_1d",
];
const FIELD_BLOCKS = [
  "fields_4d",
  "fields_intensity_3d",
  "fields_intensity_2d_surface_average",
  "fields_zonal_2d",
  "fields_intensity_1d",
];

/** A flux block with every entry `[]`. */
export function blankFluxes(): Document {
  return Object.fromEntries(
    QUANTITIES.flatMap((q) => FIELDS.map((f) => [`${q}_${f}`, []])),
  );
}

/** Linear weights: like a flux block, but one unused entry is a bare 9e40. */
export function blankWeights(): Document {
  return { ...blankFluxes(), momentum_tor_parallel_a_field_parallel: NO_FLOAT };
}

/** Perturbed fields with every entry `[]`. */
export function blankFields(): Document {
  return Object.fromEntries(FIELDS.map((f) => [`${f}_perturbed_norm`, []]));
}

/** The `non_linear` part of a linear document. */
export function unusedNonlinear(): Document {
  return {
    binormal_wavevector_norm: [],
    radial_wavevector_norm: [],
    angle_pol: [],
    time_norm: [],
    time_interval_norm: [],
    quasi_linear: NO_INTEGER,
    code: { parameters: "", output_flag: NO_INTEGER },
    ...Object.fromEntries(FLUX_BLOCKS.map((name) => [name, blankFluxes()])),
    ...Object.fromEntries(FIELD_BLOCKS.map((name) => [name, blankFields()])),
    ...Object.fromEntries(
      FLUX_BLOCKS.map((name) => [`${name}_rotating_frame`, blankFluxes()]),
    ),
  };
}

/** Blocks that a nonlinear document holds as null, to be overwritten by the used ones. */
export function nullBlocks(): Document {
  const rotating = FLUX_BLOCKS.map((name) => `${name}_rotating_frame`);
  return Object.fromEntries(
    [...FLUX_BLOCKS, ...FIELD_BLOCKS, ...rotating].map((name) => [name, null]),
  );
}

/** Moments are never filled. */
export function blankMoments(): Document {
  const names = [
    "density",
    "j_parallel",
    "pressure_parallel",
    "pressure_perpendicular",
    "heat_flux_parallel",
    "v_parallel_energy_perpendicular",
    "v_perpendicular_square_energy",
  ];
  return Object.fromEntries(names.map((name) => [name, []]));
}
