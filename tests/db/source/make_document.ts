import { ObjectId } from "mongodb";

interface Options {
  suffix?: string;
  comments?: string;
  code?: string;
}

/**
 * A small linear document of the IMAS layout with electrons and deuterium, for tests of what happens around the physics.
 *
 * Its numbers: q = 2, r/R0 = 0.2, R/L_T = 9, R/L_n = 3, k_y = 0.3, gamma = 0.1, omega = 0.2.
 */
export function imasDocument(
  { suffix = "", comments = "", code = "CGYRO" }: Options = {},
) {
  return {
    _id: new ObjectId(),
    Metadata: {
      DBtag: {
        user: "user_t",
        run_collection_name: "/home/t/runs/scan",
        run_suffix: suffix,
        keywords: "ITG, test",
        confidence: 1,
        comments,
      },
      CodeTag: { sim_type: code, IsLinear: true, quasi_linear: false },
    },
    Files: {} as Record<string, unknown>,
    Diagnostics: {},
    gyrokineticsIMAS: imasContent(),
  };
}

/** The physics content of `imasDocument`. */
export function imasContent() {
  return {
    ids_properties: { provider: "pyrokinetics" },
    normalizing_quantities: {
      r: 9e40,
      b_field_tor: 9e40,
      n_e: 9e40,
      t_e: 9e40,
    },
    code: {
      name: "CGYRO",
      parameters:
        '<?xml version="1.0"?>\n<root><KY>0.25</KY><RMAJ>3.0</RMAJ></root>',
      library: [{ name: "pyrokinetics", version: "0.9.1", commit: "87a7721" }],
    },
    flux_surface: {
      r_minor_norm: 0.2,
      q: 2,
      magnetic_shear_r_minor: 1,
      elongation: 1,
      pressure_gradient_norm: 0.1,
      shape_coefficients_c: [0, 0, 0, 0],
      shape_coefficients_s: [0, 0, 0, 0],
    },
    species_all: {
      beta_reference: 0,
      velocity_tor_norm: 0,
      shearing_rate_norm: 0,
    },
    species: [imasSpecies(-1, 2.7e-4), imasSpecies(1, 1)],
    collisions: { collisionality_norm: [[0.2, 0.2], [0.003, 0.003]] },
    model: { include_a_field_parallel: 0, include_b_field_parallel: 0 },
    linear: {
      wavevector: [{
        binormal_wavevector_norm: 0.3,
        radial_wavevector_norm: 0,
        eigenmode: [{
          growth_rate_norm: 0.1,
          frequency_norm: 0.2,
          growth_rate_tolerance: 0.01,
          angle_pol: [-Math.PI, Math.PI],
        }],
      }],
    },
    non_linear: { quasi_linear: 999999999 },
  };
}

/** One species with density and temperature of the electrons. */
export function imasSpecies(
  charge: number,
  mass: number,
  { n = 1, t = 1, RLn = 3, RLT = 9 } = {},
) {
  return {
    charge_norm: charge,
    mass_norm: mass,
    density_norm: n,
    temperature_norm: t,
    density_log_gradient_norm: RLn,
    temperature_log_gradient_norm: RLT,
    velocity_tor_gradient_norm: 0,
  };
}
