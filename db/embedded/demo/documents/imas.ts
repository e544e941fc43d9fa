import type { Document } from "mongodb";
import { tglfOrder } from "../inputs/tglf.ts";
import {
  collisionMatrix,
  kinetic,
  type Plasma,
  pressureGradient,
  type Species,
} from "../plasma.ts";
import { NO_FLOAT } from "./blank.ts";
import type { Code, Upload } from "./upload.ts";

/** What every document of the converter's layout holds besides its results. */
export interface ImasParts {
  plasma: Plasma;
  upload: Upload;
  xml: string;
  time: number[];
  linear: Document;
  nonLinear: Document;
}

/** `gyrokineticsIMAS` as pyrokinetics writes it. */
export function imas(
  { plasma, upload, xml, time, linear, nonLinear }: ImasParts,
): Document {
  return {
    ids_properties: {
      comment: `Computing IMAS for ${upload.code}`,
      name: "",
      homogeneous_time: 1,
      occurrence_type: null,
      provider: "pyrokinetics",
      creation_date: upload.uploaded.toISOString().replace("T", " ").replace(
        "Z",
        "000",
      ),
      provenance: null,
    },
    normalizing_quantities: {
      t_e: NO_FLOAT,
      n_e: NO_FLOAT,
      r: NO_FLOAT,
      b_field_tor: NO_FLOAT,
    },
    flux_surface: fluxSurface(plasma, upload.code),
    linear,
    non_linear: nonLinear,
    model: model(plasma),
    species_all: {
      beta_reference: plasma.betaE,
      velocity_tor_norm: plasma.rotation,
      debye_length_norm: 0,
      shearing_rate_norm: plasma.gammaE,
      angle_pol: Array.from({ length: 25 }, (_, i) => Math.PI * (i / 12 - 1)),
    },
    species: storedSpecies(plasma, upload.code).map(species),
    collisions: { collisionality_norm: collisions(plasma, upload.code) },
    code: code(upload, xml),
    time,
  };
}

/** TGLF lists electrons first, the others keep the input's order. */
export function storedSpecies(p: Plasma, code: Code): Species[] {
  return code === "TGLF" ? tglfOrder(p) : kinetic(p);
}

/** Constants differ a little between the codes: GENE's frequencies come out 0.025 % lower. */
export function collisionFactor(code: Code): number {
  return code === "GENE" ? 0.99975 : 1;
}

function fluxSurface(p: Plasma, code: Code): Document {
  const zeros = () => [0, 0, 0, 0];
  const sign = p.q < 0 ? -1 : 1;
  const field = code === "TGLF" || code === "GS2" || code === "GX" ? 1 : -1;
  return {
    r_minor_norm: p.eps,
    elongation: p.kappa,
    delongation_dr_minor_norm: p.sKappa * p.kappa / p.eps,
    dgeometric_axis_r_dr_minor: 0,
    dgeometric_axis_z_dr_minor: 0,
    q: p.q,
    magnetic_shear_r_minor: p.shear,
    pressure_gradient_norm: pressureGradient(p),
    ip_sign: sign * field,
    b_field_tor_sign: field,
    shape_coefficients_c: zeros(),
    dc_dr_minor_norm: zeros(),
    shape_coefficients_s: [0, Math.asin(p.delta), -p.zeta, 0],
    ds_dr_minor_norm: zeros(),
  };
}

function model(p: Plasma): Document {
  return {
    include_a_field_parallel: p.fields > 1 ? 1 : 0,
    include_b_field_parallel: p.fields > 2 ? 1 : 0,
    include_full_curvature_drift: null,
    include_coriolis_drift: null,
    include_centrifugal_effects: null,
    collisions_pitch_only: null,
    collisions_momentum_conservation: null,
    collisions_energy_conservation: null,
    collisions_finite_larmor_radius: null,
    adiabatic_electrons: null,
  };
}

function species(s: Species): Document {
  return {
    charge_norm: s.Z,
    mass_norm: s.mass,
    density_norm: s.n,
    density_log_gradient_norm: s.RLn,
    temperature_norm: s.T,
    temperature_log_gradient_norm: s.RLT,
    velocity_tor_gradient_norm: 0,
    potential_energy_norm: null,
    potential_energy_gradient_norm: null,
  };
}

function collisions(p: Plasma, code: Code): number[][] {
  const factor = collisionFactor(code);
  const matrix = collisionMatrix(p);
  const from = kinetic(p);
  const order = storedSpecies(p, code).map((s) => from.indexOf(s));
  return order.map((a) => order.map((b) => matrix[a]![b]! * factor));
}

function code(upload: Upload, xml: string): Document {
  return {
    version: null,
    name: upload.code,
    description: "",
    commit: null,
    repository: null,
    parameters: xml,
    output_flag: [],
    library: [{
      version: "0.9.1",
      name: "pyrokinetics",
      description: "analytic demo: not written by this library",
      commit: "",
      repository: "https://github.com/pyro-kinetics/pyrokinetics",
      parameters: "",
    }],
  };
}
