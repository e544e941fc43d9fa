import type { Maybe } from "./simulation.ts";

/** A value of one twin against all of them. */
export interface Deviation {
  run: number;
  code: string;
  value: Maybe;
  /** (value - median)/|median|; null without either. */
  relative: Maybe;
  /** Further from the median than the others' spread explains, or implausible. */
  isOutlier: boolean;
}

/** How far codes agree on one quantity. */
export interface Comparison {
  /** Of one value per code, its own median, without implausible runs unless there is nothing else. */
  median: Maybe;
  /** Largest minus smallest of these over |median|. */
  spread: Maybe;
  deviations: Deviation[];
}

/** Beyond this share of the median a code does not agree any more. */
export const OUTLIER_SHARE = 0.5;

/** One run of the same case. */
export interface TwinValue {
  run: number;
  code: string;
  value: Maybe;
  implausible: boolean;
}

/** Compares the runs with the median over the codes, so that a code with many runs does not outvote the others. */
export function compareTwins(twins: TwinValue[]): Comparison {
  const sound = twins.filter((t) => t.value !== null && !t.implausible);
  const used = sound.length > 0 ? sound : twins.filter((t) => t.value !== null);
  const perCode = [...Map.groupBy(used, (t) => t.code).values()].map((runs) =>
    median(runs.map((r) => r.value!))!
  );
  const middle = median(perCode);
  return {
    median: middle,
    spread: middle === null || middle === 0
      ? null
      : (Math.max(...perCode) - Math.min(...perCode)) / Math.abs(middle),
    deviations: twins.map(({ run, code, value, implausible }) => {
      const relative = value === null || middle === null || middle === 0
        ? null
        : (value - middle) / Math.abs(middle);
      const isOutlier = implausible ||
        (relative !== null && Math.abs(relative) > OUTLIER_SHARE);
      return { run, code, value, relative, isOutlier };
    }),
  };
}

function median(values: number[]): Maybe {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? sorted[middle]!
    : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
