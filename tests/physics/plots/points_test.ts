import { expect } from "expect";
import { addRows, decimated, some } from "../../../physics/plots/points.ts";

Deno.test("decimated() keeps first, last and every spike of 100,000 places", () => {
  const points = Array.from(
    { length: 100_000 },
    (_, x) => ({ x, y: x === 12_345 ? 99 : x === 54_321 ? -99 : Math.sin(x) }),
  );
  const kept = decimated(points);
  expect(kept.length).toBeLessThanOrEqual(1600);
  expect(kept[0]).toEqual(points[0]);
  expect(kept.at(-1)).toEqual(points.at(-1));
  expect(kept.map((p) => p.y)).toContain(99);
  expect(kept.map((p) => p.y)).toContain(-99);
  expect(kept.map((p) => p.x)).toEqual(
    kept.map((p) => p.x).toSorted((a, b) => a - b),
  );
});

Deno.test("decimated() leaves short lines alone", () => {
  const points = Array.from({ length: 1600 }, (_, x) => ({ x, y: x % 7 }));
  expect(decimated(points)).toBe(points);
});

Deno.test("some() takes the first, the last and evenly spaced items between", () => {
  expect(some([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 3)).toEqual([0, 5, 10]);
  expect(some([1, 2], 3)).toEqual([1, 2]);
});

Deno.test("addRows() takes rows of different length as having no number where they end", () => {
  expect(addRows([[1, 2, 3], [10, null]])).toEqual([11, null, null]);
  expect(addRows([])).toEqual([]);
});
