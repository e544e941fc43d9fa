/**
 * The reading of one simulation document that no longer depends on its layout.
 *
 * Numbers are in the stored normalisation (physics.md): L_ref = R0, v_ref = sqrt(2 T_e/m_D), rho_ref = m_D v_ref/(e B_ref), n_e, T_e.
 * `null` means that the document holds no usable number: absent, null, NaN, infinite, or one of the stand-ins of IMAS.
 */
export interface Simulation {
  source: Source;
  tags: Tags;
  surface: Surface;
  reference: Reference;
  species: Species[];
  /** 2 mu0 n_e T_e/B_ref^2. */
  beta: number | null;
  /** Toroidal rotation, omega_tor R0/v_ref (signed). */
  rotation: number | null;
  /** E x B shearing rate in v_ref/R0 (signed). */
  shearing_rate: number | null;
  collisions: Collisions;
  model: Model;
  converter: Converter;
  /** Modes by wavevector, in stored order; nonlinear runs of the old layout hold one that only carries a mode structure. */
  wavevectors: Wavevector[];
  /** Fluxes, spectra and traces; null when the document has no nonlinear part. */
  nonlinear: Nonlinear | null;
  /** The code's input, flattened: `namelist.name` or `name`; a repeated name gets `[1]`, `[2]`. */
  input: InputParameters;
  files: StoredFile[];
  /** Names of stored PNG plots. */
  plots: string[];
}

/** A number, or null where the document holds none. */
export type Maybe = number | null;

export type InputParameters = Record<string, string | number | boolean>;

export interface Source {
  /** 24 hex digits of the document's id. */
  id: string;
  collection: "linear" | "nonlinear";
  /** How the content is arranged: current converter, old GKDB, or no gyrokinetic content at all. */
  layout: "imas" | "gkdb" | "none";
  /** Absolute folder on the uploader's machine; names people, so only its last two segments are for everybody. */
  folder_path: string;
  suffix: string;
  /** Time part of the id, ISO. */
  uploaded_at: string;
}

export interface Tags {
  code: string | null;
  user: string | null;
  device: string | null;
  scenario: string | null;
  platform: string | null;
  workflow: string | null;
  /** Trimmed, lower case, each once. */
  keywords: string[];
  comments: string | null;
  /** As stored, in words. */
  confidence_raw: string | null;
  confidence_scale: "0-3" | "1-10" | "unset";
  /** 0..3 on today's scale, null on the old one. */
  confidence_level: Maybe;
  /** Time of the last change by the uploader's clock (zone unknown, read as UTC), ISO. */
  updated_at: string | null;
  executed_at: string | null;
  git_hash: string | null;
  /** Where the complete output lies. */
  archive_location: string | null;
  /** Id of a related run. */
  linked_to: string | null;
  restart: { from: string | null; timestep: Maybe } | null;
  publications: string[];
}

export interface Surface {
  /** r/R0. */
  r_over_R: Maybe;
  /** Safety factor with the sign it is stored with. */
  q: Maybe;
  /** (r/q) dq/dr; in the old layout from the input, as its stored value is another quantity. */
  s_hat: Maybe;
  /** What the document itself calls magnetic shear. */
  s_hat_stored: Maybe;
  kappa: Maybe;
  dkappa_dr: Maybe;
  delta: Maybe;
  zeta: Maybe;
  /** Shafranov shift dR0/dr and dZ0/dr. */
  shift_r: Maybe;
  shift_z: Maybe;
  /** -(2 mu0 R0/B_ref^2) dp/dr. */
  p_prime: Maybe;
  ip_sign: Maybe;
  b_field_sign: Maybe;
  /** Angle harmonics (IMAS layout) or Fourier series of the distance (old layout). */
  shape_c: Maybe[];
  shape_s: Maybe[];
  dshape_c: Maybe[];
  /** a/R0 from the input; null where it cannot be trusted (physics.md 2). */
  a_over_R: Maybe;
}

/** Physical reference values, where the input had them. */
export interface Reference {
  length_m: Maybe;
  field_T: Maybe;
  density_m3: Maybe;
  temperature_eV: Maybe;
}

export interface Species {
  name: string | null;
  /** Z; electrons -1. */
  charge: Maybe;
  /** m/m_D. */
  mass: Maybe;
  /** n/n_e. */
  density: Maybe;
  /** T/T_e. */
  temperature: Maybe;
  /** R0/L_n. */
  RLn: Maybe;
  /** R0/L_T. */
  RLT: Maybe;
  velocity_gradient: Maybe;
}

export interface Collisions {
  /** nu_ij R0/v_ref as the IMAS layout defines it. */
  matrix: Maybe[][];
  /** As stored: smaller by 4 pi in the old layout. */
  stored: Maybe[][];
}

export interface Model {
  a_parallel: boolean | null;
  b_parallel: boolean | null;
  /** Old layout only. */
  non_linear_run: boolean | null;
  /** The flag of the IMAS layout: 1 = a quasilinear transport model. */
  quasi_linear: boolean | null;
}

export interface Converter {
  name: string | null;
  version: string | null;
  commit: string | null;
  created_at: string | null;
}

export interface Wavevector {
  /** k_theta rho_ref, signed. */
  ky: Maybe;
  kx: Maybe;
  /** Empty = the code found nothing unstable (old layout). */
  modes: Mode[];
}

export interface Mode {
  /** v_ref/R0. */
  gamma: Maybe;
  /** v_ref/R0; + = ion diamagnetic direction. */
  omega: Maybe;
  /** Relative drift of gamma. */
  tolerance: Maybe;
  /** From the span of the stored poloidal angle. */
  poloidal_turns: Maybe;
  /** Relative amplitude of each field. */
  amplitude: PerField<Maybe>;
  /** |int f| / int |f|: 1 even, 0 odd. */
  parity: PerField<Maybe>;
  /** Quasilinear flux weights per species. */
  weights: FluxTable<Maybe[]>;
  has_structure: boolean;
}

export const FIELDS = ["phi", "a_parallel", "b_parallel"] as const;
export type Field = (typeof FIELDS)[number];
export const FLUXES = ["particles", "energy", "momentum"] as const;
export type Flux = (typeof FLUXES)[number];
export type PerField<T> = Record<Field, T>;
/** One entry per flux and perturbed field; an empty array = not stored. */
export type FluxTable<T> = Record<Flux, PerField<T>>;

export interface Nonlinear {
  /** Signed, in stored order; may begin with the zonal 0. */
  ky: Maybe[];
  kx: Maybe[];
  /** In R0/v_ref; thinned together with `traces` in a stored detail. */
  time: Maybe[];
  /** Averaging window as fractions of the end time. */
  window: Maybe[];
  n_time: number;
  t_end: Maybe;
  /** Time-averaged, summed over k_y: [species]. */
  fluxes: FluxTable<Maybe[]>;
  /** Time-averaged: [species][k_y]. */
  spectra: FluxTable<Maybe[][]>;
  /** Summed over k_x and k_y: [species][time]. */
  traces: FluxTable<Maybe[][]>;
  /** Field intensity over k_y (TGLF). */
  intensity: PerField<Maybe[]>;
  /** Of the complete heat-flux trace, also where `traces` are thinned. */
  saturation: Saturation;
}

/** Does the heat flux stand still? Rule: `saturation.ts`. */
export interface Saturation {
  verdict: "yes" | "no" | "unknown" | "not applicable";
  /** Mean of the total heat flux over the last half of the time. */
  mean: Maybe;
  /** Standard error of `mean`, by the autocorrelation time. */
  error: Maybe;
  first_quarter: Maybe;
  second_quarter: Maybe;
  autocorrelation_time: Maybe;
  points: number;
}

export interface StoredFile {
  block: "Files" | "Diagnostics";
  /** As in the document: `.` is `_`, without the suffix. */
  key: string;
  /** GridFS id; null when the value is no id. */
  id: string | null;
  /** What the document holds where it holds no id. */
  note: string | null;
  filename: string | null;
  /** Bytes. */
  length: Maybe;
  /** `unchecked` until GridFS was asked; `inline`: the content stands in the document itself. */
  state: "unchecked" | "ok" | "dangling" | "damaged" | "inline" | "not stored";
}
