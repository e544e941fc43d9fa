import { expect } from "expect";
import { growthRate, type Nrg, NrgReader } from "../../../physics/plots/nrg.ts";

Deno.test("NrgReader reads blocks of a time and a line per species, with eight or ten columns", () => {
  const text = [
    "     0.000000",
    "  1.0E+00  2.0E+00  3.0E+00  4.0E+00  5.0E+00  6.0E+00  7.0E+00  8.0E+00  9.0E+00  1.0E+01",
    "  1.5E+00  0.0E+00  0.0E+00  0.0E+00  0.0E+00  0.0E+00 -7.5E+00  8.5-101  0.0E+00  0.0E+00",
    "     2.500000",
    "  2.0E+00  2.0E+00  3.0E+00  4.0E+00  5.0E+00  6.0E+00  7.1E+00  NaN",
    "  2.5E+00  2.0E+00  3.0E+00  4.0E+00  5.0E+00  6.0E+00  7.2E+00  8.2E+00",
    "     5.000000",
    "  1.0E+00  2.0E+00",
  ].join("\n");
  expect(nrgOf(text)).toEqual({
    time: [0, 2.5],
    species: [
      { density: [1, 2], heat_es: [7, 7.1], heat_em: [8, null] },
      { density: [1.5, 2.5], heat_es: [-7.5, 7.2], heat_em: [8.5e-101, 8.2] },
    ],
  });
});

Deno.test("NrgReader takes no other text for an nrg file", () => {
  for (const text of ["", "\n\n", "hello world", "1\n2\n3", "<html>\n1 2 3"]) {
    expect(nrgOf(text)).toBeNull();
  }
});

Deno.test("growthRate() is half the slope of the logarithm over the last half", () => {
  const points = Array.from({ length: 41 }, (_, k) => ({
    x: k,
    y: k < 20 ? 5 : Math.exp(2 * 0.3 * k),
  }));
  expect(growthRate(points)).toBeCloseTo(0.3, 12);
  expect(growthRate(points.map((p) => ({ ...p, y: 0 })))).toBeNull();
  expect(growthRate(points.slice(0, 3))).toBeNull();
  expect(growthRate([])).toBeNull();
});

function nrgOf(text: string): Nrg | null {
  const reader = new NrgReader();
  for (const line of text.split("\n")) reader.add(line);
  return reader.end();
}
