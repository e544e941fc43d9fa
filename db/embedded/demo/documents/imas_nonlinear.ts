import type { Document } from "mongodb";
import type {
  FluxRecord,
  NonlinearResult,
  SpeciesRecord,
} from "../nonlinear_result.ts";
import { kinetic, type Plasma } from "../plasma.ts";
import { blankFields, blankFluxes, FIELDS, nullBlocks } from "./blank.ts";
import { storedSpecies } from "./imas.ts";
import type { Code } from "./upload.ts";

export interface NonlinearParts {
  plasma: Plasma;
  code: Code;
  xml: string;
  result: NonlinearResult;
}

/** Weights of the k_x axis that GX's arrays keep. */
const GX_KX = [0.3, 0.4, 0.3];

/**
 * `non_linear` with the blocks each code fills: CGYRO and GX a time trace and a
 * k_y spectrum, GENE the trace only (B_parallel counted with A_parallel), TGLF the spectrum only.
 */
export function nonlinearBlock(
  { plasma, code, xml, result }: NonlinearParts,
): Document {
  const tglf = code === "TGLF";
  const order = storedSpecies(plasma, code).map((s) =>
    result.species[kinetic(plasma).indexOf(s)]!
  );
  const records = code === "GENE" ? order.map(mergeMagnetic) : order;
  const block = (pick: (r: FluxRecord) => unknown) => fluxBlock(records, pick);
  const wrap = code === "GX" ? spread : same;
  return {
    binormal_wavevector_norm: result.ky,
    radial_wavevector_norm: tglf
      ? [0]
      : code === "GX"
      ? [-1, 0, 1].map((i) => i * result.ky[1]!)
      : result.kx,
    angle_pol: Array.from({ length: 16 }, (_, i) => Math.PI * (i / 8 - 1)),
    time_norm: tglf ? [0] : result.time,
    time_interval_norm: [0.5, 1],
    quasi_linear: tglf ? 1 : 0,
    code: { parameters: xml, output_flag: 0 },
    ...nullBlocks(),
    fluxes_1d: block((r) =>
      code === "GX" ? GX_KX.map((w) => w * r.mean) : r.mean
    ),
    fluxes_2d_k_x_sum: code === "GENE" ? null : block((r) => wrap(r.spectrum)),
    fluxes_2d_k_x_k_y_sum: tglf ? null : block((r) => wrap(r.trace)),
    fields_intensity_1d: tglf ? intensity(records, result.ky) : null,
  };
}

function same(values: number[]): unknown {
  return values;
}

function spread(values: number[]): unknown {
  return GX_KX.map((w) => values.map((v) => w * v));
}

function fluxBlock(
  records: SpeciesRecord[],
  pick: (r: FluxRecord) => unknown,
): Document {
  const block = blankFluxes();
  FIELDS.forEach((field, i) => {
    if (!records[0]!.energy[i]) return;
    block[`particles_${field}`] = records.map((s) => pick(s.particles[i]!));
    block[`energy_${field}`] = records.map((s) => pick(s.energy[i]!));
    block[`momentum_tor_perpendicular_${field}`] = records.map((s) =>
      pick(s.momentum[i]!)
    );
  });
  return block;
}

function mergeMagnetic(s: SpeciesRecord): SpeciesRecord {
  const merge = (records: FluxRecord[]) =>
    records.length < 3 ? records : [records[0]!, add(records[1]!, records[2]!)];
  return {
    particles: merge(s.particles),
    energy: merge(s.energy),
    momentum: merge(s.momentum),
  };
}

function add(a: FluxRecord, b: FluxRecord): FluxRecord {
  const plus = (x: number[], y: number[]) => x.map((v, i) => v + y[i]!);
  return {
    trace: plus(a.trace, b.trace),
    mean: a.mean + b.mean,
    spectrum: plus(a.spectrum, b.spectrum),
  };
}

/** TGLF's field intensities, following the energy spectrum over k_y. */
function intensity(records: SpeciesRecord[], ky: number[]): Document {
  const energy = records.at(-1)!.energy[0]!.spectrum;
  return {
    ...blankFields(),
    phi_potential_perturbed_norm: energy.map((q, i) =>
      8 * q / Math.abs(ky[i] || 1)
    ),
  };
}
