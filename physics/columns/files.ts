import { type Column, int, list } from "../column.ts";
import type { Simulation } from "../simulation.ts";

/** What is stored beside the numbers. */
export const FILE_COLUMNS: Column[] = [
  list("files", {
    key: "has",
    label: "has",
    name: "What there is",
    meaning:
      "plots (stored pictures), diagnostics, time_trace, spectrum (fluxes over k_y), mode_structure.",
  }, contents),
  int("files", {
    key: "n_files",
    label: "files",
    name: "Number of files",
    meaning:
      "Files and diagnostics that the document names by a GridFS id, missing ones included.",
    imas: "Files, Diagnostics",
    old: "Files, Diagnostics",
  }, (sim) => sim.files.filter((f) => f.id !== null).length),
  int(
    "files",
    {
      key: "n_missing",
      label: "missing",
      name: "Missing files",
      meaning:
        "Files that are named by an id but are not there, or lack a part. Files that were never stored are not counted.",
      imas: "Files, Diagnostics",
      old: "Files, Diagnostics",
    },
    (sim) =>
      sim.files.filter((f) => f.state === "dangling" || f.state === "damaged")
        .length,
  ),
  {
    ...int(
      "files",
      {
        key: "bytes",
        label: "size",
        name: "Size of the files",
        meaning: "Sum over the files and diagnostics that are complete.",
        unit: "bytes",
        imas: "Files, Diagnostics",
        old: "Files, Diagnostics",
      },
      (sim) =>
        sim.files.reduce(
          (sum, f) => f.state === "ok" ? sum + (f.length ?? 0) : sum,
          0,
        ),
    ),
    sql: "bigint",
  },
];

/** Names for the `has` parameter, in the order of the contract. */
export const CONTENTS = [
  "plots",
  "diagnostics",
  "time_trace",
  "spectrum",
  "mode_structure",
] as const;

function contents(sim: Simulation): string[] {
  const { nonlinear } = sim;
  const found: Record<(typeof CONTENTS)[number], boolean> = {
    plots: sim.plots.length > 0,
    diagnostics: sim.files.some((f) =>
      f.block === "Diagnostics" && f.state !== "not stored"
    ),
    time_trace: nonlinear !== null &&
      nonlinear.traces.energy.phi.some((row) => row.length > 1),
    spectrum: nonlinear !== null &&
      nonlinear.spectra.energy.phi.some((row) => row.length > 1),
    mode_structure: sim.wavevectors.some((w) =>
      w.modes.some((m) => m.has_structure)
    ),
  };
  return CONTENTS.filter((name) => found[name]);
}
