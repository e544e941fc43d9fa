import {
  drawnGamma,
  peakOf,
  type Point,
  reversals,
} from "../physics/spectrum.ts";
import type { UnitSystem } from "../physics/units.ts";
import { axisLabel, seriesOf } from "./family_points.ts";
import { plural, significant } from "./format.ts";
import { Chart } from "./plots/chart.tsx";
import { kyIn } from "./plots/plot.ts";

/** Growth rate and frequency over k_y, in `units`. */
export function SpectrumPlots(
  { points, line, units }: {
    points: Point[];
    line: Point[];
    units: UnitSystem;
  },
) {
  const shared = {
    look: 0,
    points,
    line,
    x: (p: Point) => p.ky,
  };
  return (
    <div class="plots">
      <Chart
        id="gamma"
        title="Growth rate over binormal wavenumber"
        finding={peaking(points, line, units)}
        caption="Growth rate. Runs at the same wavenumber stand beside the line."
        xLabel={axisLabel("ky", units)}
        yLabel={axisLabel("gamma", units)}
        series={[seriesOf({ ...shared, label: "gamma", y: drawnGamma })]}
      />
      <Chart
        id="omega"
        title="Frequency over binormal wavenumber"
        finding={turning(line, units)}
        caption="Frequency; above zero in the ion diamagnetic direction."
        xLabel={axisLabel("ky", units)}
        yLabel={axisLabel("omega", units)}
        series={[seriesOf({ ...shared, label: "omega", y: (p) => p.omega })]}
      />
    </div>
  );
}

function peaking(points: Point[], line: Point[], units: UnitSystem): string {
  const peak = peakOf(points);
  return peak
    ? `Growth rate peaks at ${significant(peak.gamma)} at ${kyIn(units)} = ${
      significant(peak.ky)
    }, over ${plural(line.length, "value")} of ky.`
    : "No run grows.";
}

function turning(line: Point[], units: UnitSystem): string {
  const [first] = reversals(line);
  return first
    ? `Frequency changes sign between ${kyIn(units)} = ${
      significant(first[0].ky)
    } and ${significant(first[1].ky)}.`
    : "Frequency keeps its sign.";
}
