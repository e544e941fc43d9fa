import type { FluxTable, Maybe, Saturation } from "./simulation.ts";
import { FIELDS } from "./simulation.ts";

const MIN_POINTS = 40;
const MIN_AUTOCORRELATION_TIMES = 10;
const TOLERATED_DRIFT = 0.2;
/** The autocorrelation costs the square of this; longer traces are averaged into as many bins. */
const MAX_AUTOCORRELATION_POINTS = 2000;

/** What a run without a usable trace gets. */
export const NO_SATURATION: Saturation = {
  verdict: "unknown",
  mean: null,
  error: null,
  first_quarter: null,
  second_quarter: null,
  autocorrelation_time: null,
  points: 0,
};

/**
 * Does the total heat flux stand still over the last half of the time?
 *
 * With m1, m2 the means of that half's two quarters, m its mean and SE = sigma sqrt(2 tau_ac/T): yes when |m2 - m1| <= max(0.2 |m|, 2 SE).
 * Unknown below 40 points in that half or below ten autocorrelation times; points without a number are left out (physics.md 1).
 */
export function saturation(
  time: Maybe[],
  traces: FluxTable<Maybe[][]>,
): Saturation {
  const series = lastHalf(time, totalHeatFlux(traces, time.length));
  if (series.length < 2) return { ...NO_SATURATION, points: series.length };
  const span = series.at(-1)!.t - series[0]!.t;
  const middle = series[0]!.t + span / 2;
  const [mean, first, second] = [
    series,
    series.filter((p) => p.t < middle),
    series.filter((p) => p.t >= middle),
  ].map(average);
  const tau = autocorrelationTime(series.map((p) => p.q), mean!, span);
  const sigma = Math.sqrt(
    series.reduce((s, p) => s + (p.q - mean!) ** 2, 0) / series.length,
  );
  const error = sigma * Math.sqrt(2 * tau / span);
  const isLong = series.length >= MIN_POINTS &&
    span >= MIN_AUTOCORRELATION_TIMES * tau;
  const isStill = Math.abs(second! - first!) <=
    Math.max(TOLERATED_DRIFT * Math.abs(mean!), 2 * error);
  return {
    verdict: isLong ? isStill ? "yes" : "no" : "unknown",
    mean: finiteOrNull(mean!),
    error: finiteOrNull(error),
    first_quarter: finiteOrNull(first!),
    second_quarter: finiteOrNull(second!),
    autocorrelation_time: finiteOrNull(tau),
    points: series.length,
  };
}

interface Point {
  t: number;
  q: number;
}

/** Sum over species and fields at each time; null where one stored part is missing. */
export function totalHeatFlux(
  traces: FluxTable<Maybe[][]>,
  nTime: number,
): Maybe[] {
  const rows = FIELDS.flatMap((field) => traces.energy[field]);
  if (rows.length === 0) return [];
  return Array.from({ length: nTime }, (_, k) => {
    let sum = 0;
    for (const row of rows) {
      const v = row[k] ?? null;
      if (v === null) return null;
      sum += v;
    }
    return sum;
  });
}

function lastHalf(time: Maybe[], heat: Maybe[]): Point[] {
  const points: Point[] = [];
  for (const [k, t] of time.entries()) {
    const q = heat[k] ?? null;
    if (t !== null && q !== null) points.push({ t, q });
  }
  const end = points.at(-1)?.t ?? 0;
  return points.filter((p) => p.t >= end / 2);
}

function average(points: Point[]): number {
  return points.reduce((s, p) => s + p.q, 0) / points.length;
}

/** Integral of the autocorrelation up to its first zero crossing, in units of time; assumes an even time grid. */
function autocorrelationTime(q: number[], mean: number, span: number): number {
  const d = binned(q.map((v) => v - mean));
  const step = span / (d.length - 1);
  const variance = d.reduce((s, v) => s + v * v, 0) / d.length;
  if (variance === 0) return 0;
  let sum = 0.5;
  for (let lag = 1; lag < d.length; lag++) {
    let c = 0;
    for (let k = 0; k + lag < d.length; k++) c += d[k]! * d[k + lag]!;
    const rho = c / ((d.length - lag) * variance);
    if (rho <= 0) break;
    sum += rho;
  }
  return sum * step;
}

function binned(values: number[]): number[] {
  const width = Math.ceil(values.length / MAX_AUTOCORRELATION_POINTS);
  if (width === 1) return values;
  return Array.from({ length: Math.floor(values.length / width) }, (_, k) => {
    let sum = 0;
    for (let j = k * width; j < (k + 1) * width; j++) sum += values[j]!;
    return sum / width;
  });
}

function finiteOrNull(x: number): Maybe {
  return Number.isFinite(x) ? x : null;
}
