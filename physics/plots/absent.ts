import { dominant, kind } from "../linear.ts";
import { FIELDS, type FluxTable, type Simulation } from "../simulation.ts";
import { fluxBars } from "./flux_bars.ts";
import { fluxSpectra } from "./flux_spectrum.ts";
import { tracesOf } from "./trace.ts";

/** A plot that runs of this kind can have and this one has not. */
export interface Absent {
  name: "trace" | "flux-spectrum" | "fluxes" | "spectrum" | "weights";
  title: string;
  /** After "since": why it is not drawn. */
  reason: string;
}

const SPECTRUM = {
  name: "spectrum",
  title: "Growth rate and frequency over wavenumber",
} as const;
const WEIGHTS = { name: "weights", title: "Linear flux weights" } as const;

/** What is not drawn of a run and why: its document stores nothing of it, or nothing that can be drawn. */
export function absentPlots(sim: Simulation): Absent[] {
  return kind(sim) === "linear" ? absentOfModes(sim) : absentFluxes(sim);
}

function absentFluxes(sim: Simulation): Absent[] {
  const { nonlinear: n } = sim;
  const absent: Absent[] = [];
  const missing = (name: Absent["name"], title: string, reason: string) =>
    void absent.push({ name, title, reason });
  if (tracesOf(n) === null) {
    const why = kind(sim) === "quasilinear"
      ? "a quasilinear model has no time"
      : n === null || !isStored(n.traces)
      ? "the document stores none"
      : "the document stores them with fewer than two numbers at a time";
    missing("trace", "Fluxes over time", why);
  }
  if (fluxSpectra(n).length === 0) {
    const why = n === null || !isStored(n.spectra)
      ? "the document stores none"
      : "the document stores them with fewer than two numbers at a wavenumber";
    missing("flux-spectrum", "Fluxes over wavenumber", why);
  }
  if (n === null || fluxBars(n.fluxes).length === 0) {
    const why = n === null || !isStored(n.fluxes)
      ? "the document stores none"
      : "none that the document stores is a number";
    missing("fluxes", "Fluxes by species and field", why);
  }
  return absent;
}

function absentOfModes(sim: Simulation): Absent[] {
  const at = dominant(sim);
  if (at === null) {
    const reason = "the document stores no mode with a wavenumber other than 0";
    return [{ ...SPECTRUM, reason }, { ...WEIGHTS, reason }];
  }
  const absent: Absent[] = at.mode.gamma === null
    ? [{ ...SPECTRUM, reason: "no mode of the document has a growth rate" }]
    : [];
  if (fluxBars(at.mode.weights).length === 0) {
    const reason = isStored(at.mode.weights)
      ? "none that the document stores is a number"
      : "the document stores none";
    absent.push({ ...WEIGHTS, reason });
  }
  return absent;
}

function isStored(table: FluxTable<unknown[]>): boolean {
  return FIELDS.some((field) =>
    table.energy[field].length + table.particles[field].length > 0
  );
}
