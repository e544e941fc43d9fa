import { expect } from "expect";
import { scaleOf } from "../../../components/plots/scale.ts";

Deno.test("scaleOf() has places and ticks for the largest and the smallest numbers there are", () => {
  const edge = { from: 0, to: 100 };
  for (
    const values of [
      [-1.7e308, 1.7e308],
      [5e-324, 1.7e308],
      [-5e-324, 5e-324],
      [5e-324],
      [1e-310, 3e-310],
      [Infinity, 1],
    ]
  ) {
    for (const log of ["never", "always"] as const) {
      for (const zero of [true, false]) {
        const scale = scaleOf(values, { ...edge, zero, log });
        for (const v of values) {
          const at = scale.at(v);
          expect([values, v, at >= 0 && at <= 100]).toEqual([values, v, true]);
        }
        expect(scale.ticks.length).toBeGreaterThan(0);
        expect(scale.ticks.every((t) => Number.isFinite(t.value))).toBe(true);
      }
    }
  }
});

Deno.test("scaleOf() leaves ordinary numbers where they are", () => {
  const { at, domain } = scaleOf([1, 3], { from: 0, to: 100, log: "never" });
  // 4 % of the span are free at either end.
  expect(domain).toEqual([0.92, 3.08]);
  expect([at(1), at(2), at(3)]).toEqual([3.7, 50, 96.3]);
});
