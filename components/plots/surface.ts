import { some } from "../../physics/plots/points.ts";
import {
  type SurfaceShape,
  surfaceShape,
} from "../../physics/plots/surface.ts";
import type { Simulation } from "../../physics/simulation.ts";
import { significant } from "../format.ts";
import { axis, head, type NoPlot, type Plot } from "./plot.ts";
import type { PlotSeries } from "./series.tsx";

const MARKERS = 9;
/** The last marker keeps clear of the first, as the outline is closed. */
const SPACING = 20;
const FORMULAS: Record<SurfaceShape["formula"], string> = {
  "angle harmonics":
    "Drawn from the stored elongation and the harmonics of the poloidal angle.",
  "distance series":
    "Drawn from the stored Fourier series of the distance to the centre.",
  Miller: "Drawn from elongation and triangularity by Miller's formula.",
};

/** The cross-section of the flux surface; where there is physics content but no shape, the reason. */
export function surfacePlot(sim: Simulation): Plot | NoPlot | null {
  if (sim.source.layout === "none" || sim.surface.r_over_R === null) {
    return null;
  }
  const shape = surfaceShape(sim);
  const [name, title] = ["surface" as const, "Flux surface"];
  if (typeof shape === "string") return { name, title, reason: shape };
  return {
    name,
    title,
    finding: isCircle(shape)
      ? `At r/R0 = ${
        significant(sim.surface.r_over_R)
      } the surface is a circle.`
      : `At r/R0 = ${
        significant(sim.surface.r_over_R)
      } the surface has elongation ${
        significant(shape.elongation)
      } and triangularity ${
        significant(settled(shape.triangularity))
      }, as seen in its outline.`,
    note: `${
      FORMULAS[shape.formula]
    } Lengths in R0, the major radius of the surface's own centre.`,
    panels: [{
      key: "outline",
      title: "Poloidal cross-section",
      xLabel: axis("R/R_0"),
      yLabel: axis("Z/R_0"),
      equal: true,
      series: seriesOf(shape),
    }],
    table: {
      heads: [head("R/R0"), head("Z/R0")],
      rows: shape.outline.map((p) => [p.x, p.y]),
    },
  };
}

/** The circle is there to compare with, so not beside a surface that is one. */
function seriesOf(shape: SurfaceShape): PlotSeries[] {
  const lines = [
    { label: "flux surface", points: shape.outline },
    { label: "circle of the same r", points: shape.circle },
  ];
  return (isCircle(shape) ? lines.slice(0, 1) : lines).map((
    { label, points },
    look,
  ) => ({
    look,
    label,
    line: points,
    points: some(points.slice(look * 8, -SPACING), MARKERS).map((p) => ({
      ...p,
      mark: "filled" as const,
      title: `${label}: R/R0 = ${significant(p.x)}, Z/R0 = ${significant(p.y)}`,
    })),
  }));
}

function isCircle({ outline, circle }: SurfaceShape): boolean {
  return outline.every((p, k) =>
    Math.hypot(p.x - circle[k]!.x, Math.abs(p.y) - Math.abs(circle[k]!.y)) <
      1e-4
  );
}

/** The outline is made of straight pieces: what is below their size is nothing. */
function settled(x: number): number {
  return Math.abs(x) < 1e-3 ? 0 : x;
}
