import { peakGrowth } from "./linear_models.ts";
import { mainIon, type Plasma } from "./plasma.ts";
import type { Random } from "./random.ts";

/** Critical R/L_Ti of the saturated state: the linear one shifted up by zonal flows (Dimits 2000). */
export const DIMITS_GRADIENT = 6;

/**
 * Ion heat flux of ITG turbulence in n_e T_e v_ref rho*^2 (Dimits 2000), zero below
 * the shifted threshold. Kinetic electrons raise it 2.5 times, ExB shear quenches it, dilution weakens it.
 */
export function saturatedFlux(p: Plasma): number {
  const { RLT, RLn, n } = mainIon(p);
  if (RLT <= DIMITS_GRADIENT) return 0;
  const gyroBohm = 15.4 * (1 - DIMITS_GRADIENT / RLT) * (p.aR * RLn) *
    (p.aR * RLT);
  const electrons = p.adiabatic === "electrons" ? 1 : 2.5;
  const shear = Math.max(0, 1 - 0.8 * Math.abs(p.gammaE) / peakGrowth(p));
  return gyroBohm * n * electrons * shear / (2 * Math.SQRT2 * p.aR ** 2);
}

/** The shape of a time trace; `drift` makes it climb through the second half, so that it is not saturated. */
export interface TraceOptions {
  growth: number;
  points: number;
  /** End of the record in units of 1/growth. */
  length: number;
  drift?: boolean;
}

/** Times in R0/v_ref and a factor around 1 that multiplies every saturated flux. */
export interface Trace {
  time: number[];
  shape: number[];
}

/**
 * Linear growth, an overshoot, then a log-normal Ornstein-Uhlenbeck process of
 * correlation time 4/growth and spread 0.2, with mean 1.
 */
export function trace(
  { growth, points, length, drift }: TraceOptions,
  random: Random,
): Trace {
  const step = length / growth / points;
  const start = 5 / growth;
  const keep = Math.exp(-step * growth / 4);
  const sigma = 0.2;
  let X = 0;
  const time: number[] = [], shape: number[] = [];
  for (let i = 1; i <= points; i++) {
    const t = i * step;
    X = keep * X + sigma * Math.sqrt(1 - keep ** 2) * random.normal();
    const rise = 1 / (1 + Math.exp(-2 * growth * (t - start)));
    const overshoot = 1 + 1.5 * Math.exp(-(((t - start) * growth / 3) ** 2));
    const climb = drift ? 0.3 + 1.6 * (t / (step * points)) ** 2 : 1;
    time.push(t);
    shape.push(rise * overshoot * climb * Math.exp(X - sigma ** 2 / 2));
  }
  return { time, shape };
}

/** A burst that dies away: the trace below the nonlinear threshold, with a last flicker of 0.2 %. */
export function decayingTrace(options: TraceOptions, random: Random): Trace {
  const { growth, points, length } = options;
  const step = length / growth / points;
  const time = Array.from({ length: points }, (_, i) => (i + 1) * step);
  const shape = time.map((t) =>
    Math.exp(-(((t * growth - 8) / 4) ** 2)) + 0.002 * random.scatter(0.2)
  );
  return { time, shape };
}

/** Mean over the times in [0.5, 1] t_end. */
export function windowMean(time: number[], values: number[]): number {
  const end = time.at(-1)!;
  const kept = values.filter((_, i) => time[i]! >= 0.5 * end);
  return kept.reduce((a, b) => a + b, 0) / kept.length;
}

/**
 * Flux per k_y: x^2/(1 + 2/3 x^5) with x = k/peak, zero at k = 0. The parts add up
 * to `total` exactly, summed in order. `pileUp` raises the last quarter, as
 * when the box does not resolve the small scales.
 */
export function spectrum(
  k: number[],
  total: number,
  { peak = 0.2, pileUp = false } = {},
): number[] {
  const shape = k.map((value, i) => {
    const x = Math.abs(value) / peak;
    const tail = pileUp ? 0.5 * (i / (k.length - 1)) ** 6 : 0;
    return x === 0 ? 0 : x ** 2 / (1 + 2 / 3 * x ** 5) + tail;
  });
  const all = shape.reduce((a, b) => a + b, 0);
  return exact(shape.map((part) => total * part / all), total);
}

/** Moves the rounding error into the largest part, until the sum is the total to the last bit. */
function exact(parts: number[], total: number): number[] {
  const at = parts.reduce(
    (best, v, i) => Math.abs(v) > Math.abs(parts[best]!) ? i : best,
    0,
  );
  for (let tries = 0; tries < 8; tries++) {
    const error = total - parts.reduce((a, b) => a + b, 0);
    if (error === 0) break;
    parts[at]! += error;
  }
  return parts;
}
