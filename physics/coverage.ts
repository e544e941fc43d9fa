/** A rectangle of cells, both ends included. */
export interface Box {
  columns: [number, number];
  rows: [number, number];
}

/** Numbers of runs by row and column of a grid. */
export type Counts = number[][];

/** The rectangle of empty cells that has the most of them, the lowest and leftmost of equals; null when none is empty. */
export function largestEmpty(counts: Counts): Box | null {
  let best: Box | null = null;
  let most = 0;
  const heights = (counts[0] ?? []).map(() => 0);
  for (const [row, cells] of counts.entries()) {
    cells.forEach((n, k) => heights[k] = n === 0 ? heights[k]! + 1 : 0);
    for (let from = 0; from < heights.length; from++) {
      let height = Infinity;
      for (let to = from; to < heights.length && height > 0; to++) {
        height = Math.min(height, heights[to]!);
        const size = height * (to - from + 1);
        if (size <= most) continue;
        most = size;
        best = { columns: [from, to], rows: [row - height + 1, row] };
      }
    }
  }
  return best;
}

/** The cell with runs that is nearest to the middle of a rectangle, in cells; null when all are empty. */
export function nearestFilled(
  counts: Counts,
  { columns, rows }: Box,
): { column: number; row: number; runs: number } | null {
  const [x, y] = [columns, rows].map(([a, b]) => (a + b) / 2) as [
    number,
    number,
  ];
  const filled = counts.flatMap((cells, row) =>
    cells.flatMap((runs, column) => runs > 0 ? [{ column, row, runs }] : [])
  );
  const far = (c: { column: number; row: number }) =>
    Math.hypot(c.column - x, c.row - y);
  return filled.toSorted((a, b) => far(a) - far(b))[0] ?? null;
}

/** Empty cells and all cells. */
export function emptiness(counts: Counts): { empty: number; all: number } {
  const cells = counts.flat();
  return { empty: cells.filter((n) => n === 0).length, all: cells.length };
}
