import { decimated, some, type XY } from "../../physics/plots/points.ts";
import { significant } from "../format.ts";
import type { PlotSeries } from "./series.tsx";

/** Up to this many places each have a marker; on longer lines a few tell the series apart. */
const MAX_MARKED = 40;
const FEW = 9;

/** A line with markers. `label` names it in the legend, `x` and `y` in what pointing at a marker shows. */
export function lineSeries(
  { look, label, points, x }: {
    look: number;
    label: string;
    points: XY[];
    /** Plain symbol of what runs along the horizontal axis. */
    x: string;
  },
): PlotSeries {
  const line = decimated(points);
  const marked = line.length <= MAX_MARKED ? line : staggered(line, look);
  return {
    look,
    label,
    line,
    points: marked.map((p) => ({
      ...p,
      mark: "filled",
      title: `${label}: ${significant(p.y)} at ${x} = ${significant(p.x)}`,
    })),
  };
}

/** A few places, at others for each look so that markers of close lines do not cover each other. */
function staggered(line: XY[], look: number): XY[] {
  const step = line.length / FEW;
  const from = Math.floor(step * (0.25 + 0.5 * (look % 7) / 7));
  return some(line.slice(from, line.length - Math.floor(step / 4)), FEW);
}
