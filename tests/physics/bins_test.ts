import { expect } from "expect";
import fc from "fast-check";
import { binEdges } from "../../physics/bins.ts";

function edges(low: number, high: number, quartiles?: [number, number]) {
  return binEdges({ low, high, quartiles: quartiles ?? [low, high] });
}

Deno.test("bins have round edges, and 0 among them where it lies inside", () => {
  expect(edges(0, 1)).toEqual([
    0,
    0.05,
    0.1,
    0.15,
    0.2,
    0.25,
    0.3,
    0.35,
    0.4,
    0.45,
    0.5,
    0.55,
    0.6,
    0.65,
    0.7,
    0.75,
    0.8,
    0.85,
    0.9,
    0.95,
  ]);
  expect(edges(-3.1, 3)).toContain(0);
  expect(edges(-3.1, 3)).toContain(0.5);
});

Deno.test("bins are even in the logarithm when the values spread over decades", () => {
  expect(edges(0.012, 90, [0.3, 3])).toEqual([
    0.015,
    0.02,
    0.03,
    0.05,
    0.07,
    0.1,
    0.15,
    0.2,
    0.3,
    0.5,
    0.7,
    1,
    1.5,
    2,
    3,
    5,
    7,
    10,
    15,
    20,
    30,
    50,
    70,
  ]);
  // Evenly spread between, with a few near 0.
  expect(edges(0.01, 4, [1, 3])).toContain(1.4);
  expect(edges(2, 40, [3, 4])).toContain(10);
});

Deno.test("bins are even in the logarithm on both sides of 0", () => {
  const found = edges(-60, 3, [-0.5, 0.4]);
  expect(found).toContain(0);
  expect(found.filter((x) => x < 0 && x >= -1)).toEqual(
    found.filter((x) => x > 0 && x <= 1).map((x) => -x).reverse(),
  );
  expect(found[0]).toBeLessThan(-40);
  expect(edges(0, 26, [0.1, 0.5])[0]).toBe(0);
});

Deno.test("bins are ascending, inside and few, whatever the bounds", () => {
  const number = fc.integer().map((n) => n / 1e4);
  fc.assert(fc.property(number, number, (a, b) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    if (high - low < 1e-9 * Math.max(Math.abs(low), Math.abs(high))) return;
    const found = edges(low, high);
    expect(found.length).toBeLessThan(40);
    expect(found).toEqual([...new Set(found)].sort((x, y) => x - y));
    for (const x of found) expect(x >= low && x <= high).toBe(true);
  }));
  expect(edges(2, 2)).toEqual([]);
});
