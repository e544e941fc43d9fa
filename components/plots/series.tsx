import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTimes,
  symbolTriangle,
  type SymbolType,
  symbolWye,
} from "d3-shape";
import { FRAME } from "./axes.tsx";
import type { Scale } from "./scale.ts";

/** How a marker looks: filled, open for what is stable, crossed for what is not converged, or a red warning for what is implausible. */
export type Mark = "filled" | "open" | "crossed" | "warning";

/** One marker. */
export interface PlotPoint {
  x: number;
  y: number;
  mark: Mark;
  /** In words, on hover. */
  title: string;
  /** Where a click leads; the plot's table has the same link for the keyboard. */
  href?: string;
}

/** Points of one kind with the line through them; colour, dash and marker tell series apart. */
export interface PlotSeries {
  /** Which of the eight looks: the series' place in the plot. */
  look: number;
  label: string;
  points: PlotPoint[];
  /** Places that the line goes through; the other points stand beside it. */
  line: { x: number; y: number }[];
}

/** A triangle that stands on its tip. */
const symbolTriangleDown: SymbolType = {
  draw(context, size) {
    const y = Math.sqrt(size / (3 * Math.sqrt(3)));
    context.moveTo(0, 2 * y);
    context.lineTo(-Math.sqrt(3) * y, -y);
    context.lineTo(Math.sqrt(3) * y, -y);
    context.closePath();
  },
};

const MARKERS: SymbolType[] = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolStar,
  symbolWye,
  symbolCross,
  symbolTriangleDown,
];
const DASHES = [
  "",
  "7 3",
  "2 3",
  "9 3 2 3",
  "12 4",
  "4 4",
  "1 4",
  "14 3 2 3 2 3",
];
const MARKER_AREA = 42;
const CROSS_AREA = 60;
/** The same for every marker of a look, so drawn once. */
const SHAPES = MARKERS.map((type) => outline(type, MARKER_AREA));
const WARNING = outline(symbolTriangle, MARKER_AREA);
const CROSS = outline(symbolTimes, CROSS_AREA);

/** Looks that a plot has for its series; further ones repeat. */
export const LOOKS = MARKERS.length;

/** Dashes of a look; nothing for the unbroken one. */
export function dashOf(look: number): string | undefined {
  return DASHES[look % LOOKS] || undefined;
}

/** A series, its line below its markers. */
export function SeriesShape(
  { series, x, y }: { series: PlotSeries; x: Scale; y: Scale },
) {
  const look = series.look % LOOKS;
  return (
    <g class={`s s${look}`}>
      {series.line.length > 1 && (
        <path
          class="line"
          d={pathOf(series.line, x, y)}
          stroke-width="1.75"
          stroke-dasharray={dashOf(look)}
        />
      )}
      {series.points.map((p) => (
        <Marker
          look={look}
          mark={p.mark}
          x={x.at(p.x)}
          y={Math.max(
            y.at(y.domain[1]),
            Math.min(y.at(y.domain[0]), y.at(p.y)),
          )}
          title={p.title}
          href={p.href}
        />
      ))}
    </g>
  );
}

/** A line from place to place. Traces have thousands of places, for which d3's own takes several times as long. */
function pathOf(places: PlotSeries["line"], x: Scale, y: Scale): string {
  return `M${
    places.map((p) => `${written(x.at(p.x))},${written(y.at(p.y))}`).join("L")
  }`;
}

/** Coordinates by their tenths, as text: to look one up is quicker than to write it anew. */
const WRITTEN = Array.from(
  { length: 10 * Math.max(FRAME.width, FRAME.height) + 1 },
  (_, tenths) => String(tenths / 10),
);

/** A coordinate, of which scales keep tenths, as text. */
function written(at: number): string {
  return WRITTEN[Math.round(10 * at)] ?? String(at);
}

function outline(type: SymbolType, area: number): string {
  return symbol(type, area)() ?? "";
}

/** One marker; what is implausible may lie outside of the plot and then stands at its edge. */
export function Marker(
  { look, mark, x, y, title, href }: {
    look: number;
    mark: Mark;
    x: number;
    y: number;
    title?: string;
    href?: string;
  },
) {
  const drawn = (
    <g transform={`translate(${x},${y})`}>
      <path
        class={mark === "filled" || mark === "crossed"
          ? "marker"
          : `marker ${mark}`}
        d={mark === "warning" ? WARNING : SHAPES[look % LOOKS]}
      >
        {title && <title>{title}</title>}
      </path>
      {mark === "crossed" && <path class="cross" d={CROSS} />}
    </g>
  );
  if (href === undefined) return drawn;
  return <a href={href} tabindex={-1} aria-label={title}>{drawn}</a>;
}

/** Length of a look's line in a legend. */
export const DASH_LENGTH = 32;

/** The line of a look, for a legend. */
export function LookLine({ look }: { look: number }) {
  return (
    <path
      class="line"
      d={`M0,6H${DASH_LENGTH}`}
      stroke-width="1.75"
      stroke-dasharray={dashOf(look)}
    />
  );
}

/** Line and marker of a look, for a legend. */
export function LookSample({ look, mark }: { look: number; mark?: Mark }) {
  return (
    <svg
      class={`sample s${look % LOOKS}`}
      viewBox={`0 0 ${DASH_LENGTH} 12`}
      width={DASH_LENGTH}
      height="12"
      aria-hidden="true"
    >
      {mark === undefined && <LookLine look={look} />}
      <Marker
        look={look}
        mark={mark ?? "filled"}
        x={DASH_LENGTH / 2}
        y={6}
      />
    </svg>
  );
}
