import type { Code } from "./documents/upload.ts";
import { type ModeName, modes, PEAK, peakGrowth } from "./linear_models.ts";
import { storedKy } from "./linear_result.ts";
import {
  decayingTrace,
  saturatedFlux,
  spectrum,
  type Trace,
  trace,
  windowMean,
} from "./nonlinear_models.ts";
import { kinetic, mainIon, type Plasma } from "./plasma.ts";
import type { Random } from "./random.ts";
import { fluxes } from "./weights.ts";

/** One flux of one species through one field. */
export interface FluxRecord {
  trace: number[];
  /** Mean of the trace over the second half. */
  mean: number;
  /** The same mean per k_y; its sum is `mean` to the last bit or two. */
  spectrum: number[];
}

/** particles, energy and momentum of a species, each per field. */
export interface SpeciesRecord {
  particles: FluxRecord[];
  energy: FluxRecord[];
  momentum: FluxRecord[];
}

export interface NonlinearResult {
  ky: number[];
  kx: number[];
  time: number[];
  species: SpeciesRecord[];
  /** Growth rate of the strongest linear mode: the clock of the run. */
  growth: number;
}

/** What a nonlinear run is asked to show. */
export interface NonlinearOptions {
  ky: number[];
  nx: number;
  points: number;
  /** Which mode's flux ratios it has. */
  mode?: ModeName;
  /** Total heat flux in stored units where the ITG formula does not apply. */
  flux?: number;
  drift?: boolean;
  pileUp?: boolean;
}

/** A run's fluxes, in stored units and in the order of `kinetic(p)`. */
export function saturate(
  p: Plasma,
  code: Code,
  options: NonlinearOptions,
  random: Random,
): NonlinearResult {
  const { ky, nx, points, mode = "ITG", drift, pileUp } = options;
  const growth = clock(p, mode);
  const flux = options.flux ?? saturatedFlux(p) * random.scatter(0.015);
  const length = drift ? 130 : 300;
  const record = flux > 0
    ? meanOne(trace({ growth, points, length, drift }, random))
    : decayingTrace({ growth, points, length }, random);
  const stored = ky.map((k) => storedKy(p, code, k));
  return {
    ky: stored,
    kx: Array.from(
      { length: nx },
      (_, i) => (i - Math.floor(nx / 2)) * 0.5 * stored[1]!,
    ),
    time: record.time,
    species: species(p, { mode, flux, record, ky, pileUp }, random),
    growth,
  };
}

/** Scales a trace so that its second half has mean 1: scans then scatter as little as linear ones. */
function meanOne({ time, shape }: Trace): Trace {
  const mean = windowMean(time, shape);
  return { time, shape: shape.map((x) => x / mean) };
}

/** Growth rate that sets the time scale, never so small that the run would not end. */
function clock(p: Plasma, mode: ModeName): number {
  const at = modes(p, PEAK[mode])[0]?.gamma ?? 0;
  return Math.max(0.08, mode === "ETG" ? at : peakGrowth(p));
}

interface FluxParts {
  mode: ModeName;
  flux: number;
  record: Trace;
  ky: number[];
  pileUp?: boolean;
}

/** Scales the mode's flux ratios so that the main ion (or the electrons of an ETG or MTM run) carries `flux`. */
function species(p: Plasma, parts: FluxParts, random: Random): SpeciesRecord[] {
  const ratios = fluxes(p, parts.mode, 1, random);
  const kept = kinetic(p);
  const electrons = parts.mode === "ETG" || parts.mode === "MTM";
  const lead = electrons
    ? kept.findIndex((s) => s.Z < 0)
    : kept.indexOf(mainIon(p));
  const size = (parts.flux || 0.3) /
    ratios[lead]!.energy.reduce((a, b) => a + b, 0);
  return ratios.map((r) => ({
    particles: r.particles.slice(0, p.fields).map((v) =>
      recordOf(size * v, parts)
    ),
    energy: r.energy.slice(0, p.fields).map((v) => recordOf(size * v, parts)),
    momentum: r.energy.slice(0, p.fields).map((v) =>
      recordOf(0.2 * p.rotation * size * v, parts)
    ),
  }));
}

function recordOf(
  size: number,
  { record, ky, mode, pileUp }: FluxParts,
): FluxRecord {
  const series = record.shape.map((x) => size * x);
  const mean = windowMean(record.time, series);
  return {
    trace: series,
    mean,
    spectrum: spectrum(ky, mean, { peak: mode === "ETG" ? 12 : 0.2, pileUp }),
  };
}
