import {
  axesOf,
  type Coordinate,
  fitting,
  type Grids,
  gridsOf,
  isGrid,
  leafOf,
} from "./diagnostic_grids.ts";
import { lastHalf, meanOf, type Window } from "./diagnostic_records.ts";
import {
  type DiagnosticMap,
  isAbsurd,
  isSnapshot,
  mapOf,
  spectraOf,
} from "./diagnostic_snapshots.ts";
import {
  type DiagnosticArray,
  type DiagnosticValue,
  isArray,
  line,
  magnitudes,
  rms,
} from "./diagnostic_value.ts";
import type { XY } from "./points.ts";

/** A quantity along one coordinate. */
export interface Profile {
  /** Names from the top of the diagnostic to the quantity: `ion`, `Qes`. */
  path: string[];
  along: Coordinate;
  /** Ascending in x; what is no number is left out. */
  points: XY[];
  /** How it came about from the stored array. */
  by:
    | "as stored"
    | "mean over time"
    | "rms over the others"
    | "sum of squares over the others";
}

/** All that can be drawn of a diagnostic, and what cannot with the reason. */
export interface Profiles {
  profiles: Profile[];
  /** Of quantities that have snapshots over kx and ky. */
  maps: DiagnosticMap[];
  left: { name: string; reason: string }[];
  /** Times over which profiles are averaged; null where nothing is. */
  averaged: Window | null;
}

const MAX_PROFILES = 400;
/** Numbers of one array that are looked at: 10 MB, the largest diagnostic, hold 1.3 million. */
const MAX_NUMBERS = 2_000_000;

/**
 * The profiles of a diagnostic: quantities along a grid that is stored with them.
 *
 * Records over time are averaged over the last half of their times; arrays over several grids give the rms over the other grids, snapshots
 * over kx and ky the sum of their squares.
 */
export function profilesOf(value: DiagnosticValue): Profiles {
  const found: Profiles = {
    profiles: [],
    maps: [],
    left: [],
    averaged: null,
  };
  if (value instanceof Map) {
    walk(value, [], gridsOf(value), found);
  } else {
    found.left.push({
      name: "the whole",
      reason: "it has no named grid that it runs along",
    });
  }
  return found;
}

function walk(
  tree: Map<string, DiagnosticValue>,
  path: string[],
  grids: Grids,
  found: Profiles,
): void {
  for (const [name, value] of tree) {
    if (path.length === 0 && isGrid(name) && line(value) !== null) continue;
    const here = [...path, name];
    if (value instanceof Map) {
      walk(value, here, grids, found);
    } else if (typeof value === "object" && value !== null) {
      place(value, here, grids, found);
    }
  }
}

/** Adds the profiles of one quantity, or the reason why it has none. */
function place(
  value: DiagnosticArray | DiagnosticValue[],
  path: string[],
  grids: Grids,
  found: Profiles,
): void {
  if (Array.isArray(value) && value.every((v) => typeof v === "string")) return;
  const name = path.join(" ");
  const into: Into = {
    found,
    leave: (reason) => void found.left.push({ name, reason }),
  };
  const numbers = isArray(value) ? null : line(value);
  const array = isArray(value) ? value : numbers && {
    shape: [numbers.length],
    real: Float64Array.from(numbers),
    imaginary: null,
  };
  if (found.profiles.length >= MAX_PROFILES) {
    into.leave("there are too many quantities");
  } else if (array === null) {
    placeRecords(value as DiagnosticValue[], path, grids, into);
  } else if (array.real.length > MAX_NUMBERS) {
    into.leave(`it has more than ${MAX_NUMBERS} numbers`);
  } else {
    placeArray(array, path, grids, into);
  }
}

interface Into {
  found: Profiles;
  leave(reason: string): void;
}

/** A list of lines, one for each time. */
function placeRecords(
  records: DiagnosticValue[],
  path: string[],
  grids: Grids,
  { found, leave }: Into,
): void {
  if (records.some((v) => isArray(v) && v.shape.length > 1)) {
    return placeSnapshots(records, path, grids, { found, leave });
  }
  const lines = records.map(magnitudes);
  const along = leafOf(path.at(-1)!) ?? fitting(lines, grids);
  const grid = along === undefined ? undefined : grids[along];
  if (along === undefined || !grid || lines.some((l) => l === null)) {
    return leave("no grid is stored that it runs along");
  }
  const kept = lastHalf(lines as number[][], grids.time);
  if (kept.rows.length === 0) return leave("it is empty");
  if (kept.rows.some((r) => r.length !== grid.length)) {
    return leave("its length is not that of its grid");
  }
  const points = sorted(grid, meanOf(kept.rows));
  if (points.length === 0) return leave("it holds no number");
  found.averaged ??= kept.window;
  const named = path.at(-1) === along;
  found.profiles.push({
    path: named ? path.slice(0, -1) : path,
    along,
    points,
    by: kept.rows.length > 1 ? "mean over time" : "as stored",
  });
}

/** A list of arrays over kx and ky, one for each time; any number of places along z. */
function placeSnapshots(
  records: DiagnosticValue[],
  path: string[],
  grids: Grids,
  { found, leave }: Into,
): void {
  if (!records.every((v) => isArray(v) && isSnapshot(v, grids))) {
    return leave("snapshots over grids that are not stored with them");
  }
  const { rows, window } = lastHalf(records as DiagnosticArray[], grids.time);
  if (rows.reduce((sum, r) => sum + r.real.length, 0) > MAX_NUMBERS) {
    return leave(`it has more than ${MAX_NUMBERS} numbers`);
  }
  if (isAbsurd(rows)) {
    return leave(
      "its numbers are beyond any field, as of memory never written",
    );
  }
  const spectra = spectraOf(rows, grids);
  const by = "sum of squares over the others";
  for (const along of ["ky", "kx"] as const) {
    const points = sorted(grids[along]!, spectra[along]);
    if (points.length > 0) found.profiles.push({ path, along, points, by });
  }
  found.averaged ??= window;
  const map = mapOf(path, spectra, grids);
  if (map !== null) found.maps.push(map);
}

function placeArray(
  array: DiagnosticArray,
  path: string[],
  grids: Grids,
  into: Into,
): void {
  const { found, leave } = into;
  const axes = axesOf(array.shape, path.at(-1)!, grids);
  if (axes === null && isSnapshot(array, grids)) {
    return placeSnapshots([array], path, grids, into);
  }
  if (axes === null) return leave("no grid is stored that it runs along");
  if (array.real.length === 0) return leave("it is empty");
  const plain = axes.length === 1;
  const named = plain && leafOf(path.at(-1)!) === axes[0] && path.length > 1;
  for (const [k, along] of axes.entries()) {
    // One place is no profile, unless it is all there is.
    if (array.shape[k]! < 2 && axes.length > 1) continue;
    const points = sorted(
      grids[along]!,
      plain ? magnitudes(array)! : rms(array, k),
    );
    if (points.length === 0) continue;
    found.profiles.push({
      path: named ? path.slice(0, -1) : path,
      along,
      points,
      by: plain ? "as stored" : "rms over the others",
    });
  }
}

function sorted(xs: number[], ys: number[]): XY[] {
  return xs.map((x, k) => ({ x, y: ys[k]! })).filter((p) =>
    Number.isFinite(p.x) && Number.isFinite(p.y)
  ).sort((a, b) => a.x - b.x);
}
