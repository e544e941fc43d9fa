import { Area } from "./area.tsx";
import { FRAME } from "./axes.tsx";
import { legendOf } from "./chart.tsx";
import { inked } from "./ink.ts";
import type { Panel, Plot } from "./plot.ts";
import { DASH_LENGTH, LookLine, Marker } from "./series.tsx";

const PADDING = 20;
const GAP = 20;
const LINE = 18;
const TITLE_SIZE = 18;
/** Letters of the text below the title that fit into a panel's width. */
const LETTERS = 76;
const PANEL_TITLE = 22;
const LEGEND_ROW = 18;

/** A plot as an SVG file: white paper, its own title, words and legends, nothing from outside. `about` says where it is from. */
export function standaloneSvg(plot: Plot, about: string): string {
  const { panels } = plot;
  const width = 2 * PADDING + panels.length * FRAME.width +
    (panels.length - 1) * GAP;
  const lines = wrapped(
    [plot.finding, plot.note, about].join(" "),
    LETTERS * panels.length,
  );
  const top = PADDING + TITLE_SIZE + lines.length * LINE + PADDING;
  const legendRows = Math.max(
    ...panels.map((p) => legendOf(p.series).length),
  );
  const height = top + PANEL_TITLE + FRAME.height + legendRows * LEGEND_ROW +
    PADDING;
  return inked(String(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      font-family="DejaVu Sans, Helvetica, Arial, sans-serif"
      font-size="12"
      color="#1d2430"
    >
      <title>{plot.title}</title>
      <desc>{plot.finding}</desc>
      <rect width={width} height={height} fill="#ffffff" />
      <text
        x={PADDING}
        y={PADDING + TITLE_SIZE - 4}
        font-size={TITLE_SIZE}
        fill="#1d2430"
      >
        {plot.title}
      </text>
      {lines.map((line, k) => (
        <text
          x={PADDING}
          y={PADDING + TITLE_SIZE + (k + 1) * LINE}
          fill="#1d2430"
        >
          {line}
        </text>
      ))}
      {panels.map((panel, k) => (
        <g transform={`translate(${PADDING + k * (FRAME.width + GAP)},${top})`}>
          <PanelOnPaper panel={panel} />
        </g>
      ))}
    </svg>,
  ));
}

function PanelOnPaper({ panel: { title, key: _, ...area } }: { panel: Panel }) {
  return (
    <>
      <text x={FRAME.left} y={LINE - 6} fill="#1d2430">{title}</text>
      <g transform={`translate(0,${PANEL_TITLE})`}>
        <Area {...area} />
      </g>
      {legendOf(area.series).map(({ look, mark, label }, k) => (
        <g
          class={`s${look}`}
          transform={`translate(${FRAME.left},${
            PANEL_TITLE + FRAME.height + k * LEGEND_ROW
          })`}
        >
          {mark === undefined && <LookLine look={look} />}
          <Marker look={look} mark={mark ?? "filled"} x={16} y={6} />
          <text x={DASH_LENGTH + 8} y={10} fill="#1d2430">{label}</text>
        </g>
      ))}
    </>
  );
}

/** Text in lines of at most so many letters. */
function wrapped(text: string, letters: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > letters) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}
