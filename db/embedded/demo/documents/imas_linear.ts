import type { Document } from "mongodb";
import type { Eigenmode, Wavevector } from "../linear_result.ts";
import {
  ballooningAngle,
  type ComplexArray,
  potential,
  vectorPotential,
} from "../mode_structure.ts";
import { kinetic, type Plasma } from "../plasma.ts";
import { storedSpecies } from "./imas.ts";
import { blankMoments, blankWeights } from "./blank.ts";
import type { Code } from "./upload.ts";

/** What the `linear` block is made from. */
export interface LinearParts {
  plasma: Plasma;
  code: Code;
  xml: string;
  wavevectors: Wavevector[];
  time: number[];
}

/** Poloidal turns and points per turn of the angle grids, and the turns as stored (which differ). */
const GRID: Record<Code, { turns: number; points: number; stored: number }> = {
  GENE: { turns: 9, points: 24, stored: 8 },
  CGYRO: { turns: 4, points: 24, stored: 2 },
  TGLF: { turns: 9, points: 32, stored: 1 },
  GS2: { turns: 3, points: 32, stored: 2 },
  GX: { turns: 5, points: 32, stored: 3 },
};

/** `linear`; GX documents begin with a k_y = 0 that holds nothing. */
export function linearBlock(parts: LinearParts): Document {
  const zero = parts.code === "GX"
    ? [{
      radial_wavevector_norm: 0,
      binormal_wavevector_norm: 0,
      eigenmode: [zonal(parts)],
    }]
    : [];
  const others = parts.wavevectors.map((w) => ({
    radial_wavevector_norm: 0,
    binormal_wavevector_norm: w.ky,
    eigenmode: w.modes.map((m) => eigenmode(parts, m)),
  }));
  return { wavevector: [...zero, ...others] };
}

function eigenmode(parts: LinearParts, m: Eigenmode): Document {
  const { turns, points, stored } = GRID[parts.code];
  const angle = ballooningAngle(turns, points);
  return {
    poloidal_turns: stored,
    growth_rate_norm: m.gamma,
    frequency_norm: m.omega,
    growth_rate_tolerance: m.tolerance,
    angle_pol: angle,
    time_norm: parts.time,
    fields: fields(parts, m, angle),
    ...rest(parts, parts.code === "TGLF" ? blankWeights() : weights(parts, m)),
  };
}

/** The k_y = 0 entry of a GX document. */
function zonal(parts: LinearParts): Document {
  const { turns, points, stored } = GRID.GX;
  const silent = {
    weights: kinetic(parts.plasma).map(() => ({
      particles: [0, 0, 0],
      energy: [0, 0, 0],
    })),
  };
  return {
    poloidal_turns: stored,
    growth_rate_norm: 0,
    frequency_norm: 0,
    growth_rate_tolerance: NaN,
    angle_pol: ballooningAngle(turns, points),
    time_norm: parts.time,
    fields: perturbed(
      parts.plasma.fields,
      () => ({ weight: 0, parity: 0, norm: null }),
    ),
    ...rest(parts, weights(parts, silent as unknown as Eigenmode)),
  };
}

function rest({ xml }: LinearParts, linearWeights: Document): Document {
  return {
    code: { parameters: xml, output_flag: 0 },
    initial_value_run: 1,
    moments_norm_gyrocenter: null,
    moments_norm_particle: blankMoments(),
    moments_norm_gyrocenter_bessel_0: null,
    moments_norm_gyrocenter_bessel_1: null,
    linear_weights: linearWeights,
    linear_weights_rotating_frame: null,
  };
}

/** Only GX keeps the fields: the uploader drops those of the first wavevector, and its first one is k_y = 0. */
function fields(parts: LinearParts, m: Eigenmode, angle: number[]): Document {
  const kept = parts.code === "GX";
  const phi = kept ? overTime(potential(m.name, angle), parts.time, m) : null;
  const A = kept && parts.plasma.fields > 1
    ? overTime(vectorPotential(m.name, angle, m.amplitude.A), parts.time, m)
    : null;
  return perturbed(parts.plasma.fields, (field) =>
    [
      { weight: 6.66, parity: m.parity.phi, norm: phi },
      { weight: 6.66 * m.amplitude.A, parity: m.parity.A, norm: A },
      { weight: 6.66 * m.amplitude.B, parity: m.parity.phi, norm: null },
    ][field]!);
}

function perturbed(
  solved: number,
  entry: (
    field: number,
  ) => { weight: number; parity: number; norm: Document | null },
): Document {
  const names = ["phi_potential", "a_field_parallel", "b_field_parallel"];
  return Object.fromEntries(names.flatMap((name, i) => {
    const { weight, parity, norm } = entry(i);
    const has = i < solved;
    return [
      [`${name}_perturbed_weight`, has ? [weight] : []],
      [`${name}_perturbed_parity`, has ? [parity] : []],
      [`${name}_perturbed_norm`, norm],
    ];
  }));
}

/** [theta][time], the amplitude of each time normalised away, turning with omega. */
function overTime(f: ComplexArray, time: number[], m: Eigenmode): Document {
  const last = time.at(-1)!;
  const turn = time.map((
    t,
  ) => [Math.cos(-m.omega * (t - last)), Math.sin(-m.omega * (t - last))]);
  return {
    __ndarray_tolist_real__: f.real.map((x, i) =>
      turn.map(([c, s]) => x * c! - f.imag[i]! * s!)
    ),
    __ndarray_tolist_imag__: f.real.map((x, i) =>
      turn.map(([c, s]) => x * s! + f.imag[i]! * c!)
    ),
    dtype: "complex128",
    shape: [f.real.length, time.length],
  };
}

/** Quasilinear weights per species; fields that are not solved stay `[]`. */
function weights(
  { plasma, code }: LinearParts,
  m: Pick<Eigenmode, "weights">,
): Document {
  const from = kinetic(plasma);
  const order = storedSpecies(plasma, code).map((s) =>
    m.weights[from.indexOf(s)]!
  );
  const block = blankWeights();
  ["phi_potential", "a_field_parallel", "b_field_parallel"].slice(
    0,
    plasma.fields,
  ).forEach((field, i) => {
    block[`particles_${field}`] = order.map((w) => w.particles[i]);
    block[`energy_${field}`] = order.map((w) => w.energy[i]);
    block[`momentum_tor_perpendicular_${field}`] = order.map((w) =>
      plasma.rotation * w.energy[i]!
    );
  });
  return block;
}

/** Times an initial value run writes, in R0/v_ref: about 30 growth times; TGLF has none. */
export function linearTimes(code: Code, gamma: number): number[] {
  if (code === "TGLF") return [0];
  const count = { GENE: 40, CGYRO: 12, GS2: 21, GX: 6 }[code];
  const end = Math.min(400, Math.max(20, 30 / Math.max(0.02, Math.abs(gamma))));
  return Array.from({ length: count }, (_, i) => end * (i + 1) / count);
}
