import type { Child } from "hono/jsx";
import type { SymbolPart } from "../../physics/symbol.ts";
import { Axes, FRAME } from "./axes.tsx";
import { scaleOf } from "./scale.ts";
import {
  LookSample,
  type Mark,
  type PlotSeries,
  SeriesShape,
} from "./series.tsx";

/** A plot as a figure. */
export interface ChartProps {
  /** Names the parts; unique in the page. */
  id: string;
  /** What is drawn against what, in plain characters. */
  title: string;
  /** What the plot shows, in words: for those who cannot see it. */
  finding: string;
  caption: Child;
  xLabel: SymbolPart[];
  yLabel: SymbolPart[];
  series: PlotSeries[];
  /** The vertical axis includes 0. Default: yes. */
  zero?: boolean;
}

const WORDS: Record<Exclude<Mark, "filled">, string> = {
  open: "stable",
  crossed: "not converged",
  warning: "implausible, perhaps beyond the edge",
};

/** Series over one axis, drawn on the server: no script, no style attributes. */
export function Chart(
  { id, title, finding, caption, xLabel, yLabel, series, zero = true }:
    ChartProps,
) {
  const { width, height, left, right, top, bottom } = FRAME;
  const points = series.flatMap((s) => s.points);
  const sound = points.filter((p) => p.mark !== "warning");
  const held = sound.length > 0 ? sound : points;
  const x = scaleOf(points.map((p) => p.x), { from: left, to: width - right });
  const y = scaleOf(held.map((p) => p.y), {
    from: height - bottom,
    to: top,
    zero,
    log: "never",
  });
  return (
    <figure class="plot" id={id}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-labelledby={`${id}-t ${id}-d`}
      >
        <title id={`${id}-t`}>{title}</title>
        <desc id={`${id}-d`}>{finding}</desc>
        <Axes {...{ x, y, xLabel, yLabel }} />
        {series.map((s) => <SeriesShape series={s} x={x} y={y} />)}
      </svg>
      <Legend series={series} />
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

/** Names the series when there are several, and the marks that occur besides the plain one. */
function Legend({ series }: { series: PlotSeries[] }) {
  const marks = (Object.keys(WORDS) as (keyof typeof WORDS)[]).filter((mark) =>
    series.some((s) => s.points.some((p) => p.mark === mark))
  );
  if (series.length < 2 && marks.length === 0) return null;
  return (
    <ul class="legend">
      {series.length > 1 && series.map((s) => (
        <li>
          <LookSample look={s.look} /> {s.label}
        </li>
      ))}
      {marks.map((mark) => (
        <li>
          <LookSample look={0} mark={mark} /> {WORDS[mark]}
        </li>
      ))}
    </ul>
  );
}
