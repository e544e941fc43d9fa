import {
  type DiagnosticArray,
  type DiagnosticValue,
  isArray,
  line,
  magnitudes,
  rms,
} from "./diagnostic_value.ts";
import type { XY } from "./points.ts";

/** What stands along a profile. */
export type Coordinate = "kx" | "ky" | "z" | "x" | "y" | "time";

/** A quantity along one coordinate. */
export interface Profile {
  /** Names from the top of the diagnostic to the quantity: `ion`, `Qes`. */
  path: string[];
  along: Coordinate;
  /** Ascending in x; what is no number is left out. */
  points: XY[];
  /** How it came about from the stored array. */
  by: "as stored" | "mean over time" | "rms over the others";
}

/** All that can be drawn of a diagnostic, and what cannot with the reason. */
export interface Profiles {
  profiles: Profile[];
  left: { name: string; reason: string }[];
  /** Times over which profiles are averaged; null where nothing is. */
  averaged: { from: number; to: number; n: number } | null;
}

/** Names of the grids as GENE's diagnostics call them. */
const GRIDS: Record<string, Coordinate> = {
  kxgrid: "kx",
  kx: "kx",
  kygrid: "ky",
  ky: "ky",
  zgrid: "z",
  z: "z",
  x: "x",
  xgrid: "x",
  y: "y",
  time: "time",
  Time: "time",
  t: "time",
};
/** A quantity's last name where it says what it runs along. */
const LEAVES: Record<string, Coordinate> = {
  kx: "kx",
  ky: "ky",
  z: "z",
  z_ky0: "z",
  x: "x",
  time: "time",
};
const MAX_PROFILES = 400;
/** Numbers of one array that are looked at: 10 MB, the largest diagnostic, hold 1.3 million. */
const MAX_NUMBERS = 2_000_000;

/**
 * The profiles of a diagnostic: quantities along a grid that is stored with them.
 *
 * Records over time are averaged over the last half of their times; arrays over several grids give the rms over the other grids.
 */
export function profilesOf(value: DiagnosticValue): Profiles {
  const found: Profiles = { profiles: [], left: [], averaged: null };
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

type Grids = Partial<Record<Coordinate, number[]>>;

function gridsOf(tree: Map<string, DiagnosticValue>): Grids {
  const grids: Grids = {};
  for (const [name, coordinate] of Object.entries(GRIDS)) {
    const numbers = line(tree.get(name) ?? null);
    if (numbers !== null && grids[coordinate] === undefined) {
      grids[coordinate] = numbers;
    }
  }
  return grids;
}

/** Grids are no quantities, nor are those that no profile runs along: `zgrid_sparse` of snapshots. */
function isGrid(name: string): boolean {
  return name in GRIDS || /^[xyzk]{1,2}grid/.test(name);
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
    return leave("snapshots over several grids");
  }
  const lines = records.map(magnitudes);
  const along = LEAVES[path.at(-1)!] ?? fitting(lines, grids);
  const grid = along === undefined ? undefined : grids[along];
  const kept = lastHalf(lines, grids.time);
  if (along === undefined || !grid || kept === null) {
    return leave("no grid is stored that it runs along");
  }
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

function placeArray(
  array: DiagnosticArray,
  path: string[],
  grids: Grids,
  { found, leave }: Into,
): void {
  const axes = axesOf(array.shape, path.at(-1)!, grids);
  if (axes === null) return leave("no grid is stored that it runs along");
  if (array.real.length === 0) return leave("it is empty");
  const plain = axes.length === 1;
  const named = plain && LEAVES[path.at(-1)!] === axes[0] && path.length > 1;
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

/** What each index runs along; null where that cannot be told. Grids of one length are told apart by their usual order. */
function axesOf(
  shape: number[],
  name: string,
  grids: Grids,
): Coordinate[] | null {
  const fits = (c: Coordinate, k: number) => grids[c]?.length === shape[k];
  if (shape.length === 1) {
    const along = LEAVES[name];
    if (along && fits(along, 0)) return [along];
    const only = (["time", "kx", "ky", "z", "x", "y"] as const).find((c) =>
      fits(c, 0)
    );
    return only ? [only] : null;
  }
  const orders: Coordinate[][] = shape.length === 2
    ? [
      ["time", "ky"],
      ["time", "kx"],
      ["time", "z"],
      ["time", "x"],
      [
        "kx",
        "ky",
      ],
      ["kx", "z"],
      ["ky", "z"],
    ]
    : [["kx", "ky", "z"]];
  return orders.find((order) =>
    order.length === shape.length && order.every(fits)
  ) ?? null;
}

function fitting(
  records: (number[] | null)[],
  grids: Grids,
): Coordinate | undefined {
  const length = records[0]?.length;
  return (["ky", "kx", "z", "x"] as const).find((c) =>
    grids[c]?.length === length
  );
}

/** Records of the last half of the times; all of them where no times fit. Null when one is no line of numbers. */
function lastHalf(
  records: (number[] | null)[],
  times: number[] | undefined,
): { rows: number[][]; window: Profiles["averaged"] } | null {
  if (records.some((r) => r === null)) return null;
  const rows = records as number[][];
  if (!times || times.length !== rows.length) return { rows, window: null };
  const [from, to] = [(times[0]! + times.at(-1)!) / 2, times.at(-1)!];
  const kept = rows.filter((_, k) => times[k]! >= from);
  return kept.length < 2
    ? { rows: kept.length === 0 ? rows : kept, window: null }
    : { rows: kept, window: { from, to, n: kept.length } };
}

function meanOf(rows: number[][]): number[] {
  return rows[0]!.map((_, k) =>
    rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length
  );
}

function sorted(xs: number[], ys: number[]): XY[] {
  return xs.map((x, k) => ({ x, y: ys[k]! })).filter((p) =>
    Number.isFinite(p.x) && Number.isFinite(p.y)
  ).sort((a, b) => a.x - b.x);
}
