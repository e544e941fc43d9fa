import type { Member } from "../../db/families/members.ts";
import type { Relative } from "../../db/families/relatives.ts";
import type { Simulation } from "../../physics/simulation.ts";
import { fluxSpectrumPlot } from "./flux_spectrum.ts";
import { fluxesPlot, weightsPlot } from "./flux_bars.ts";
import type { NoPlot, Plot, PlotName } from "./plot.ts";
import { quasilinearPlot } from "./quasilinear.ts";
import { spectrumPlot } from "./spectrum.ts";
import { surfacePlot } from "./surface.ts";
import { tracePlot } from "./trace.ts";

/** What the plots of a run are made from. */
export interface PlotSource {
  id: number;
  sim: Simulation;
  /** Runs of the same code and physics, the run itself among them. */
  spectrum: Member[];
  /** Runs of other kinds and codes with the same physics. Default: none. */
  relatives?: Relative[];
}

/** Plots that the catalogue has all numbers for. */
export const CATALOGUE_PLOTS = {
  trace: ({ sim }) => tracePlot(sim),
  "flux-spectrum": ({ sim }) => fluxSpectrumPlot(sim),
  quasilinear: ({ sim, relatives = [] }) => quasilinearPlot({ sim, relatives }),
  fluxes: ({ sim }) => fluxesPlot(sim),
  spectrum: (source) => spectrumPlot(source),
  weights: ({ sim }) => weightsPlot(sim),
  surface: ({ sim }) => surfacePlot(sim),
} satisfies Partial<
  Record<PlotName, (source: PlotSource) => Plot | NoPlot | null>
>;
export type CataloguePlotName = keyof typeof CATALOGUE_PLOTS;

/** The plots that a run's page draws at once, the ones that matter most first. Relatives are looked for when their plot is. */
export function cataloguePlots(source: PlotSource): (Plot | NoPlot)[] {
  const { quasilinear: _, ...atOnce } = CATALOGUE_PLOTS;
  return Object.values(atOnce).map((draw) => draw(source)).filter((p) =>
    p !== null
  );
}
