import type { Maybe } from "../../physics/simulation.ts";
import { symbol, type SymbolPart } from "../../physics/symbol.ts";
import { type Unit, unitIn, type UnitSystem } from "../../physics/units.ts";
import type { AreaProps } from "./area.tsx";

/** The plots of a run, by the name that stands in their addresses; the ones that matter most first. Then those of many runs. */
export const PLOT_NAMES = [
  "trace",
  "flux-spectrum",
  "quasilinear",
  "fluxes",
  "spectrum",
  "weights",
  "mode-structure",
  "nrg",
  "omega",
  "surface",
  "scan",
  "flux-map",
  "coverage",
] as const;
export type PlotName = (typeof PLOT_NAMES)[number] | DiagnosticPlotName;
/** The plot of a stored diagnostic: its key in small letters, with hyphens. */
export type DiagnosticPlotName = `diagnostic-${string}`;

/** A plot as data, from which page, SVG, PNG and CSV are made. */
export interface Plot {
  name: PlotName;
  title: string;
  /** One sentence that says what is seen. */
  finding: string;
  /** Normalisation and what else is needed to read it. */
  note: string;
  panels: Panel[];
  table: PlotTable;
  /** Its address ending in `.bin` has every stored point, for static/zoom_record.js. Default: no. */
  zoom?: boolean;
}

/** One frame of a plot. */
export interface Panel extends AreaProps {
  /** Tells the panels of a plot apart. */
  key: string;
  title: string;
}

/** The numbers of a plot. */
export interface PlotTable {
  /** Plain characters, with units. */
  heads: string[];
  rows: PlotCell[][];
}

export type PlotCell = Maybe | string;

/** Why a run that should have a plot has none, in a sentence. */
export interface NoPlot {
  name: PlotName;
  title: string;
  reason: string;
}

/** A symbol with its unit, as an axis shows it. */
export function axis(notation: string, unit = ""): SymbolPart[] {
  if (unit === "") return symbol(notation);
  return [
    ...symbol(notation),
    { text: " (", style: "plain" },
    ...symbol(unit),
    { text: ")", style: "plain" },
  ];
}

/** A name with its unit, as a table's head shows it. */
export function head(name: string, unit = ""): string {
  return unit === "" ? name : `${name} (${plain(unit)})`;
}

/** A unit or symbol in plain characters: `n_e T_e v_ref ρ*²`. */
export function plain(notation: string): string {
  return notation.replaceAll(/[{}"]/g, "").replaceAll("^2", "²")
    .replaceAll("_∥", "∥");
}

/** A unit as stored, or in c_s and a, in the notation of `symbol.ts`. */
export function unitOf(unit: Unit, units: UnitSystem = "stored"): string {
  return unitIn(units, unit);
}

/** The unit of rates in plain characters, as sentences have it. */
export function rateUnit(units: UnitSystem): string {
  return plain(unitOf("rate", units)).replace("R_0", "R0");
}

/** How sentences name k_y: over rho_s that is said, as stored it is over rho_ref. */
export function kyIn(units: UnitSystem): string {
  return units === "stored" ? "ky" : `ky ${GYRORADII[units].plain}`;
}

/** The length by which wavenumbers are multiplied: in a symbol, and in plain characters. */
export const GYRORADII: Record<UnitSystem, { symbol: string; plain: string }> =
  {
    stored: { symbol: "ρ_{ref}", plain: "ρref" },
    cs_a: { symbol: "ρ_s", plain: "ρs" },
  };

/** GENE's own gyroradius, which its files are in: never to be taken for the rho_ref of all other plots. */
export const GENE_GYRORADIUS = {
  symbol: "ρ_{GENE}",
  plain: "ρ_GENE",
  /** What it is: beside every plot that has it. */
  words:
    "ρ_GENE is GENE's own ρ_ref, c_ref/Ω_ref with c_ref = √(T_ref/m_ref); elsewhere ρ_ref is √2 ρ_s.",
};
