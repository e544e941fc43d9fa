import { column } from "../physics/columns.ts";
import type { PublishedLine } from "../physics/published.ts";
import { envelope, type ScanLine, type ScanPoint } from "../physics/scan.ts";
import { drawnGamma, peakOf } from "../physics/spectrum.ts";
import { plainSymbol } from "../physics/symbol.ts";
import { axisLabel, seriesOf } from "./family_points.ts";
import { significant } from "./format.ts";
import { Chart } from "./plots/chart.tsx";
import { LOOKS, type PlotSeries } from "./plots/series.tsx";

/** Growth rate and frequency against the varied parameter: a line for each k_y, or the largest growth rate where there are too many. */
export function ScanPlots(
  { points, lines, varied, published }: {
    points: ScanPoint[];
    lines: ScanLine[];
    varied: string;
    /** Critical gradients of the literature. */
    published: PublishedLine[];
  },
) {
  const name = plainSymbol(column(varied)!.symbol) || column(varied)!.label;
  const peak = peakOf(points) as ScanPoint | null;
  const drawn = lines.length <= LOOKS
    ? lines.map((line) => ({ label: labelOf(line), points: line.points }))
    : [{ label: "largest growth rate", points: envelope(points) }];
  const series = (y: (p: ScanPoint) => number | null): PlotSeries[] =>
    drawn.map(({ label, points }, look) =>
      seriesOf({ look, label, points, line: points, x: (p) => p.value, y })
    );
  const shared = { xLabel: axisLabel(varied) };
  return (
    <div class="plots">
      <Chart
        id="gamma"
        title={`Growth rate against ${name}`}
        finding={peak
          ? `Largest growth rate ${significant(peak.gamma)} at ${name} = ${
            significant(peak.value)
          }.`
          : "No run grows."}
        caption={lines.length <= LOOKS
          ? "Growth rate, one line for each wavenumber."
          : `Largest growth rate over ${lines.length} wavenumbers.`}
        {...shared}
        yLabel={axisLabel("gamma")}
        series={series(drawnGamma)}
        marks={published.map(({ mode, source, value }) => ({
          x: value,
          label: `${mode}: ${source}`,
        }))}
      />
      <Chart
        id="omega"
        title={`Frequency against ${name}`}
        finding={`Frequency of the same modes against ${name}.`}
        caption="Frequency; above zero in the ion diamagnetic direction."
        {...shared}
        yLabel={axisLabel("omega")}
        series={series((p) => p.omega)}
      />
    </div>
  );
}

function labelOf({ ky, ky_input }: ScanLine): string {
  return `ky = ${significant(ky)}${
    ky_input === null ? "" : ` (typed: ${significant(ky_input)})`
  }`;
}
