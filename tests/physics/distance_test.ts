import { expect } from "expect";
import fc from "fast-check";
import {
  differences,
  distance,
  fromScale,
  MISSING,
  SCALES,
  toScale,
} from "../../physics/distance.ts";

const CBC = {
  kind: "linear",
  adiabatic: "none",
  fields: "phi",
  geometry: "miller",
  q: 1.4,
  s_hat: 0.8,
  RLTi: 6.9,
  RLTe: 6.9,
};

Deno.test("distance is 0 for equal physics, whatever the code calls its geometry", () => {
  expect(distance(CBC, { ...CBC, geometry: "mxh" })).toBe(0);
});

Deno.test("distance takes absent triangularity for none, and leaves out what is not known", () => {
  expect(distance({ ...CBC, delta: null }, { ...CBC, delta: 0 })).toBe(0);
  expect(distance({ ...CBC, q: undefined }, CBC)).toBe(0);
});

Deno.test("distance counts a number that one of the two lacks, and each word that differs", () => {
  expect(distance({ ...CBC, RLTe: null }, CBC)).toBe(MISSING);
  expect(distance({ ...CBC, RLTe: null }, { ...CBC, RLTe: null })).toBe(0);
  const other = { ...CBC, fields: "phi+A", geometry: "s-alpha" };
  expect(distance(other, CBC)).toBeCloseTo(Math.SQRT2, 12);
  expect(differences(other, CBC)).toEqual(["fields", "geometry"]);
});

Deno.test("distance counts 1 for one step of a scale, by hand for q", () => {
  // asinh(q/0.5)/0.2 for 1.4 and 1.709: asinh(2.8) = 1.7532, asinh(3.418) = 1.9432; 0.19/0.2 = 0.95.
  expect(distance(CBC, { ...CBC, q: 1.709 })).toBeCloseTo(0.95, 2);
  for (const scale of SCALES) {
    const far = fromScale(toScale(1, scale) + 1, scale);
    expect(distance({ [scale.key]: 1 }, { [scale.key]: far }))
      .toBeCloseTo(1, 9);
  }
});

Deno.test("distance is the same both ways and obeys the triangle inequality where all is known", () => {
  const run = fc.record(
    Object.fromEntries(
      SCALES.map((
        { key },
      ) => [key, fc.double({ min: -100, max: 100, noNaN: true })]),
    ),
  );
  fc.assert(fc.property(run, run, run, (a, b, c) => {
    expect(distance(a, b)).toBe(distance(b, a));
    expect(distance(a, c)).toBeLessThanOrEqual(
      distance(a, b) + distance(b, c) + 1e-9,
    );
  }));
});
