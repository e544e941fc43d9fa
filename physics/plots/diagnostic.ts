import type { XY } from "./points.ts";

/** Numbers of any rank, the last index running fastest. */
export interface DiagnosticArray {
  shape: number[];
  real: Float64Array;
  /** Null for real numbers. */
  imaginary: Float64Array | null;
}

/** A stored diagnostic, read as plain data. `null` = something that is neither a number, a text, an array nor made of them. */
export type DiagnosticValue =
  | number
  | string
  | null
  | DiagnosticArray
  | DiagnosticValue[]
  | Map<string, DiagnosticValue>;

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

/** True for an array. */
export function isArray(value: DiagnosticValue): value is DiagnosticArray {
  return typeof value === "object" && value !== null && "shape" in value;
}

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

function walk(
  tree: Map<string, DiagnosticValue>,
  path: string[],
  grids: Grids,
  found: Profiles,
): void {
  for (const [name, value] of tree) {
    if (path.length === 0 && name in GRIDS && line(value) !== null) continue;
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
  const leave = (reason: string) => void found.left.push({ name, reason });
  if (found.profiles.length >= MAX_PROFILES) {
    return leave("there are too many quantities");
  }
  const numbers = isArray(value) ? null : line(value);
  if (numbers !== null) {
    value = {
      shape: [numbers.length],
      real: Float64Array.from(numbers),
      imaginary: null,
    };
  }
  if (isArray(value) && value.real.length > MAX_NUMBERS) {
    return leave(`it has more than ${MAX_NUMBERS} numbers`);
  }
  const records = Array.isArray(value) ? value.map(magnitudes) : null;
  if (records !== null) {
    if (
      (value as DiagnosticValue[]).some((v) => isArray(v) && v.shape.length > 1)
    ) {
      return leave("snapshots over several grids");
    }
    const along = LEAVES[path.at(-1)!] ?? fitting(records, grids);
    const grid = along === undefined ? undefined : grids[along];
    const kept = lastHalf(records, grids.time);
    if (along === undefined || !grid || kept === null) {
      return leave("no grid is stored that it runs along");
    }
    if (kept.rows.length === 0) return leave("it is empty");
    const isFitting = kept.rows.every((r) => r.length === grid.length);
    if (!isFitting) return leave("its length is not that of its grid");
    const points = sorted(grid, meanOf(kept.rows));
    if (points.length === 0) return leave("it holds no number");
    found.averaged ??= kept.window;
    const by = kept.rows.length > 1 ? "mean over time" : "as stored";
    const named = path.at(-1)! in LEAVES && path.at(-1) === along;
    const quantity = named ? path.slice(0, -1) : path;
    return void found.profiles.push({ path: quantity, along, points, by });
  }
  placeArray(value as DiagnosticArray, path, grids, { found, leave });
}

function placeArray(
  array: DiagnosticArray,
  path: string[],
  grids: Grids,
  { found, leave }: { found: Profiles; leave(reason: string): void },
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

/** A line of numbers, of complex ones their magnitudes; null for everything else. */
function magnitudes(value: DiagnosticValue): number[] | null {
  if (!isArray(value)) return null;
  const { shape, real, imaginary } = value;
  if (shape.length > 1) return null;
  return imaginary === null
    ? [...real]
    : Array.from(real, (re, k) => Math.hypot(re, imaginary[k]!));
}

/** The rms of the magnitude at each place along one index. */
function rms({ shape, real, imaginary }: DiagnosticArray, axis: number) {
  const after = shape.slice(axis + 1).reduce((all, n) => all * n, 1);
  const n = shape[axis]!;
  const sums = new Array<number>(n).fill(0);
  for (let k = 0; k < real.length; k++) {
    sums[Math.floor(k / after) % n]! += real[k]! ** 2 +
      (imaginary === null ? 0 : imaginary[k]! ** 2);
  }
  return sums.map((sum) => Math.sqrt(sum * n / real.length));
}

function sorted(xs: number[], ys: number[]): XY[] {
  return xs.map((x, k) => ({ x, y: ys[k]! })).filter((p) =>
    Number.isFinite(p.x) && Number.isFinite(p.y)
  ).sort((a, b) => a.x - b.x);
}

/** A line of real numbers, also as a list of numbers or of arrays of one; null for everything else. */
function line(value: DiagnosticValue): number[] | null {
  if (isArray(value)) {
    return value.imaginary === null && value.shape.length === 1
      ? [...value.real]
      : null;
  }
  if (!Array.isArray(value) || value.length === 0) return null;
  const numbers = value.map((v) =>
    typeof v === "number"
      ? v
      : v !== null && isArray(v) && v.real.length === 1
      ? v.real[0]!
      : null
  );
  return numbers.includes(null) ? null : numbers as number[];
}
