/** Bars of a histogram, about. */
const BINS = 20;
/** Three quarters of the values within this share of the range: then it is divided evenly in the logarithm. */
const SKEWED = 0.25;
/** Positive values must span this factor for that. */
const SPAN = 30;
/** Smallest edge beside 0, for values of both signs, as a share of the larger quartile. */
const INNERMOST = 0.05;
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
 * an edge where it lies inside. Logarithmic, on both sides of 0 where it lies inside, when most of the values are far smaller than the
 * largest. What lies outside belongs to the open bins before and behind.
 */
export function binEdges(
  { low, high, quartiles }: {
    low: number;
    high: number;
    quartiles: [number, number];
  },
): number[] {
  if (!(high > low)) return [];
  const usual = Math.max(...quartiles.map(Math.abs));
  const largest = Math.max(Math.abs(low), Math.abs(high));
  if (usual === 0 || usual > SKEWED * largest) return linear(low, high);
  if (low > 0) {
    return high / low > SPAN ? logarithmic(low, high) : linear(low, high);
  }
  const bins = low < 0 ? BINS / 2 : BINS;
  const sizes = logarithmic(INNERMOST * usual, largest, bins);
  return [...sizes.map((x) => -x).reverse(), 0, ...sizes]
    .filter((x) => x >= low && x < high);
}

function logarithmic(low: number, high: number, bins = BINS): number[] {
  if (!(high > low)) return [];
  const [first, last] = [low, high].map((x) => Math.floor(Math.log10(x)));
  const decades = Math.log10(high / low);
  const digits = LOG_STEPS.find((d) => d.length * decades <= bins * 1.2) ?? [1];
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
