import type { Member } from "../db/families/members.ts";
import { drawnGamma, lineOf, peakOf, type Point } from "../physics/spectrum.ts";
import type { UnitSystem } from "../physics/units.ts";
import { axisLabel, memberPoints, seriesOf } from "./family_points.ts";
import { plural, significant } from "./format.ts";
import { Chart } from "./plots/chart.tsx";
import { kyIn } from "./plots/plot.ts";
import type { PlotSeries } from "./plots/series.tsx";

/** The same case over k_y, a line for each code; nothing where codes share a single wavenumber. */
export function TwinsPlots(
  { members, units }: { members: Member[]; units: UnitSystem },
) {
  const codes = codesOf(members);
  const shared = lineOf(codes.flatMap((c) => c.points), (p) => p.ky).length;
  if (shared < 2) return null;
  return (
    <section>
      <h2>At all wavenumbers that codes share</h2>
      <div class="plots">
        <Chart
          id="gamma"
          title="Growth rate over binormal wavenumber, by code"
          finding={`${peaks(codes, units)}, over ${
            plural(shared, "value")
          } of ky.`}
          caption="Growth rate of the same case, one line for each code."
          xLabel={axisLabel("ky", units)}
          yLabel={axisLabel("gamma", units)}
          series={seriesOfCodes(codes, drawnGamma)}
        />
        <Chart
          id="omega"
          title="Frequency over binormal wavenumber, by code"
          finding="Frequency of the same modes."
          caption="Frequency; above zero in the ion diamagnetic direction."
          xLabel={axisLabel("ky", units)}
          yLabel={axisLabel("omega", units)}
          series={seriesOfCodes(codes, (p) => p.omega)}
        />
      </div>
    </section>
  );
}

interface CodePoints {
  code: string;
  points: Point[];
}

function codesOf(members: Member[]): CodePoints[] {
  const byCode = Map.groupBy(
    members,
    ({ row }) => String(row.code ?? "unknown"),
  );
  return [...byCode].map(([code, members]) => ({
    code,
    points: members.flatMap(memberPoints).filter((p) => p.ky !== null),
  })).sort((a, b) => a.code.localeCompare(b.code));
}

function seriesOfCodes(
  codes: CodePoints[],
  y: (p: Point) => number | null,
): PlotSeries[] {
  return codes.map(({ code, points }, look) =>
    seriesOf({
      look,
      label: code,
      points,
      line: lineOf(points, (p) => p.ky),
      x: (p) => p.ky,
      y,
    })
  );
}

function peaks(
  codes: CodePoints[],
  units: UnitSystem,
): string {
  return codes.flatMap(({ code, points }) => {
    const peak = peakOf(points);
    return peak
      ? [
        `${code} peaks at ${significant(peak.gamma)} at ${kyIn(units)} = ${
          significant(peak.ky)
        }`,
      ]
      : [];
  }).join("; ") || "No run grows";
}
