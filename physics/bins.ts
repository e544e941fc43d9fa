/** Bars of a histogram, about. */
const BINS = 20;
/** A column is divided evenly in its logarithm when all its bulk and the inner half of it span more than these factors. */
const SPAN = 100;
const INNER_SPAN = 4;
/** First digits of logarithmic edges, from the finest division to the coarsest. */
const LOG_STEPS = [
  [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8],
  [1, 1.5, 2, 3, 5, 7],
  [1, 2, 5],
  [1],
];
const LINEAR_STEPS = [1, 2, 5];

/**
 * Edges of bins for values that mostly lie from `low` to `high`, half of them between the quartiles: round numbers, ascending, so that 0 is
 * an edge where it lies inside. Logarithmic where the values are positive and spread over decades; a few small ones do not make it so.
 * What lies outside belongs to the open bins before and behind.
 */
export function binEdges(
  { low, high, quartiles: [first, third] }: {
    low: number;
    high: number;
    quartiles: [number, number];
  },
): number[] {
  if (!(high > low)) return [];
  const isSpread = low > 0 && high / low > SPAN && third / first > INNER_SPAN;
  return isSpread ? logarithmic(low, high) : linear(low, high);
}

function logarithmic(low: number, high: number): number[] {
  const [first, last] = [low, high].map((x) => Math.floor(Math.log10(x)));
  const decades = Math.log10(high / low);
  const digits = LOG_STEPS.find((d) => d.length * decades <= BINS * 1.2) ?? [1];
  const edges = [];
  for (let power = first!; power <= last!; power++) {
    edges.push(...digits.map((d) => Number(`${d}e${power}`)));
  }
  return edges.filter((x) => x > low && x < high);
}

function linear(low: number, high: number): number[] {
  const wanted = (high - low) / BINS;
  const power = Math.floor(Math.log10(wanted));
  const digit = LINEAR_STEPS.find((d) => d * 10 ** power >= wanted) ?? 10;
  const edges = [];
  const step = digit * 10 ** power;
  for (let n = Math.ceil(low / step); n * step < high; n++) {
    // Through text, as 3 x 0.1 is not 0.3.
    edges.push(Number(`${n * digit}e${power}`));
  }
  return edges;
}
