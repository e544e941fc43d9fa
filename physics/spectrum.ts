import { isTwinValue } from "./families.ts";
import type { Maybe } from "./simulation.ts";

/** How far a point of a plot may be trusted, and how it is drawn. */
export type PointState = "unstable" | "stable" | "unconverged" | "implausible";

/** One wavevector of one run. */
export interface Point {
  run: number;
  /** |k_theta rho_ref|; null for runs without one. */
  ky: Maybe;
  /** As typed, in the code's own unit. */
  ky_input: Maybe;
  gamma: Maybe;
  omega: Maybe;
  state: PointState;
  /** Suggested mode. */
  mode: string | null;
  /** Where the run was uploaded; only breaks ties. */
  folder: string;
}

/** What the state of a point is worked out from: a row of the catalogue. */
export interface Judged {
  gamma: Maybe;
  stability: string | null;
  convergence: string | null;
  implausible: boolean | null;
}

/** The state of a run's point; implausible before all else, since such a number says nothing. */
export function pointState(
  { gamma, stability, convergence, implausible }: Judged,
): PointState {
  if (implausible) return "implausible";
  if (stability === "stable") return "stable";
  if (convergence === "no") return "unconverged";
  return gamma !== null && gamma <= 0 ? "stable" : "unstable";
}

/** Height of a point in a plot of growth rates: a stable one stands at 0. */
export function drawnGamma({ gamma, state }: Point): Maybe {
  return state === "stable" ? 0 : gamma;
}

const TRUST: Record<PointState, number> = {
  unstable: 0,
  stable: 0,
  unconverged: 1,
  implausible: 2,
};

/**
 * One point for each place on the axis, ascending: the line of a plot.
 *
 * Of several runs at one place the one to be trusted most is taken, then one of the folder that most of the runs share, then the newest.
 * @param x the place; points without one are left out
 */
export function lineOf(points: Point[], x: (p: Point) => Maybe): Point[] {
  const home = commonest(points.map((p) => p.folder));
  const rank = (p: Point) => TRUST[p.state] * 2 + (p.folder === home ? 0 : 1);
  const placed = points.filter((p) => x(p) !== null).sort((a, b) =>
    x(a)! - x(b)! || rank(a) - rank(b) || b.run - a.run
  );
  const line: Point[] = [];
  for (const p of placed) {
    const last = line.at(-1);
    if (!last || !isTwinValue(x(last), x(p))) line.push(p);
    else if (rank(p) < rank(last)) line[line.length - 1] = p;
  }
  return line;
}

/** The point of largest growth rate among those that are not implausible; null when none grows. */
export function peakOf(points: Point[]): Point | null {
  const growing = points.filter((p) =>
    p.state !== "implausible" && p.gamma !== null && p.gamma > 0
  );
  return growing.toSorted((a, b) => b.gamma! - a.gamma!)[0] ?? null;
}

/** Does a peak stand where a line, as it is drawn, begins or ends? Within the tolerance of twins: it may be of another run than the line's. */
export function isAtEnd(line: Point[], peak: Point): boolean {
  const drawn = line.filter((p) =>
    p.state !== "implausible" && drawnGamma(p) !== null
  );
  return [drawn[0], drawn.at(-1)].some((end) =>
    end !== undefined && isTwinValue(end.ky, peak.ky)
  );
}

/** Neighbours on a line between which the mode turns the other way round. */
export function reversals(line: Point[]): [Point, Point][] {
  return pairs(line.filter((p) => p.state === "unstable" && p.omega !== null))
    .filter(([a, b]) => a.omega! * b.omega! < 0);
}

/** Neighbours on a line whose suggested modes differ; `unclear` is no mode. */
export function modeChanges(line: Point[]): [Point, Point][] {
  return pairs(
    line.filter((p) =>
      p.state === "unstable" && p.mode !== null && p.mode !== "unclear"
    ),
  ).filter(([a, b]) => a.mode !== b.mode);
}

function pairs<T>(items: T[]): [T, T][] {
  return items.slice(1).map((item, k) => [items[k]!, item]);
}

function commonest(words: string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
}
