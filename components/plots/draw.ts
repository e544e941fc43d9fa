import type { Member } from "../../db/families/members.ts";
import type { Relative } from "../../db/families/relatives.ts";
import type { RunRow } from "../../db/runs/list.ts";
import type { Simulation } from "../../physics/simulation.ts";
import { spectraInCsA } from "../../physics/sound_units.ts";
import type { UnitSystem } from "../../physics/units.ts";
import {
  aOf,
  membersIn,
  simulationIn,
  unitsOfRun,
  unitsOfRuns,
} from "../shown_units.ts";
import { fluxSpectrumPlot } from "./flux_spectrum.ts";
import { fluxesPlot, weightsPlot } from "./flux_bars.ts";
import type { NoPlot, Plot, PlotName } from "./plot.ts";
import { quasilinearPlot } from "./quasilinear.ts";
import { spectrumPlot } from "./spectrum.ts";
import { surfacePlot } from "./surface.ts";
import { tracePlot } from "./trace.ts";

/** What the plots of a run are made from, as stored. */
export interface PlotSource {
  /** At least its number and a/R0. */
  row: RunRow;
  sim: Simulation;
  /** Runs of the same code and physics, the run itself among them. */
  spectrum: Member[];
  /** Runs of other kinds and codes with the same physics. Default: none. */
  relatives?: Relative[];
  /** Those asked for. Default: as stored. */
  units?: UnitSystem;
}

/** What a plot of the run alone is drawn from: its reading in those units. */
interface Own {
  sim: Simulation;
  units: UnitSystem;
}

type Draw = (source: PlotSource, own: Own) => Plot | NoPlot | null;

/** Plots that the catalogue has all numbers for. */
const CATALOGUE_PLOTS = {
  trace: (_, { sim, units }) => tracePlot(sim, units),
  "flux-spectrum": (_, { sim, units }) => fluxSpectrumPlot(sim, units),
  quasilinear: drawQuasilinear,
  fluxes: (_, { sim, units }) => fluxesPlot(sim, units),
  spectrum: drawSpectrum,
  weights: (_, { sim, units }) => weightsPlot(sim, units),
  surface: ({ sim }) => surfacePlot(sim),
} satisfies Partial<Record<PlotName, Draw>>;
export type CataloguePlotName = keyof typeof CATALOGUE_PLOTS;

/** Is a name that of a plot which the catalogue has all numbers for? */
export function isCatalogued(name: string): name is CataloguePlotName {
  return Object.hasOwn(CATALOGUE_PLOTS, name);
}

/** One plot of a run. */
export function cataloguePlot(
  name: CataloguePlotName,
  source: PlotSource,
): Plot | NoPlot | null {
  return CATALOGUE_PLOTS[name](source, ownOf(source));
}

/** The plots that a run's page draws at once, the ones that matter most first. Relatives are looked for when their plot is. */
export function cataloguePlots(source: PlotSource): (Plot | NoPlot)[] {
  const { quasilinear: _, ...atOnce } = CATALOGUE_PLOTS;
  const own = ownOf(source);
  return Object.values(atOnce).map((draw) => draw(source, own)).filter((p) =>
    p !== null
  );
}

function ownOf({ row, sim, units: asked = "stored" }: PlotSource): Own {
  const { units } = unitsOfRun(asked, row);
  return { units, sim: simulationIn(units, sim, row) };
}

function drawSpectrum(
  { row, sim, spectrum, units: asked = "stored" }: PlotSource,
): Plot | null {
  const { units, words } = unitsOfRuns(asked, spectrum.map((m) => m.row));
  const plot = spectrumPlot({
    id: row.id,
    sim: simulationIn(units, sim, row),
    spectrum: membersIn(units, spectrum),
    units,
  });
  return plot && withWords(plot, words);
}

function drawQuasilinear(
  { row, sim, relatives = [], units: asked = "stored" }: PlotSource,
): Plot | NoPlot | null {
  const rows = [row, ...relatives.map((r) => r.row)];
  const { units, words } = unitsOfRuns(asked, rows);
  const converted = membersIn(units, relatives);
  const plot = quasilinearPlot({
    sim: simulationIn(units, sim, row),
    relatives: units === "stored" ? converted : converted.map((r) => ({
      ...r,
      nonlinear: r.nonlinear && spectraInCsA(r.nonlinear, aOf(r.row)!),
    })),
    units,
  });
  return plot === null || "reason" in plot ? plot : withWords(plot, words);
}

function withWords(plot: Plot, words: string): Plot {
  return words === "" ? plot : { ...plot, note: `${plot.note} ${words}` };
}
