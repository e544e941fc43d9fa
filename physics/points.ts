import { CONVERGED_TOLERANCE } from "./linear.ts";
import type { Maybe, Wavevector } from "./simulation.ts";
import { type Judged, type Point, pointState } from "./spectrum.ts";

/** What points are made from: a run of the catalogue, and all its wavevectors where it has several. */
export interface PointSource extends Judged {
  id: number;
  code: string | null;
  ky: Maybe;
  ky_input: Maybe;
  omega: Maybe;
  mode: string | null;
  folder: string;
  wavevectors: Wavevector[] | null;
}

/** The points of one run: its row, or the dominant mode of each of its wavevectors with k_y other than 0. */
export function pointsOf(run: PointSource): Point[] {
  const { id, folder, ky, ky_input, gamma, omega, mode } = run;
  const own = {
    run: id,
    folder,
    ky,
    ky_input,
    gamma,
    omega,
    mode,
    state: pointState(run),
  };
  if (run.wavevectors === null) return [own];
  return run.wavevectors.filter((w) => w.ky).map((w) => {
    const shown = Math.abs(w.ky!) === ky;
    return shown ? { ...own, ky_input: null } : other(run, w);
  });
}

/** The row tells only of its dominant wavevector; the others are judged by their own tolerance. */
function other(run: PointSource, { ky, modes }: Wavevector): Point {
  const mode =
    modes.toSorted((a, b) =>
      (b.gamma ?? -Infinity) - (a.gamma ?? -Infinity)
    )[0];
  const gamma = mode?.gamma ?? null;
  const tolerance = mode?.tolerance ?? null;
  const drifts = tolerance !== null &&
    Math.abs(tolerance) > CONVERGED_TOLERANCE && run.code !== "TGLF";
  return {
    run: run.id,
    folder: run.folder,
    ky: Math.abs(ky!),
    ky_input: null,
    gamma,
    omega: mode?.omega ?? null,
    mode: null,
    state: pointState({
      gamma,
      stability: mode === undefined ? "stable" : null,
      convergence: drifts ? "no" : null,
      implausible: run.implausible,
    }),
  };
}
