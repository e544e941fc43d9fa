import type { Child } from "hono/jsx";
import type { Density, Exploration, Points } from "../../db/explore.ts";
import { column } from "../../physics/columns.ts";
import {
  groupNumbers,
  type Groups,
  groupWords,
} from "../../physics/grouping.ts";
import { axisLabel } from "../family_points.ts";
import { significant } from "../format.ts";
import { Axes, FRAME } from "./axes.tsx";
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

/** What is drawn, in words. */
interface CloudWords {
  title: string;
  finding: string;
}

/** Runs as points: one path for each colour and symbol, so that thousands are a few elements. app.js names the nearest one and opens it. */
export function Cloud(
  { view, points, title, finding }:
    & { view: Exploration; points: Points }
    & CloudWords,
) {
  const scales = scalesOf(view, points.x, points.y);
  const colours = groupsOf(view.colour, points.colour);
  const symbols = groupsOf(view.symbol, points.symbol);
  // Without a symbol of their own colours differ by marker, too.
  const marks = view.symbol ? symbols : colours;
  const places = points.ids.map((id, k) =>
    [scales.x.at(points.x[k]!), scales.y.at(points.y[k]!), id] as const
  );
  const paths = Map.groupBy(
    places.keys(),
    (k) => `${colours.of[k] ?? 0} ${marks.of[k] ?? 0}`,
  );
  return (
    <figure class="plot cloud" id="cloud">
      <Frame view={view} scales={scales} title={title} finding={finding}>
        {[...paths].map(([key, members]) => {
          const [colour, mark] = key.split(" ").map(Number) as [number, number];
          const shape = SHAPES[mark]!;
          return (
            <path
              class={`marker s${colour}`}
              fill-opacity="0.75"
              d={members.map((k) =>
                `M${places[k]![0]},${places[k]![1]}${shape}`
              ).join("")}
            />
          );
        })}
      </Frame>
      <output class="nearest" aria-live="off"></output>
      <script type="application/json">{JSON.stringify(places)}</script>
      {view.colour && (
        <CloudLegend
          name={view.colour}
          groups={colours}
          symbols={!view.symbol}
        />
      )}
      {view.symbol && <SymbolLegend name={view.symbol} groups={symbols} />}
    </figure>
  );
}

function CloudLegend(
  { name, groups, symbols }: { name: string; groups: Groups; symbols: boolean },
) {
  return (
    <ul class="legend" aria-label={`Colours: ${column(name)!.name}`}>
      {groups.labels.map((label, k) => (
        <li>
          <Sample look={k} shape={symbols ? k : 0} /> {label}
        </li>
      ))}
    </ul>
  );
}

function SymbolLegend({ name, groups }: { name: string; groups: Groups }) {
  return (
    <ul class="legend" aria-label={`Symbols: ${column(name)!.name}`}>
      {groups.labels.map((label, k) => (
        <li>
          <Sample look={7} shape={k} /> {label}
        </li>
      ))}
    </ul>
  );
}

function Sample({ look, shape }: { look: number; shape: number }) {
  return (
    <svg class={`sample s${look}`} viewBox="0 0 32 12" aria-hidden="true">
      <path
        class="marker"
        transform="translate(16,6) scale(1.8)"
        d={`M0,0${SHAPES[shape]}`}
      />
    </svg>
  );
}

/** Steps of grey of a density grid; each holds about ten times the runs of the one below. */
const STEPS = [1, 3, 10, 30, 100, 300];

/** Too many runs for points: cells, the darker the more runs. */
export function DensityGrid(
  { view, density, grid, title, finding }:
    & { view: Exploration; density: Density }
    & { grid: { across: number; up: number } }
    & CloudWords,
) {
  const scales = {
    x: axisScale(density.x, view.xlog, LEFT, RIGHT),
    y: axisScale(density.y, view.ylog, FLOOR, TOP),
  };
  const edge = cellEdges(view, density, grid);
  const steps = Map.groupBy(
    density.cells,
    ({ runs }) => STEPS.findLastIndex((s) => runs >= s),
  );
  return (
    <figure class="plot cloud" id="cloud">
      <Frame view={view} scales={scales} title={title} finding={finding}>
        {[...steps].map(([step, cells]) => (
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
        ))}
      </Frame>
      <ul class="legend" aria-label="Runs in a cell">
        {[...steps.keys()].sort((a, b) => a - b).map((step) => (
          <li>
            <svg class="sample s0" viewBox="0 0 32 12" aria-hidden="true">
              <rect
                class="marker"
                fill-opacity={opacity(step)}
                width="32"
                height="12"
              />
            </svg>{" "}
            {STEPS[step + 1] === undefined
              ? `${STEPS[step]} runs and more`
              : `${STEPS[step]} to ${STEPS[step + 1]! - 1} runs`}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function opacity(step: number): string {
  return ((step + 1) / STEPS.length).toFixed(2);
}

/** Where the cells of a grid begin, in the units of the axes. */
export function cellEdges(
  view: Exploration,
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

function Frame(
  { view, scales, title, finding, children }:
    & { view: Exploration; scales: { x: Scale; y: Scale }; children: Child }
    & CloudWords,
) {
  return (
    <svg
      viewBox={`0 0 ${FRAME.width} ${FRAME.height}`}
      role="img"
      aria-labelledby="cloud-t cloud-d"
    >
      <title id="cloud-t">{title}</title>
      <desc id="cloud-d">{finding}</desc>
      <Axes {...scales} xLabel={axisLabel(view.x)} yLabel={axisLabel(view.y)} />
      {children}
    </svg>
  );
}

function scalesOf(
  { xlog, ylog }: Exploration,
  xs: number[],
  ys: number[],
): { x: Scale; y: Scale } {
  return {
    x: axisScale(xs, xlog, LEFT, RIGHT),
    y: axisScale(ys, ylog, FLOOR, TOP),
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
