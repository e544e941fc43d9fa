import type { Child } from "hono/jsx";
import type { Density, Exploration, Points } from "../../db/explore.ts";
import { column } from "../../physics/columns.ts";
import {
  groupNumbers,
  type Groups,
  groupWords,
} from "../../physics/grouping.ts";
import { significant } from "../format.ts";
import { FRAME } from "./axes.tsx";
import { type Scale, scaleOf } from "./scale.ts";

const [LEFT, RIGHT] = [FRAME.left, FRAME.width - FRAME.right];
const [FLOOR, TOP] = [FRAME.height - FRAME.bottom, FRAME.top];
/** Small markers by relative moves, so that many stand in one path. */
const SHAPES = [
  "m-2,0a2,2 0 1,0 4,0a2,2 0 1,0-4,0",
  "m-1.8-1.8h3.6v3.6h-3.6z",
  "m0-2.4l2.1 3.6h-4.2z",
  "m0-2.6l2.2 2.6l-2.2 2.6l-2.2-2.6z",
  "m-2.6-.8h5.2v1.6h-5.2z",
  "m-.8-2.6h1.6v5.2h-1.6z",
  "m-.7-2.1h1.4v1.4h1.4v1.4h-1.4v1.4h-1.4v-1.4h-1.4v-1.4h1.4z",
  "m0 2.4l2.1-3.6h-4.2z",
];
/** Steps of grey of a density grid; each holds about three times the runs of the one below. */
const STEPS = [1, 3, 10, 30, 100, 300, 1000, 3000];

/** A cloud of runs in its axes, as a page and a file draw it. */
export interface Drawing {
  scales: { x: Scale; y: Scale };
  /** Svg elements in the axes. */
  marks: Child;
  legends: CloudLegend[];
}

/** What colours, symbols or shades mean. */
export interface CloudLegend {
  name: string;
  /** `sample` fills a box of 32 x 12. */
  entries: { look: number; sample: Child; label: string }[];
}

/** Where runs stand in the plot, in its own units, with their numbers. */
export function placesOf(
  points: Points,
  { x, y }: Drawing["scales"],
): [number, number, number][] {
  return points.ids.map((
    id,
    k,
  ) => [x.at(points.x[k]!), y.at(points.y[k]!), id]);
}

/** The axes that hold all points. */
export function pointScales(
  { xlog, ylog }: Exploration,
  { x, y }: Pick<Points, "x" | "y">,
): Drawing["scales"] {
  return {
    x: axisScale(x, xlog, LEFT, RIGHT),
    y: axisScale(y, ylog, FLOOR, TOP),
  };
}

/** Runs as points: one path for each colour and symbol, so that thousands are a few elements. */
export function drawnPoints(view: Exploration, points: Points): Drawing {
  const scales = pointScales(view, points);
  const colours = groupsOf(view.colour, points.colour);
  const symbols = groupsOf(view.symbol, points.symbol);
  // Without a symbol of their own colours differ by marker, too.
  const marks = view.symbol ? symbols : colours;
  const places = placesOf(points, scales);
  const paths = Map.groupBy(
    places.keys(),
    (k) => `${colours.of[k] ?? 0} ${marks.of[k] ?? 0}`,
  );
  return {
    scales,
    marks: [...paths].map(([key, members]) => {
      const [colour, mark] = key.split(" ").map(Number) as [number, number];
      return (
        <path
          class={`marker s${colour}`}
          fill-opacity="0.75"
          d={members.map((k) =>
            `M${places[k]![0]},${places[k]![1]}${SHAPES[mark]}`
          ).join("")}
        />
      );
    }),
    legends: legendsOf(view, colours, symbols),
  };
}

function legendsOf(
  { colour, symbol }: Exploration,
  colours: Groups,
  symbols: Groups,
): CloudLegend[] {
  const entry = (look: number, shape: number, label: string) => ({
    look,
    label,
    sample: (
      <path
        class="marker"
        transform="translate(16,6) scale(1.8)"
        d={`M0,0${SHAPES[shape]}`}
      />
    ),
  });
  return [
    ...(colour === null ? [] : [{
      name: `Colours: ${column(colour)!.name}`,
      entries: colours.labels.map((l, k) => entry(k, symbol ? 0 : k, l)),
    }]),
    ...(symbol === null ? [] : [{
      name: `Symbols: ${column(symbol)!.name}`,
      entries: symbols.labels.map((l, k) => entry(7, k, l)),
    }]),
  ];
}

/** Too many runs for points: cells, the darker the more runs. */
export function drawnDensity(
  view: Exploration,
  density: Density,
  grid: { across: number; up: number },
): Drawing {
  const scales = {
    x: axisScale(density.x, view.xlog, LEFT, RIGHT),
    y: axisScale(density.y, view.ylog, FLOOR, TOP),
  };
  const edge = cellEdges(view, density, grid);
  const steps = [
    ...Map.groupBy(
      density.cells,
      ({ runs }) => STEPS.findLastIndex((s) => runs >= s),
    ),
  ].sort(([a], [b]) => a - b);
  return {
    scales,
    marks: steps.map(([step, cells]) => (
      <path
        class="marker s0"
        fill-opacity={opacity(step)}
        d={cells.map(({ column, row }) => {
          const [x0, x1] = [edge.x(column), edge.x(column + 1)]
            .map(scales.x.at) as [number, number];
          const [y0, y1] = [edge.y(row), edge.y(row + 1)]
            .map(scales.y.at) as [number, number];
          return `M${x0},${y0}H${x1}V${y1}H${x0}Z`;
        }).join("")}
      />
    )),
    legends: [{
      name: "Runs in a cell",
      entries: steps.map(([step]) => ({
        look: 0,
        label: stepWords(step),
        sample: (
          <rect
            class="marker"
            fill-opacity={opacity(step)}
            width="32"
            height="12"
          />
        ),
      })),
    }],
  };
}

function stepWords(step: number): string {
  const [from, next] = [STEPS[step]!, STEPS[step + 1]];
  return next === undefined
    ? `${from} runs and more`
    : `${from} to ${next - 1} runs`;
}

function opacity(step: number): string {
  return ((step + 1) / STEPS.length).toFixed(2);
}

/** Where the cells of a grid begin, in the units of the axes. */
export function cellEdges(
  view: Pick<Exploration, "xlog" | "ylog">,
  { x, y }: Pick<Density, "x" | "y">,
  grid: { across: number; up: number },
): { x(column: number): number; y(row: number): number } {
  const along =
    ([low, high]: [number, number], n: number, log: boolean) => (k: number) =>
      log ? low * (high / low) ** (k / n) : low + (high - low) * k / n;
  return {
    x: along(x, grid.across, view.xlog),
    y: along(y, grid.up, view.ylog),
  };
}

function axisScale(
  values: number[],
  log: boolean,
  from: number,
  to: number,
): Scale {
  return scaleOf(values, { from, to, log: log ? "always" : "never" });
}

/** One group for all where nothing tells them apart. */
function groupsOf(key: string | null, values: string[]): Groups {
  if (key === null) return { labels: ["run"], of: [] };
  const { kind } = column(key)!;
  return kind === "number" || kind === "int"
    ? groupNumbers(
      values,
      (from, to) =>
        from === to
          ? significant(from)
          : `${significant(from)} to ${significant(to)}`,
    )
    : groupWords(values);
}
