import type { CoverageGrid } from "../db/coverage.ts";
import { column } from "../physics/columns.ts";
import { emptiness, largestEmpty, nearestFilled } from "../physics/coverage.ts";
import { plainSymbol } from "../physics/symbol.ts";
import { plural, significant } from "./format.ts";

/** Bounds of a bin, the first and the last being open. */
export function binBounds(
  edges: number[],
  n: number,
): { min: number | null; max: number | null } {
  return { min: edges[n - 1] ?? null, max: edges[n] ?? null };
}

/** A bin, or several neighbours, in words. */
export function binWords(edges: number[], from: number, to = from): string {
  const { min } = binBounds(edges, from);
  const { max } = binBounds(edges, to);
  if (min === null) return `below ${significant(max)}`;
  if (max === null) return `from ${significant(min)}`;
  return `${significant(min)} to ${significant(max)}`;
}

/** Which part of the box is empty, where, and where the nearest data are. The open bins around it are no part of the box. */
export function coverageWords(grid: CoverageGrid): string {
  const { x, y, xEdges, yEdges, counts } = grid;
  const inner = counts.slice(1, -1).map((row) => row.slice(1, -1));
  const { empty, all } = emptiness(inner);
  const box = `${nameOf(x)} from ${significant(xEdges[0]!)} to ${
    significant(xEdges.at(-1)!)
  } and ${nameOf(y)} from ${significant(yEdges[0]!)} to ${
    significant(yEdges.at(-1)!)
  }`;
  const hole = largestEmpty(inner);
  if (hole === null) return `No cell of the box (${box}) is empty.`;
  const at = (columns: [number, number], rows: [number, number]) =>
    `${nameOf(x)} ${binWords(xEdges, columns[0] + 1, columns[1] + 1)} with ${
      nameOf(y)
    } ${binWords(yEdges, rows[0] + 1, rows[1] + 1)}`;
  const near = nearestFilled(inner, hole);
  const nearest = near
    ? ` The nearest data to its middle are at ${
      at([near.column, near.column], [near.row, near.row])
    } (${plural(near.runs, "run")}).`
    : "";
  return `${
    Math.round(100 * empty / all)
  } % of the ${all} cells of the box (${box}) are empty. The largest empty part is ${
    at(hole.columns, hole.rows)
  }.${nearest}`;
}

function nameOf(key: string): string {
  return plainSymbol(column(key)!.symbol) || column(key)!.label;
}

/** Steps of shade; each begins at about three times the runs of the one below. */
const STEPS = [1, 3, 10, 30, 100, 300, 1000];

/** 0 for an empty cell, then 1 to 7. */
export function shadeOf(runs: number): number {
  return STEPS.findLastIndex((s) => runs >= s) + 1;
}

/** What a shade means. */
export const SHADES = STEPS.map((from, k) =>
  STEPS[k + 1] === undefined
    ? `${from} and more`
    : `${from} to ${STEPS[k + 1]! - 1}`
);
