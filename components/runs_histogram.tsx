import { count } from "./format.ts";
import type { Column } from "../physics/columns.ts";

const WIDTH = 200;
const HEIGHT = 36;
/** Share of a bar's width that is left white. */
const GAP = 0.12;

/** One bar of a histogram and the search within its bounds. */
export interface HistogramBar {
  href: string;
  /** Shares, each of its own largest: of all runs, and of the runs of the search. */
  all: number;
  selected: number;
  /** In words: bounds and shares. */
  title: string;
}

/** How a column's values lie: above its range. */
export interface HistogramProps {
  column: Column;
  bars: HistogramBar[];
  /** First and last edge, as text. */
  from: string;
  to: string;
}

/** What the bars mean, and of how many runs they are when that is not all. */
export function HistogramNote({ sample }: { sample: number | null }) {
  return (
    <p class="hint" id="histogram-note">
      Bars: grey for all runs, blue for these, each to its own height
      {sample !== null && `; from a sample of ${count(sample)} runs`}.
    </p>
  );
}

/** The histograms anew, each by itself, so that what is typed stays. */
export function HistogramPartials(
  { histograms, sample }: {
    histograms: HistogramProps[];
    sample: number | null;
  },
) {
  return (
    <>
      <hx-partial hx-target="#histogram-note" hx-swap="outerHTML">
        <HistogramNote sample={sample} />
      </hx-partial>
      {histograms.map((histogram) => (
        <hx-partial
          hx-target={`#${histogramId(histogram.column)}`}
          hx-swap="outerHTML"
        >
          <Histogram {...histogram} />
        </hx-partial>
      ))}
    </>
  );
}

/**
 * All runs in grey and the search in accent, each to its own scale; a bar leads to the search within its bounds.
 *
 * For the eye and the mouse: the two fields below say the same to the keyboard and to screen readers.
 */
export function Histogram({ column, bars, from, to }: HistogramProps) {
  return (
    <div class="histogram" id={histogramId(column)} aria-hidden="true">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
        {bars.map((bar, n) => <Bar bar={bar} n={n} of={bars.length} />)}
      </svg>
      <span class="axis-ends">
        <span>{from}</span>
        <span>{to}</span>
      </span>
    </div>
  );
}

function Bar({ bar, n, of }: { bar: HistogramBar; n: number; of: number }) {
  const step = WIDTH / of;
  const x = round(n * step);
  const inner = {
    x: round((n + GAP / 2) * step),
    width: round((1 - GAP) * step),
  };
  return (
    <a href={bar.href} tabindex={-1}>
      <title>{bar.title}</title>
      <rect class="hit" {...{ x, y: 0, width: round(step), height: HEIGHT }} />
      <rect class="every" {...inner} {...standing(bar.all)} />
      <rect class="chosen" {...inner} {...standing(bar.selected)} />
    </a>
  );
}

/** A value above nothing is never too small to be seen. */
function standing(share: number): { y: number; height: number } {
  const height = share > 0 ? Math.max(1, round(share * HEIGHT)) : 0;
  return { y: round(HEIGHT - height), height };
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}

function histogramId({ key }: Column): string {
  return `histogram-${key}`;
}
