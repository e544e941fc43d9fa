import type { Exploration } from "../../db/explore.ts";
import { axisLabel } from "../family_points.ts";
import { Axes, FRAME } from "./axes.tsx";
import type { CloudLegend, Drawing } from "./cloud_marks.tsx";
import { DASH_LENGTH } from "./series.tsx";
import { paper, type PaperWords } from "./standalone.tsx";

/** A cloud of runs as a figure. app.js names the nearest of `places` and opens it; brush.js searches a rectangle that is dragged. */
export function Cloud(
  { view, drawing, title, finding, places, searchHref }: {
    view: Exploration;
    drawing: Drawing;
    title: string;
    finding: string;
    /** Null: cells instead of runs. */
    places: [number, number, number][] | null;
    /** The search without bounds on the axes. */
    searchHref: string;
  },
) {
  const { scales, marks, legends } = drawing;
  const axis = ({ domain, isLog }: Drawing["scales"]["x"]) => ({
    domain,
    log: isLog,
  });
  const brush = {
    href: searchHref,
    frame: FRAME,
    x: { key: view.x, ...axis(scales.x) },
    y: { key: view.y, ...axis(scales.y) },
  };
  return (
    <figure class="plot cloud" id="cloud" data-brush={JSON.stringify(brush)}>
      <svg
        viewBox={`0 0 ${FRAME.width} ${FRAME.height}`}
        role="img"
        aria-labelledby="cloud-t cloud-d"
      >
        <title id="cloud-t">{title}</title>
        <desc id="cloud-d">{finding}</desc>
        <Framed view={view} scales={scales} />
        {marks}
      </svg>
      {places && (
        <>
          <output class="nearest" aria-live="off"></output>
          <script type="application/json">{JSON.stringify(places)}</script>
        </>
      )}
      {legends.map((legend) => <Legend {...legend} />)}
    </figure>
  );
}

function Framed(
  { view, scales }: { view: Exploration; scales: Drawing["scales"] },
) {
  return (
    <Axes {...scales} xLabel={axisLabel(view.x)} yLabel={axisLabel(view.y)} />
  );
}

function Legend({ name, entries }: CloudLegend) {
  return (
    <ul class="legend" aria-label={name}>
      {entries.map(({ look, sample, label }) => (
        <li>
          <svg
            class={`sample s${look}`}
            viewBox={`0 0 ${DASH_LENGTH} 12`}
            aria-hidden="true"
          >
            {sample}
          </svg>{" "}
          {label}
        </li>
      ))}
    </ul>
  );
}

/** The same cloud as an SVG file. */
export function cloudSvg(
  { view, drawing, ...words }: PaperWords & {
    view: Exploration;
    drawing: Drawing;
  },
): string {
  const { scales, marks, legends } = drawing;
  return paper(words, [{
    title: "",
    body: (
      <>
        <Framed view={view} scales={scales} />
        {marks}
      </>
    ),
    legend: legends.flatMap(({ entries }) => entries),
  }]);
}
