import { isTwinValue, RESOLUTION } from "./families.ts";
import type { Maybe } from "./simulation.ts";

/** A run of a spectrum with what tells it from others at its k_y. */
export type GridRun =
  & { id: number; ky: Maybe; kx: Maybe; gamma: Maybe }
  & Record<(typeof RESOLUTION)[number], Maybe>;

/** Runs of one spectrum at one wavevector. */
export interface GridGroup<R extends GridRun> {
  ky: Maybe;
  /** Of a convergence test: coarsest grid first. Of duplicates: by number. */
  runs: R[];
}

/** The same physics and wavevector on at least two grids: convergence tests. */
export function convergenceTests<R extends GridRun>(runs: R[]): GridGroup<R>[] {
  return atOneWavevector(runs).filter((g) =>
    new Set(g.runs.map(gridOf)).size > 1
  ).map((g) => ({ ...g, runs: g.runs.toSorted(bySize) }));
}

/** The same physics, wavevector and grid: runs that were made or uploaded more than once. */
export function duplicates<R extends GridRun>(runs: R[]): GridGroup<R>[] {
  return atOneWavevector(runs).flatMap(({ ky, runs }) =>
    [...Map.groupBy(runs, gridOf).values()].filter((same) => same.length > 1)
      .map((same) => ({ ky, runs: same }))
  );
}

function atOneWavevector<R extends GridRun>(runs: R[]): GridGroup<R>[] {
  const groups: GridGroup<R>[] = [];
  const sorted = runs.toSorted((a, b) => (a.ky ?? -1) - (b.ky ?? -1));
  for (const run of sorted) {
    const group = groups.findLast((g) =>
      isTwinValue(g.ky, run.ky) &&
      isTwinValue(g.runs[0]!.kx ?? 0, run.kx ?? 0)
    );
    if (group) group.runs.push(run);
    else groups.push({ ky: run.ky, runs: [run] });
  }
  return groups;
}

function gridOf(run: GridRun): string {
  return RESOLUTION.map((key) => run[key] ?? "-").join(" ");
}

/** Number of points, as far as it is known. */
function bySize(a: GridRun, b: GridRun): number {
  const size = (run: GridRun) =>
    RESOLUTION.reduce((product, key) => product * (run[key] ?? 1), 1);
  return size(a) - size(b) || a.id - b.id;
}
