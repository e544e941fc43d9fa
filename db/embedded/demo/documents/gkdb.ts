import type { Document } from "mongodb";
import type { Section, Value } from "../inputs/deck.ts";
import type { Eigenmode, Wavevector } from "../linear_result.ts";
import {
  ballooningAngle,
  type ComplexArray,
  potential,
  times,
  vectorPotential,
} from "../mode_structure.ts";
import {
  collisionMatrix,
  kinetic,
  type Plasma,
  pressureGradient,
  type Species,
} from "../plasma.ts";
import type { SpeciesRecord } from "../nonlinear_result.ts";
import { collisionFactor } from "./imas.ts";
import type { Upload } from "./upload.ts";

/** What a document of the older GENE-only layout is made from. */
export interface GkdbParts {
  plasma: Plasma;
  upload: Upload;
  sections: Section[];
  /** Without a Miller surface there is no elongation. */
  sAlpha?: boolean;
  /** A linear result; a nonlinear document has one mode structure and fluxes, but no growth rate. */
  linear?: Wavevector;
  nonlinear?: SpeciesRecord[];
}

/** L_ref, m_ref and so on leave their rounding in every number that passed through SI units. */
const MASS_ROUNDING = 0.99999625;
const LENGTH_ROUNDING = 1 + 4.4e-8;

/** `gyrokinetics` in the older layout, read from GENE runs until mid 2024. */
export function gkdb(parts: GkdbParts): Document {
  const { plasma, upload } = parts;
  return {
    ids_properties: {
      creator: upload.user,
      date: upload.uploaded.toISOString().slice(0, 10),
      comment:
        "analytic demo, not code output; A_parallel terms include those of B_parallel",
    },
    code: {
      name: "GENE",
      version: "analytic demo",
      parameters: flatParameters(parts.sections),
    },
    model: model(plasma, upload),
    flux_surface: fluxSurface(plasma, parts.sAlpha),
    species_all: {
      beta_reference: plasma.betaE,
      debye_length_reference: 0,
      velocity_tor_norm: plasma.rotation,
      shearing_rate_norm: plasma.gammaE,
      zeff: null,
    },
    species: kinetic(plasma).map(species),
    collisions: { collisionality_norm: collisions(plasma) },
    wavevector: [wavevector(parts)],
    fluxes_integrated_norm: [],
  };
}

/** One flat object; species keys are numbered and strings keep Fortran's quotes. */
export function flatParameters(sections: Section[]): Document {
  const flat: Document = {};
  let species = 0;
  for (const { name, entries } of sections) {
    if (name === "species") species++;
    for (const [key, value] of entries) {
      flat[name === "species" ? `${key}${species}` : key] = flatValue(value);
    }
  }
  return { ...flat, n_pol: 1, Tref: 1, nref: 1, Bref: 1, mref: 1.999, Lref: 1 };
}

function flatValue(value: Value | Value[]): unknown {
  if (Array.isArray(value)) return `'${value.join(" ")}'`;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" ? `'${value}'` : value;
}

function model(p: Plasma, upload: Upload): Document {
  return {
    initial_value_run: true,
    non_linear_run: upload.kind === "nonlinear",
    time_interval_norm: [],
    include_a_field_parallel: p.fields > 1,
    include_b_field_parallel: p.fields > 2,
    include_full_curvature_drift: true,
    include_centrifugal_effects: false,
    collision_pitch_only: false,
    collision_ei_only: false,
    collision_momentum_conservation: true,
    collision_energy_conservation: true,
    collision_finite_larmor_radius: false,
  };
}

/** The shear stored here is (R0/a) times s-hat, which is why readers take `code.parameters.shat`. */
function fluxSurface(p: Plasma, sAlpha = false): Document {
  const harmonics = (first: number) => [first, ...Array(7).fill(0)];
  return {
    r_minor_norm: p.eps,
    q: p.q,
    magnetic_shear_r_minor: p.shear / p.aR,
    pressure_gradient_norm: pressureGradient(p),
    ip_sign: p.q < 0 ? 1 : -1,
    b_field_tor_sign: -1,
    shape_coefficients_c: harmonics(p.eps),
    shape_coefficients_s: harmonics(0),
    dc_dr_minor_norm: harmonics(1),
    ds_dr_minor_norm: harmonics(0),
    elongation: sAlpha ? null : p.kappa,
    triangularity_upper: sAlpha ? null : p.delta,
    triangularity_lower: sAlpha ? null : p.delta,
  };
}

function species(s: Species): Document {
  return {
    name: `'${s.name}'`,
    charge_norm: s.Z,
    mass_norm: s.mass * MASS_ROUNDING,
    density_norm: s.n,
    temperature_norm: s.T,
    density_log_gradient_norm: s.RLn * LENGTH_ROUNDING,
    temperature_log_gradient_norm: s.RLT * LENGTH_ROUNDING,
    velocity_tor_gradient_norm: 0,
  };
}

/** Smaller by 4 pi than in the later layout, and transposed. */
function collisions(p: Plasma): number[][] {
  const matrix = collisionMatrix(p);
  const factor = collisionFactor("GENE") / (4 * Math.PI);
  return matrix.map((_, a) => matrix.map((_, b) => matrix[b]![a]! * factor));
}

function wavevector({ plasma, linear, nonlinear }: GkdbParts): Document {
  const mode = linear?.modes[0];
  const turns = linear ? 7 : 1;
  const stable = mode !== undefined && mode.gamma <= 0;
  const fluxesNorm = nonlinear
    ? nonlinear.map(saturatedFluxes)
    : mode?.weights.map(weightFluxes) ?? [];
  return {
    radial_component_norm: 0,
    binormal_component_norm: linear?.ky ?? 0,
    poloidal_turns: linear ? turns : 0,
    // The old converter left out modes that do not grow.
    eigenmode: stable ? [] : [{
      ...(mode
        ? {
          growth_rate_norm: mode.gamma,
          frequency_norm: mode.omega,
          growth_rate_tolerance: mode.tolerance,
        }
        : { growth_rate_tolerance: 0.0021 }),
      ...structure(plasma, mode, turns),
      fluxes_norm: fluxesNorm,
    }],
  };
}

function structure(
  p: Plasma,
  mode: Eigenmode | undefined,
  turns: number,
): Document {
  const name = mode?.name ?? "ITG";
  const angle = ballooningAngle(turns, 16);
  const phi = potential(name, angle);
  const A = vectorPotential(name, angle, mode?.amplitude.A ?? 10 * p.betaE);
  return {
    poloidal_angle: angle,
    ...complex("phi_potential_perturbed_norm", phi),
    ...(p.fields > 1 ? complex("a_field_parallel_perturbed_norm", A) : {}),
    moments_norm_rotating_frame: kinetic(p).map((s) => moments(s, phi)),
  };
}

/** Fluid-like responses to phi: Boltzmann-ish density, phases that carry outward fluxes. */
function moments(s: Species, phi: ComplexArray): Document {
  const sign = s.Z < 0 ? 1 : -0.9;
  return {
    ...complex("density", times(phi, [0.9, 0.12])),
    ...complex(
      "velocity_parallel",
      times(phi, [0.05, 0.2 * sign / Math.sqrt(s.mass)]),
    ),
    ...complex("temperature_parallel", times(phi, [0.4 * sign, 0.5])),
    ...complex("temperature_perpendicular", times(phi, [0.3 * sign, 0.6])),
  };
}

function complex(name: string, f: ComplexArray): Document {
  return { [`${name}_real`]: f.real, [`${name}_imaginary`]: f.imag };
}

function weightFluxes(w: Eigenmode["weights"][number]): Document {
  return fluxes(w.particles, w.energy, 0);
}

function saturatedFluxes(s: SpeciesRecord): Document {
  const means = (records: SpeciesRecord["energy"]) =>
    [0, 1, 2].map((i) => records[i]?.mean ?? 0);
  return fluxes(means(s.particles), means(s.energy), s.momentum[0]?.mean ?? 0);
}

/** B_parallel is counted with A_parallel; the perpendicular momentum flux was never filled. */
function fluxes(
  particles: number[],
  energy: number[],
  momentum: number,
): Document {
  return {
    particles_phi_potential: particles[0],
    particles_a_field_parallel: particles[1]! + particles[2]!,
    particles_b_field_parallel: 0,
    momentum_tor_parallel_phi_potential: momentum,
    momentum_tor_parallel_a_field_parallel: 0,
    momentum_tor_parallel_b_field_parallel: 0,
    momentum_tor_perpendicular_phi_potential: null,
    momentum_tor_perpendicular_a_field_parallel: null,
    momentum_tor_perpendicular_b_field_parallel: null,
    energy_phi_potential: energy[0],
    energy_a_field_parallel: energy[1]! + energy[2]!,
    energy_b_field_parallel: 0,
  };
}
