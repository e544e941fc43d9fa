import type { RunRow } from "../db/runs/list.ts";
import { dominant } from "../physics/linear.ts";
import { suggestedMode } from "../physics/mode.ts";
import type { Simulation } from "../physics/simulation.ts";
import { plural, significant } from "./format.ts";
import type { Recomputation } from "../physics/trust.ts";
import type { Tone } from "./states.tsx";

/** Below and above these k_y rho_ref a mode lives on the ions' and on the electrons' scale. */
const ION_SCALE_KY = 2;
const ELECTRON_SCALE_KY = 10;
const PERCENT = 100;

/** Something a reader should know before using the numbers. */
export interface Note {
  tone: Tone;
  title: string;
  text: string;
}

/** What a run is, without numbers: `Linear CGYRO run, ion-scale, electron-direction mode`. */
export function runSubject(row: RunRow): string {
  const kind = capital(String(row.kind ?? "unknown kind of"));
  const what = `${kind} ${row.code ?? "gyrokinetic"} run`;
  const parts = [
    what,
    scale(row),
    row.stability === "stable" ? "stable" : towards(row),
    electronsOf(row),
    row.electromagnetic === true ? "electromagnetic" : null,
  ];
  return parts.filter((p) => p !== null).join(", ");
}

/** What there is to say about how far the numbers can be trusted, the most serious first. `again`: what the stored input gives. */
export function runNotes(
  row: RunRow,
  sim: Simulation,
  again: Recomputation | null,
): Note[] {
  return [
    implausible(row),
    converted(again),
    convergence(row),
    stability(row),
    saturated(row, sim),
    missing(row),
    collection(row),
    shift(row),
    fieldOfUnits(row),
    suggestion(sim),
  ].filter((n) => n !== null);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function scale({ kind, ky }: RunRow): string | null {
  if (kind !== "linear" || typeof ky !== "number") return null;
  if (ky <= ION_SCALE_KY) return "ion-scale";
  return ky >= ELECTRON_SCALE_KY ? "electron-scale" : "between the scales";
}

function towards({ direction }: RunRow): string | null {
  return direction === "ion" || direction === "electron"
    ? `${direction}-direction mode`
    : null;
}

function electronsOf({ adiabatic }: RunRow): string | null {
  return adiabatic === "electrons" || adiabatic === "ions"
    ? `adiabatic ${adiabatic}`
    : null;
}

function implausible(row: RunRow): Note | null {
  return row.implausible !== true ? null : {
    tone: "bad",
    title: "Implausible",
    text:
      "The growth rate or the frequency is more than three times what the gradients can drive. The run has probably failed.",
  };
}

function converted(again: Recomputation | null): Note | null {
  const wrong = again?.disagreements.length ?? 0;
  return wrong === 0 ? null : {
    tone: "bad",
    title: "Not what the input says",
    text: `${
      plural(wrong, "quantity", "quantities")
    } differ by more than 1 % from what the stored input gives; see the checks below.`,
  };
}

function convergence(row: RunRow): Note | null {
  const drift = typeof row.gamma_tolerance === "number"
    ? `${significant(row.gamma_tolerance * PERCENT)} %`
    : "";
  const notes: Record<string, Note> = {
    yes: {
      tone: "good",
      title: "Converged",
      text:
        `Over the last fifth of the time the growth rate drifted by ${drift} (rms); up to 10 % counts as converged.`,
    },
    no: {
      tone: "warn",
      title: "Not converged",
      text:
        `Over the last fifth of the time the growth rate still drifted by ${drift} (rms); up to 10 % counts as converged.`,
    },
    solver: {
      tone: "idle",
      title: "Eigenvalue solver",
      text: "TGLF solves for eigenvalues, so there is no drift to judge.",
    },
    unknown: {
      tone: "idle",
      title: "Convergence unknown",
      text:
        "The document does not say how much the growth rate drifted at the end.",
    },
  };
  return notes[String(row.convergence)] ?? null;
}

function stability(row: RunRow): Note | null {
  if (row.stability === "stable") {
    return {
      tone: "idle",
      title: "Stable",
      text:
        "No growing mode was found at this wavenumber. Such runs mark the thresholds.",
    };
  }
  return row.stability !== "unknown" ? null : {
    tone: "idle",
    title: "Stability unknown",
    text:
      "The document holds no growth rate that says whether the mode grows or decays.",
  };
}

function saturated(row: RunRow, sim: Simulation): Note | null {
  const verdict = String(row.saturated);
  const { mean, error } = sim.nonlinear?.saturation ?? {};
  const flux = mean === null || mean === undefined
    ? ""
    : ` The heat flux there is ${significant(mean)}${
      typeof error === "number" ? ` ± ${significant(error)}` : ""
    } n_e T_e v_ref ρ*² (as stored).`;
  const notes: Record<string, Note> = {
    yes: {
      tone: "good",
      title: "Saturated",
      text: `The heat flux stands still over the last half of the time.${flux}`,
    },
    no: {
      tone: "warn",
      title: "Not saturated",
      text: `The heat flux still drifts over the last half of the time.${flux}`,
    },
    unknown: {
      tone: "idle",
      title: "Saturation unknown",
      text: "The trace is too short, or not stored, to tell.",
    },
  };
  return notes[verdict] ?? null;
}

function missing({ n_missing, n_files }: RunRow): Note | null {
  return typeof n_missing !== "number" || n_missing === 0 ? null : {
    tone: "bad",
    title: "Files are missing",
    text: `${n_missing} of ${
      plural(Number(n_files), "file")
    } cannot be read from the source.`,
  };
}

function collection({ kind, collection }: RunRow): Note | null {
  return kind === collection || kind === null ? null : {
    tone: "idle",
    title: "Collection",
    text:
      `The run is ${kind}, though its uploader stored it with the ${collection} ones.`,
  };
}

function shift({ rotation, direction }: RunRow): Note | null {
  const isRotating = typeof rotation === "number" && rotation !== 0;
  return !isRotating || direction === null ? null : {
    tone: "idle",
    title: "Rotation",
    text: "The plasma rotates: the frequency may include a Doppler shift.",
  };
}

/** The gyro-Bohm unit holds 1/B^2, for which these two codes take B_unit (physics.md 2). */
function fieldOfUnits({ kind, code }: RunRow): Note | null {
  return kind === "linear" || (code !== "CGYRO" && code !== "TGLF") ? null : {
    tone: "idle",
    title: "Units",
    text:
      `Gyro-Bohm units here are with B0; ${code}'s own, with B_unit, differ by (B_unit/B0)².`,
  };
}

function suggestion(sim: Simulation): Note | null {
  const suggested = dominant(sim) === null ? null : suggestedMode(sim);
  return suggested === null || suggested.mode === "unclear" ? null : {
    tone: "idle",
    title: `Looks like ${suggested.mode}`,
    text: `A suggestion, never a fact. Told from: ${
      suggested.evidence.join("; ")
    }.`,
  };
}
