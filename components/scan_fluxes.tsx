import type { Family } from "../db/families/members.ts";
import { column } from "../physics/columns.ts";
import { plainSymbol } from "../physics/symbol.ts";
import { axisLabel, num } from "./family_points.ts";
import { significant } from "./format.ts";
import { Chart } from "./plots/chart.tsx";
import type { PlotSeries } from "./plots/series.tsx";

const FLUXES = ["Q_i", "Q_e"];

/** Heat fluxes of nonlinear or quasilinear runs against the varied parameter; one that did not settle is crossed. */
export function ScanFluxes(
  { scan, varied }: { scan: Family; varied: string },
) {
  const name = plainSymbol(column(varied)!.symbol) || column(varied)!.label;
  const series = FLUXES.map((key, look): PlotSeries => {
    const points = scan.members.flatMap(({ row, value }) => {
      const flux = num(row, key);
      if (flux === null) return [];
      const settled = row.saturated !== "no";
      const title = `Run ${row.id}: ${significant(flux)} at ${
        significant(value)
      }`;
      const mark = settled ? "filled" as const : "crossed" as const;
      return [{ x: value!, y: flux, mark, title }];
    });
    return {
      look,
      label: plainSymbol(column(key)!.symbol),
      points,
      line: points,
    };
  }).filter((s) => s.points.length > 0);
  if (series.length === 0) return null;
  return (
    <div class="plots">
      <Chart
        id="fluxes"
        title={`Heat fluxes against ${name}`}
        finding={series.map((s) =>
          `${s.label} goes from ${significant(s.points[0]!.y)} to ${
            significant(s.points.at(-1)!.y)
          }.`
        ).join(" ")}
        caption="Heat fluxes of ions and electrons."
        xLabel={axisLabel(varied)}
        yLabel={axisLabel("Q_i")}
        series={series}
      />
    </div>
  );
}
