import type {
  HistogramBar,
  HistogramProps,
} from "../components/runs_histogram.tsx";
import { percent, significant } from "../components/format.ts";
import { searchAddress } from "../db/runs/address.ts";
import type { Histogram, Quantity } from "../db/runs/histograms.ts";
import type { RunQuery } from "../db/runs/query.ts";
import { column } from "../physics/columns.ts";
import { isInCsA, MAIN_RANGES } from "./search_form.ts";

/** Columns whose histograms a page shows: those in sight, and those with a filter. */
export function histogramQuantities(query: RunQuery): Quantity[] {
  const keys = new Set([...MAIN_RANGES, ...query.ranges.keys()]);
  return [...keys].map((key) => ({ key, cs_a: isInCsA(query, column(key)!) }));
}

/** The histograms of a search, each bar with its address. */
export function histogramViews(
  query: RunQuery,
  found: Map<string, Histogram>,
): HistogramProps[] {
  return [...found].map(([key, histogram]) => ({
    column: column(key)!,
    bars: bars(query, key, histogram),
    from: significant(histogram.edges[0]!),
    to: significant(histogram.edges.at(-1)!),
  }));
}

function bars(
  query: RunQuery,
  key: string,
  { edges, all, selected, sample }: Histogram,
): HistogramBar[] {
  const [tallest, tallestSelected] = [all, selected].map((shares) =>
    Math.max(...shares, Number.MIN_VALUE)
  );
  const about = sample === null ? "" : "about ";
  const cs_a = isInCsA(query, column(key)!);
  return all.map((share, n) => {
    const [min, max] = [edges[n - 1] ?? null, edges[n] ?? null];
    const range = { min, max, any: false, abs: false, cs_a };
    const ranges = new Map(query.ranges).set(key, range);
    return {
      href: searchAddress({ ...query, ranges, page: null }),
      all: share / tallest!,
      selected: selected[n]! / tallestSelected!,
      title: `${boundsText(min, max)}: ${about}${
        percent(selected[n]!)
      } of these runs, ${percent(share)} of all`,
    };
  });
}

function boundsText(min: number | null, max: number | null): string {
  if (min === null) return `below ${significant(max)}`;
  if (max === null) return `above ${significant(min)}`;
  return `${significant(min)} to ${significant(max)}`;
}
