import { scaleLinear, scaleLog } from "d3-scale";

/** Above this ratio of the largest to the smallest value an axis is logarithmic. */
const LOG_RATIO = 30;
const TICKS = 6;
/** Share of the span that is left free at either end of a linear axis. */
const MARGIN = 0.04;
/** An axis spans at least this share of its values. */
const NARROWEST = 0.02;
/** Sizes beyond which an axis has no room for sums of values, and below which no digits: such numbers stand at its edge or at zero. */
const LARGEST = 1e300;
const SMALLEST = 1e-290;
/** Pixels of a letter, roughly. */
const LETTER = 7;

/** One axis of a plot: where a value stands, and which values are written beside it. */
export interface Scale {
  at(value: number): number;
  ticks: { value: number; label: string }[];
  domain: [number, number];
  isLog: boolean;
  /** Power of ten that the labels leave out. */
  power: number;
}

/** An axis that holds all values, from pixel `from` to pixel `to`. */
export function scaleOf(
  values: number[],
  { from, to, zero = false, log = "auto" }: {
    from: number;
    to: number;
    /** The axis includes 0. */
    zero?: boolean;
    /** `always`: wherever all values are positive. Default: where they span decades. */
    log?: "auto" | "never" | "always";
  },
): Scale {
  const [lowest, highest] = extent(values);
  const [low, high] = [drawable(lowest), drawable(highest)];
  const scale = scaleWithin([low, high], { from, to, zero, log });
  return low === lowest && high === highest
    ? scale
    : { ...scale, at: (v) => scale.at(drawable(v)) };
}

function drawable(value: number): number {
  if (Math.abs(value) < SMALLEST) return 0;
  return Math.min(Math.max(value, -LARGEST), LARGEST);
}

function scaleWithin(
  [low, high]: [number, number],
  { from, to, zero, log }: {
    from: number;
    to: number;
    zero: boolean;
    log: "auto" | "never" | "always";
  },
): Scale {
  const isLog = log === "always" || (log === "auto" && high / low > LOG_RATIO);
  if (isLog && !zero && low > 0) {
    return logarithmic(low, high, from, to);
  }
  const isEmpty = low === 0 && high === 0;
  const [first, last] = zero
    ? [Math.min(0, low), isEmpty ? 1 : Math.max(0, high)]
    : [low, high];
  // Values that are one number converted twice are drawn as one place.
  const span = Math.max(last - first, Math.abs(last) * NARROWEST);
  const margin = (span || 1) * MARGIN + (span - (last - first)) / 2;
  const scale = scaleLinear().domain([
    zero && first === 0 ? 0 : first - margin,
    zero && last === 0 ? 0 : last + margin,
  ]).range([from, to]);
  const power = powerOf(Math.max(Math.abs(first), Math.abs(last)));
  const unit = 10 ** power;
  const label = scale.copy().domain(scale.domain().map((v) => v / unit))
    .tickFormat(TICKS);
  const domain = scale.domain() as [number, number];
  return {
    at: linearly(domain, [from, to]),
    ticks: scale.ticks(TICKS).map((value) => ({
      value,
      label: label(value / unit),
    })),
    domain,
    isLog: false,
    power,
  };
}

/** What d3's own scale gives, which takes twice as long for each of the thousands of places in a trace. */
function linearly(
  [low, high]: [number, number],
  [from, to]: [number, number],
): Scale["at"] {
  return (value) => {
    const share = (value - low) / (high - low);
    return round(from * (1 - share) + to * share);
  };
}

/** An axis of names: `at` takes the place of a name in the list. */
export function categoryScale(
  names: string[],
  { from, to }: { from: number; to: number },
): Scale & { step: number } {
  const step = (to - from) / Math.max(names.length, 1);
  const letters = Math.max(2, Math.floor(step / LETTER));
  return {
    at: (k) => round(from + (k + 0.5) * step),
    ticks: names.map((name, value) => ({
      value,
      label: name.length <= letters ? name : `${name.slice(0, letters - 1)}…`,
    })),
    domain: [-0.5, names.length - 0.5],
    isLog: false,
    power: 0,
    step,
  };
}

/** Smallest and largest of the values; 0 and 1 for none. */
export function extent(values: number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  let [low, high] = [Infinity, -Infinity];
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return [low, high];
}

/** Numbers between a thousandth and a hundred thousand need no power of ten. */
function powerOf(size: number): number {
  return size === 0 || (size >= 1e-2 && size < 1e5)
    ? 0
    : Math.floor(Math.log10(size));
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
    ticks: scale.ticks(TICKS).filter((value) => format(value) !== "").map(
      (value) => ({ value, label: powerLabel(value) ?? format(value) }),
    ),
    domain: scale.domain() as [number, number],
    isLog: true,
    power: 0,
  };
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** `10⁻⁶` and `2·10⁵` for numbers that are long to write; null for all others. */
function powerLabel(value: number): string | null {
  const power = Math.floor(Math.log10(value) + 1e-9);
  const times = Number((value / 10 ** power).toPrecision(3));
  if (Math.abs(power) < (times === 1 ? 3 : 4)) return null;
  const digits = [...String(Math.abs(power))].map((d) => SUPERSCRIPTS[+d]);
  return `${times === 1 ? "" : `${times}·`}10${power < 0 ? "⁻" : ""}${
    digits.join("")
  }`;
}

/** A tenth of a pixel is enough, and short. */
function round(x: number): number {
  return Math.round(x * 10) / 10;
}
