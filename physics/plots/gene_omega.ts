import { dominant } from "../linear.ts";
import { numberParameter } from "../input.ts";
import { type DiagnosticValue, isArray } from "./diagnostic_value.ts";
import type { Maybe, Simulation } from "../simulation.ts";

/** One line of GENE's `omega` file, in GENE's own units: c_ref/L_ref and 1/rho_ref of its references. */
export interface OmegaLine {
  ky: number;
  gamma: Maybe;
  omega: Maybe;
}

/** Lines that are read; a file has one for each wavenumber of its box. */
const MAX_LINES = 2000;

/** Reads an `omega` file: k_y, gamma and omega in each line. Null when the text is no such file; NaN is no number. */
export function parseOmega(text: string): OmegaLine[] | null {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const rows = lines.slice(0, MAX_LINES).map((line) =>
    line.trim().split(/\s+/).map(Number)
  );
  if (
    rows.length === 0 ||
    rows.some((row) => row.length < 3 || !Number.isFinite(row[0]))
  ) return null;
  return rows.map(([ky, gamma, omega]) => ({
    ky: ky!,
    gamma: finite(gamma),
    omega: finite(omega),
  }));
}

/** The same from the diagnostic `omega`, whose `ky gamma omega` are numbers or lines of them; null when it is no such thing. */
export function omegaLines(value: DiagnosticValue): OmegaLine[] | null {
  if (!(value instanceof Map)) return null;
  const [ky, gamma, omega] = ["ky", "gamma", "omega"].map((name) => {
    const v = value.get(name) ?? null;
    return typeof v === "number"
      ? [v]
      : isArray(v) && v.shape.length === 1
      ? [...v.real]
      : [];
  });
  const lines = ky!.slice(0, MAX_LINES).map((k, at) => ({
    ky: k,
    gamma: finite(gamma![at]),
    omega: finite(omega![at]),
  })).filter((l) => Number.isFinite(l.ky));
  return lines.length === 0 ? null : lines;
}

function finite(x: number | undefined): Maybe {
  return x !== undefined && Number.isFinite(x) ? x : null;
}

/** What the document says of its mode, and what the file says of the same one in the document's units. */
export interface OmegaComparison {
  /** R0/L_ref of the input; 1, GENE's default, where it is silent. */
  major: number;
  file: { gamma: Maybe; omega: Maybe };
  document: { gamma: Maybe; omega: Maybe };
  /** (file - document) over the document's complex frequency; null where one is unknown. */
  difference: { gamma: Maybe; omega: Maybe };
  /** The frequencies turn in opposite directions. */
  opposite: boolean;
}

/**
 * The mode of the document beside the same one in the file; null unless both have exactly one wavenumber to compare.
 *
 * gamma R0/v_ref = gamma L_ref/c_ref (R0/L_ref)/sqrt(2), with T_ref = T_e and m_ref = m_D (physics.md 2).
 */
export function compareOmega(
  lines: OmegaLine[],
  sim: Simulation,
): OmegaComparison | null {
  const mode = dominant(sim)?.mode;
  const [line] = lines;
  if (!mode || !line || lines.length !== 1) return null;
  const major = numberParameter(sim.input, "major_R") ?? 1;
  const converted = (x: Maybe) =>
    x === null ? null : finite(x * major / Math.SQRT2);
  const file = { gamma: converted(line.gamma), omega: converted(line.omega) };
  const document = { gamma: mode.gamma, omega: mode.omega };
  const size = Math.hypot(document.gamma ?? 0, document.omega ?? 0);
  const apart = (a: Maybe, b: Maybe) =>
    a === null || b === null || size === 0 ? null : finite((a - b) / size);
  return {
    major,
    file,
    document,
    difference: {
      gamma: apart(file.gamma, document.gamma),
      omega: apart(file.omega, document.omega),
    },
    opposite: (file.omega ?? 0) * (document.omega ?? 0) < 0,
  };
}
