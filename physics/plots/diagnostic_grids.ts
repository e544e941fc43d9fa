import { type DiagnosticValue, line } from "./diagnostic_value.ts";

/** What stands along a profile. */
export type Coordinate = "kx" | "ky" | "z" | "x" | "y" | "time";

/** The grids that a diagnostic stores, in stored order. */
export type Grids = Partial<Record<Coordinate, number[]>>;

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
/** Orders of two and three indices, the usual first: grids of one length are told apart by them. */
const ORDERS: Coordinate[][] = [
  ["time", "ky"],
  ["time", "kx"],
  ["time", "z"],
  ["time", "x"],
  ["kx", "ky"],
  ["kx", "z"],
  ["ky", "z"],
  ["kx", "ky", "z"],
];

/** The grids at the top of a diagnostic. */
export function gridsOf(tree: Map<string, DiagnosticValue>): Grids {
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
export function isGrid(name: string): boolean {
  return Object.hasOwn(GRIDS, name) || /^[xyzk]{1,2}grid/.test(name);
}

/** What a quantity's last name says it runs along. */
export function leafOf(name: string): Coordinate | undefined {
  return Object.hasOwn(LEAVES, name) ? LEAVES[name] : undefined;
}

/** What each index runs along; null where that cannot be told. */
export function axesOf(
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
  return ORDERS.find((order) =>
    order.length === shape.length && order.every(fits)
  ) ?? null;
}

/** What lines of a record over time run along, by their length. */
export function fitting(
  records: (number[] | null)[],
  grids: Grids,
): Coordinate | undefined {
  const length = records[0]?.length;
  return (["ky", "kx", "z", "x"] as const).find((c) =>
    grids[c]?.length === length
  );
}
