import type { Document } from "mongodb";
import type { RunParts } from "./folder_files.ts";
import { ballooningAngle, potential } from "./mode_structure.ts";
import { kinetic } from "./plasma.ts";
import { linePlot } from "./plots.ts";

/** `Plots` of an old document: name to base64 PNG, drawn from the run's own numbers. */
export function storedPlots(parts: RunParts): Document {
  return parts.nonlinear ? nonlinearPlots(parts) : linearPlots(parts);
}

function nonlinearPlots({ run, nonlinear }: RunParts): Document {
  const { time, species, ky } = nonlinear!;
  const names = kinetic(run.plasma).map((s) => s.name);
  const lines = (pick: (i: number) => number[], x: number[]) =>
    names.map((label, i) => ({ x, y: pick(i), label }));
  const Q = "Q_es (n_e T_e v_ref rho*^2)";
  return {
    "FluxTrace-0": linePlot({
      title: "Heat flux",
      x: "t (R0/v_ref)",
      y: Q,
      lines: lines((i) => species[i]!.energy[0]!.trace, time),
    }),
    "FluxSpectra-0": linePlot({
      title: "Heat flux spectrum",
      x: "k_y rho_ref",
      y: Q,
      lines: lines((i) => species[i]!.energy[0]!.spectrum, ky),
    }),
  };
}

function linearPlots({ wavevectors }: RunParts): Document {
  const name = wavevectors[0]!.modes[0]!.name;
  const x = ballooningAngle(7, 16);
  const phi = potential(name, x);
  const lines = [{ x, y: phi.real, label: "real" }, {
    x,
    y: phi.imag,
    label: "imag",
  }];
  return {
    "ModeStructure-0": linePlot({
      title: "Mode structure",
      x: "theta (rad)",
      y: "phi",
      lines,
    }),
  };
}
