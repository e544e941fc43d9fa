import type { SymbolPart } from "../../physics/symbol.ts";
import { Axes, FRAME } from "./axes.tsx";
import { Bars } from "./bars.tsx";
import { edgesOf, type Heat, HeatCells } from "./heat.tsx";
import { categoryScale, extent, type Scale, scaleOf } from "./scale.ts";
import { type PlotSeries, SeriesShape } from "./series.tsx";

/** What is drawn in one frame. */
export interface AreaProps {
  xLabel: SymbolPart[];
  yLabel: SymbolPart[];
  series: PlotSeries[];
  /** The vertical axis includes 0. Default: yes. */
  zero?: boolean;
  /** The horizontal axis stays linear whatever it spans. Default: no. */
  xLinear?: boolean;
  /** The vertical axis is logarithmic where the values span decades, or `always`. Default: no. */
  yLog?: boolean | "always";
  /** What a crossed point is, for the legend. Default: not converged. */
  crossed?: string;
  /** Heights that a dashed line stands at across the plot. */
  levels?: number[];
  /** A stretch of the horizontal axis that is shaded. */
  band?: { from: number; to: number } | null;
  /** Places of the horizontal axis that a line stands at, each with a word. */
  marks?: { x: number; label: string }[];
  /** Names along the horizontal axis: each series becomes bars, the x of its points being places in this list. */
  categories?: string[];
  /** Both axes at the same scale, for shapes. */
  equal?: boolean;
  /** Cells in place of series. */
  heat?: Heat;
}

const [LEFT, RIGHT] = [FRAME.left, FRAME.width - FRAME.right];
const [FLOOR, TOP] = [FRAME.height - FRAME.bottom, FRAME.top];

/** Series in their axes, to stand in any svg. */
export function Area(props: AreaProps) {
  const { series, xLabel, yLabel, band } = props;
  const [x, y] = scalesOf(props);
  return (
    <>
      {props.heat && <HeatCells heat={props.heat} x={x} y={y} />}
      {band && (
        <rect
          class="band"
          x={Math.max(LEFT, x.at(band.from))}
          y={TOP}
          width={Math.max(
            1,
            Math.min(RIGHT, x.at(band.to)) - Math.max(LEFT, x.at(band.from)),
          )}
          height={FLOOR - TOP}
        />
      )}
      <Axes {...{ x, y, xLabel, yLabel }} />
      {props.levels?.map((at) => (
        <line
          class="published"
          aria-hidden="true"
          x1={LEFT}
          x2={RIGHT}
          y1={y.at(at)}
          y2={y.at(at)}
          stroke-dasharray="6 4"
        />
      ))}
      {props.marks?.map(({ x: at, label }, k) => (
        <g aria-hidden="true">
          <line
            class="published"
            x1={x.at(at)}
            x2={x.at(at)}
            y1={TOP}
            y2={FLOOR}
            stroke-dasharray="3 4"
          />
          <text
            x={x.at(at) + 4}
            y={TOP + 10 + 14 * k}
            fill="currentColor"
          >
            {label}
          </text>
        </g>
      ))}
      {props.categories
        ? <Bars series={series} categories={props.categories} y={y} />
        : series.map((s) => <SeriesShape series={s} x={x} y={y} />)}
    </>
  );
}

function scalesOf(
  {
    series,
    categories,
    equal,
    xLinear,
    zero = true,
    yLog = false,
    marks = [],
    levels = [],
    heat,
  }: AreaProps,
): [Scale, Scale] {
  const points = series.flatMap((s) => s.points);
  const sound = points.filter((p) => p.mark !== "warning");
  const lines = series.flatMap((s) => corners(s.line));
  const held = [...(sound.length > 0 ? sound : points), ...lines];
  const across = { from: LEFT, to: RIGHT };
  const upwards = { from: FLOOR, to: TOP };
  const xs = [...points, ...lines, ...marks].map((p) => p.x);
  const ys = [...held.map((p) => p.y), ...levels];
  if (heat) return heatScales(heat, across, upwards);
  if (equal) return equalScales(xs, ys);
  const x = categories
    ? categoryScale(categories, across)
    : scaleOf(xs, { ...across, log: xLinear ? "never" : "auto" });
  const log = yLog === "always" ? yLog : yLog ? "auto" : "never";
  return [x, scaleOf(ys, { ...upwards, zero: zero && !yLog, log })];
}

/** Two corners of the box around a line: all that scales have to know of its thousand places. */
function corners(line: PlotSeries["line"]): PlotSeries["line"] {
  if (line.length === 0) return [];
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of line) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < low) low = y;
    if (y > high) high = y;
  }
  return [{ x: left, y: low }, { x: right, y: high }];
}

/** Linear axes from edge to edge of the outermost cells. */
function heatScales(
  { x, y }: Heat,
  across: { from: number; to: number },
  upwards: { from: number; to: number },
): [Scale, Scale] {
  return [
    scaleOf(edgesOf(x), { ...across, log: "never" }),
    scaleOf(edgesOf(y), { ...upwards, log: "never" }),
  ];
}

/** Axes on which a circle stays round: the shorter one is widened. */
function equalScales(xs: number[], ys: number[]): [Scale, Scale] {
  const [[x0, x1], [y0, y1]] = [extent(xs), extent(ys)];
  const [width, height] = [RIGHT - LEFT, FLOOR - TOP];
  const unit = Math.max((x1 - x0) / width, (y1 - y0) / height) || 1;
  const around = (low: number, high: number, size: number) => [
    (low + high - size * unit) / 2,
    (low + high + size * unit) / 2,
  ];
  return [
    scaleOf(around(x0, x1, width), { from: LEFT, to: RIGHT, log: "never" }),
    scaleOf(around(y0, y1, height), { from: FLOOR, to: TOP, log: "never" }),
  ];
}
