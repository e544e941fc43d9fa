import type { Child } from "hono/jsx";
import { Area, type AreaProps } from "./area.tsx";
import { FRAME } from "./axes.tsx";
import { shadesOf, shadeWords } from "./heat.tsx";
import { DASH_LENGTH, LOOKS, LookSample, type Mark } from "./series.tsx";

/** A plot as a figure. */
export interface ChartProps extends AreaProps {
  /** Names the parts; unique in the page. */
  id: string;
  /** What is drawn against what, in plain characters. */
  title: string;
  /** What the plot shows, in words: for those who cannot see it. */
  finding: string;
  caption: Child;
}

/** What the marks mean. */
const WORDS: Record<Exclude<Mark, "filled">, string> = {
  open: "stable",
  crossed: "not converged",
  warning: "implausible, perhaps beyond the edge",
};

/** Series over one axis, drawn on the server: no script, no style attributes. */
export function Chart(
  { id, title, finding, caption, ...area }: ChartProps,
) {
  const leads = area.series.some((s) =>
    s.points.some((p) => p.href !== undefined)
  );
  return (
    <figure class="plot" id={id}>
      <svg
        viewBox={`0 0 ${FRAME.width} ${FRAME.height}`}
        role={leads ? "group" : "img"}
        aria-labelledby={`${id}-t ${id}-d`}
      >
        <title id={`${id}-t`}>{title}</title>
        <desc id={`${id}-d`}>{finding}</desc>
        <Area {...area} />
      </svg>
      <Legend {...area} />
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

/** An entry of a legend. */
export interface LegendEntry {
  look: number;
  /** Nothing for the entry of a series. */
  mark?: Mark;
  /** How dense a shade of a map is; nothing for everything else. */
  opacity?: string;
  label: string;
}

/** Names the series when there are several, and the marks that occur besides the plain one. */
export function legendOf(
  { series, crossed, heat }: Pick<AreaProps, "series" | "crossed" | "heat">,
): LegendEntry[] {
  if (heat) {
    return shadesOf(heat).map((shade) => ({
      look: 0,
      opacity: shade.opacity,
      label: shadeWords(shade),
    }));
  }
  const words = { ...WORDS, ...(crossed ? { crossed } : {}) };
  const marks = (Object.keys(WORDS) as (keyof typeof WORDS)[]).filter((mark) =>
    series.some((s) => s.points.some((p) => p.mark === mark))
  );
  return [
    ...(series.length > 1
      ? series.map(({ look, label }) => ({ look: look % LOOKS, label }))
      : []),
    ...marks.map((mark) => ({ look: 0, mark, label: words[mark] })),
  ];
}

function Legend(area: Pick<AreaProps, "series" | "crossed" | "heat">) {
  const entries = legendOf(area);
  if (entries.length === 0) return null;
  return (
    <ul class="legend">
      {entries.map(({ look, mark, opacity, label }) => (
        <li>
          {opacity === undefined
            ? <LookSample look={look} mark={mark} />
            : <ShadeSample look={look} opacity={opacity} />} {label}
        </li>
      ))}
    </ul>
  );
}

function ShadeSample({ look, opacity }: { look: number; opacity: string }) {
  return (
    <svg
      class={`sample s${look}`}
      viewBox={`0 0 ${DASH_LENGTH} 12`}
      width={DASH_LENGTH}
      height="12"
      aria-hidden="true"
    >
      <ShadeBox opacity={opacity} />
    </svg>
  );
}

/** A shade of a map, for a legend. */
export function ShadeBox({ opacity }: { opacity: string }) {
  return (
    <rect
      class="marker"
      fill-opacity={opacity}
      width={DASH_LENGTH}
      height="12"
    />
  );
}
