import type { Child } from "hono/jsx";
import { Area } from "./area.tsx";
import { FRAME } from "./axes.tsx";
import { legendOf, ShadeBox } from "./chart.tsx";
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

/** What stands above a picture. */
export interface PaperWords {
  title: string;
  finding: string;
  note: string;
  /** Where it is from. */
  about: string;
}

/** One frame on paper with what its looks mean. */
export interface PaperPart {
  title: string;
  body: Child;
  /** `sample` fills a box of 32 x 12. */
  legend: { look: number; sample: Child; label: string }[];
}

/** A plot as an SVG file: white paper, its own title, words and legends, nothing from outside. `about` says where it is from. */
export function standaloneSvg(plot: Plot, about: string): string {
  return paper({ ...plot, about }, plot.panels.map(partOf));
}

function partOf({ title, key: _, ...area }: Panel): PaperPart {
  return {
    title,
    body: <Area {...area} />,
    legend: legendOf(area).map(({ look, mark, opacity, label }) => ({
      look,
      label,
      sample: opacity !== undefined ? <ShadeBox opacity={opacity} /> : (
        <>
          {mark === undefined && <LookLine look={look} />}
          <Marker look={look} mark={mark ?? "filled"} x={16} y={6} />
        </>
      ),
    })),
  };
}

/** Frames side by side on white paper, below their words. */
export function paper(
  { title, finding, note, about }: PaperWords,
  parts: PaperPart[],
): string {
  const width = 2 * PADDING + parts.length * FRAME.width +
    (parts.length - 1) * GAP;
  const lines = wrapped(
    [finding, note, about].join(" "),
    LETTERS * parts.length,
  );
  const top = PADDING + TITLE_SIZE + lines.length * LINE + PADDING;
  const legendRows = Math.max(...parts.map((p) => p.legend.length));
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
      <title>{title}</title>
      <desc>{finding}</desc>
      <rect width={width} height={height} fill="#ffffff" />
      <text
        x={PADDING}
        y={PADDING + TITLE_SIZE - 4}
        font-size={TITLE_SIZE}
        fill="#1d2430"
      >
        {title}
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
      {parts.map((part, k) => (
        <g transform={`translate(${PADDING + k * (FRAME.width + GAP)},${top})`}>
          <PartOnPaper part={part} />
        </g>
      ))}
    </svg>,
  ));
}

function PartOnPaper({ part: { title, body, legend } }: { part: PaperPart }) {
  return (
    <>
      <text x={FRAME.left} y={LINE - 6} fill="#1d2430">{title}</text>
      <g transform={`translate(0,${PANEL_TITLE})`}>{body}</g>
      {legend.map(({ look, sample, label }, k) => (
        <g
          class={`s${look}`}
          transform={`translate(${FRAME.left},${
            PANEL_TITLE + FRAME.height + k * LEGEND_ROW
          })`}
        >
          {sample}
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
