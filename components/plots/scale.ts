import { scaleLinear, scaleLog } from "d3-scale";

/** Above this ratio of the largest to the smallest value an axis is logarithmic. */
const LOG_RATIO = 30;
const TICKS = 6;
/** Share of the span that is left free at either end of a linear axis. */
const MARGIN = 0.04;

/** One axis of a plot: where a value stands, and which values are written beside it. */
export interface Scale {
  at(value: number): number;
  ticks: { value: number; label: string }[];
  domain: [number, number];
  isLog: boolean;
}

/** An axis that holds all values, from pixel `from` to pixel `to`. */
export function scaleOf(
  values: number[],
  { from, to, zero = false, log = "auto" }: {
    from: number;
    to: number;
    /** The axis includes 0. */
    zero?: boolean;
    log?: "auto" | "never";
  },
): Scale {
  const [low, high] = values.length === 0
    ? [0, 1]
    : [Math.min(...values), Math.max(...values)];
  if (log === "auto" && !zero && low > 0 && high / low > LOG_RATIO) {
    return logarithmic(low, high, from, to);
  }
  const [first, last] = zero
    ? [Math.min(0, low), Math.max(0, high)]
    : [low, high];
  const margin = (last - first || Math.abs(last) || 1) * MARGIN;
  const scale = scaleLinear().domain([
    zero && first === 0 ? 0 : first - margin,
    zero && last === 0 ? 0 : last + margin,
  ]).range([from, to]);
  const format = scale.tickFormat(TICKS);
  return {
    at: (v) => round(scale(v)),
    ticks: scale.ticks(TICKS).map((value) => ({ value, label: format(value) })),
    domain: scale.domain() as [number, number],
    isLog: false,
  };
}

function logarithmic(
  low: number,
  high: number,
  from: number,
  to: number,
): Scale {
  const scale = scaleLog().domain([low / 1.15, high * 1.15]).range([from, to]);
  const format = scale.tickFormat(TICKS, "~g");
  return {
    at: (v) => round(scale(v)),
    ticks: scale.ticks(TICKS).map((value) => ({ value, label: format(value) }))
      .filter((t) => t.label !== ""),
    domain: scale.domain() as [number, number],
    isLog: true,
  };
}

/** A tenth of a pixel is enough, and short. */
function round(x: number): number {
  return Math.round(x * 10) / 10;
}
