import { z } from "zod";
import { fluxTable, perField } from "../../../physics/fluxes.ts";
import { minorOverMajor, numberParameter } from "../../../physics/input.ts";
import { product } from "../../../physics/roles.ts";
import type {
  Flux,
  InputParameters,
  Maybe,
  Mode,
} from "../../../physics/simulation.ts";
import { readInput } from "../input_parameters.ts";
import { part, parts, Real, Vector, vector, Words, YesNo } from "../values.ts";
import { type Content, noContent, turns } from "./content.ts";
import {
  ALL_SPECIES,
  FIELD_NAMES,
  SPECIES,
  speciesOf,
  SURFACE,
} from "./shared_shape.ts";

/** Collisionalities of this layout are smaller than those of the IMAS one by this factor (schema.md 0.6). */
const COLLISION_FACTOR = 4 * Math.PI;
/** Here the perpendicular momentum flux is always null and the parallel one filled. */
const FLUX_NAMES: Record<Flux, string> = {
  particles: "particles",
  energy: "energy",
  momentum: "momentum_tor_parallel",
};

const Species = part({ name: Words, ...SPECIES });
const Structure = z.unknown().transform((value) =>
  Array.isArray(value) && value.length > 0
);
const Eigenmode = part({
  growth_rate_norm: Real,
  frequency_norm: Real,
  growth_rate_tolerance: Real,
  poloidal_angle: Vector,
  phi_potential_perturbed_norm_real: Structure,
  a_field_parallel_perturbed_norm_real: Structure,
  b_field_parallel_perturbed_norm_real: Structure,
  fluxes_norm: parts(part(Object.fromEntries(
    Object.values(FLUX_NAMES).flatMap((q) =>
      Object.values(FIELD_NAMES).map((f) => [`${q}_${f}`, Real])
    ),
  ))),
});
const Gyrokinetics = part({
  ids_properties: part({ date: Words }),
  code: part({ parameters: z.unknown() }),
  flux_surface: part({
    ...SURFACE,
    triangularity_upper: Real,
  }),
  species_all: part(ALL_SPECIES),
  species: parts(Species),
  collisions: part({ collisionality_norm: z.unknown() }),
  model: part({
    include_a_field_parallel: YesNo,
    include_b_field_parallel: YesNo,
    non_linear_run: YesNo,
  }),
  wavevector: parts(
    part({
      radial_component_norm: Real,
      binormal_component_norm: Real,
      eigenmode: parts(Eigenmode),
    }),
  ),
});
type Gyrokinetics = z.infer<typeof Gyrokinetics>;

/** The physics content of a document as the uploader itself arranged it until 2024, for GENE only (schema.md 5). */
export function readGkdb(gyrokinetics: unknown): Content {
  const g = Gyrokinetics.parse(gyrokinetics);
  const input = readInput(g.code.parameters);
  const stored = Array.isArray(g.collisions.collisionality_norm)
    ? g.collisions.collisionality_norm.map(vector)
    : [];
  return {
    ...noContent(),
    surface: surface(g, input),
    species: g.species.map(readSpecies),
    beta: g.species_all.beta_reference,
    rotation: g.species_all.velocity_tor_norm,
    shearing_rate: g.species_all.shearing_rate_norm,
    collisions: {
      matrix: stored.map((row) =>
        row.map((nu) => product(nu, COLLISION_FACTOR))
      ),
      stored,
    },
    model: {
      a_parallel: g.model.include_a_field_parallel,
      b_parallel: g.model.include_b_field_parallel,
      non_linear_run: g.model.non_linear_run,
      quasi_linear: null,
    },
    converter: {
      name: null,
      version: null,
      commit: null,
      created_at: g.ids_properties.date,
    },
    wavevectors: g.wavevector.map((w) => ({
      ky: w.binormal_component_norm,
      kx: w.radial_component_norm,
      modes: w.eigenmode.map(mode),
    })),
    input,
  };
}

/** What this layout calls magnetic shear is another quantity, and elongation is null unless the geometry is Miller: both come from the input then. */
function surface(
  { flux_surface: s }: Gyrokinetics,
  input: InputParameters,
): Content["surface"] {
  return {
    ...noContent().surface,
    r_over_R: s.r_minor_norm,
    q: s.q,
    s_hat: numberParameter(input, "shat"),
    s_hat_stored: s.magnetic_shear_r_minor,
    kappa: s.elongation ?? numberParameter(input, "kappa"),
    delta: s.triangularity_upper,
    zeta: numberParameter(input, "zeta"),
    p_prime: s.pressure_gradient_norm,
    ip_sign: s.ip_sign,
    b_field_sign: s.b_field_tor_sign,
    shape_c: s.shape_coefficients_c,
    shape_s: s.shape_coefficients_s,
    dshape_c: s.dc_dr_minor_norm,
    a_over_R: minorOverMajor("GENE", input, s.r_minor_norm),
  };
}

function readSpecies(s: z.infer<typeof Species>): Content["species"][number] {
  return {
    ...speciesOf(s),
    name: s.name?.replaceAll("'", "").trim() || null,
  };
}

function mode(m: z.infer<typeof Eigenmode>): Mode {
  const fluxes = m.fluxes_norm as Record<string, Maybe>[];
  return {
    gamma: m.growth_rate_norm,
    omega: m.frequency_norm,
    tolerance: m.growth_rate_tolerance,
    poloidal_turns: turns(m.poloidal_angle),
    amplitude: perField(() => null),
    parity: perField(() => null),
    weights: fluxTable((q, f) => {
      const values = fluxes.map((s) =>
        s[`${FLUX_NAMES[q]}_${FIELD_NAMES[f]}`] ?? null
      );
      return values.every((v) => v === null) ? [] : values;
    }),
    has_structure: m.phi_potential_perturbed_norm_real ||
      m.a_field_parallel_perturbed_norm_real ||
      m.b_field_parallel_perturbed_norm_real,
  };
}
