import { blankSimulation } from "./blank.ts";
import { convergence, implausible, stability } from "./linear.ts";
import type { Maybe, Simulation, Wavevector } from "./simulation.ts";
import { type Judged, type Point, pointState } from "./spectrum.ts";

/** A wavevector, and how far its dominant mode may be trusted. */
export type JudgedWavevector = Wavevector & Omit<Judged, "gamma">;

/** What points are made from: a run of the catalogue, and all its wavevectors where it has several. */
export interface PointSource extends Judged {
  id: number;
  code: string | null;
  ky: Maybe;
  ky_input: Maybe;
  omega: Maybe;
  mode: string | null;
  folder: string;
  wavevectors: JudgedWavevector[] | null;
}

/** Judges each wavevector of a run by itself, as if the run held no other: the row tells only of the dominant one. All is as stored. */
export function judged(
  { code, layout, species, wavevectors }:
    & { code: string | null; layout: Simulation["source"]["layout"] }
    & Pick<Simulation, "species" | "wavevectors">,
): JudgedWavevector[] {
  const blank = blankSimulation();
  return wavevectors.map((w) => {
    const alone: Simulation = {
      ...blank,
      source: { ...blank.source, layout },
      tags: { ...blank.tags, code },
      species,
      wavevectors: [w],
    };
    return {
      ...w,
      stability: stability(alone),
      convergence: convergence(alone),
      implausible: implausible(alone),
    };
  });
}

/**
 * The points of one run: its row, or the dominant mode of each of its wavevectors with k_y other than 0.
 *
 * A wavevector without a mode that is not known to be stable says nothing and is no point.
 */
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
  return run.wavevectors.filter((w) =>
    w.ky && (w.modes.length > 0 || w.stability === "stable")
  ).map((w) => {
    const shown = Math.abs(w.ky!) === ky;
    return shown ? { ...own, ky_input: null } : other(run, w);
  });
}

function other(run: PointSource, w: JudgedWavevector): Point {
  const mode =
    w.modes.toSorted((a, b) =>
      (b.gamma ?? -Infinity) - (a.gamma ?? -Infinity)
    )[0];
  const gamma = mode?.gamma ?? null;
  return {
    run: run.id,
    folder: run.folder,
    ky: Math.abs(w.ky!),
    ky_input: null,
    gamma,
    omega: mode?.omega ?? null,
    mode: null,
    state: pointState({ ...w, gamma }),
  };
}
