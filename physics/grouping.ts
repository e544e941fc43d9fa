/** Values of a column sorted into a few named groups. */
export interface Groups {
  labels: string[];
  /** Index into `labels`, one for each value. */
  of: number[];
}

/** Groups that can be told apart in a plot; the last may be what is left. */
const MAX_GROUPS = 8;
const MAX_RANGES = 5;

/** Words by frequency, rarer ones together as `other`. `""` is `none`. */
export function groupWords(values: string[]): Groups {
  const counts = new Map<string, number>();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  const words = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([word]) => word);
  const kept = words.length <= MAX_GROUPS
    ? words
    : words.slice(0, MAX_GROUPS - 1);
  const place = new Map(kept.map((word, k) => [word, k]));
  const labels = kept.map((word) => word === "" ? "none" : word);
  return {
    labels: words.length > kept.length ? [...labels, "other"] : labels,
    of: values.map((v) => place.get(v) ?? kept.length),
  };
}

/** Numbers in up to five ranges of equally many values; text that is none, apart. `label` writes a range. */
export function groupNumbers(
  values: string[],
  label: (from: number, to: number) => string,
): Groups {
  const numbers = values.map((v) => v === "" ? NaN : Number(v));
  const sorted = numbers.filter(Number.isFinite).sort((a, b) => a - b);
  const different = [...new Set(sorted)];
  if (different.length <= MAX_RANGES) {
    const labels = different.map((v) => label(v, v));
    return withNone(labels, numbers.map((v) => different.indexOf(v)));
  }
  const starts = [
    ...new Set(
      Array.from(
        { length: MAX_RANGES },
        (_, k) => sorted[Math.floor(k * sorted.length / MAX_RANGES)]!,
      ),
    ),
  ];
  const labels = starts.map((from, k) =>
    label(from, starts[k + 1] ?? sorted.at(-1)!)
  );
  return withNone(
    labels,
    numbers.map((v) => starts.findLastIndex((from) => v >= from)),
  );
}

function withNone(labels: string[], of: number[]): Groups {
  if (!of.includes(-1)) return { labels, of };
  return {
    labels: [...labels, "none"],
    of: of.map((k) => k < 0 ? labels.length : k),
  };
}
