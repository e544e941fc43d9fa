import { expect } from "expect";
import fc from "fast-check";
import { readDeck } from "../../../physics/decks/detect.ts";
import { CGYRO_INPUT as CGYRO } from "./sample_input.ts";

function valuesOf(text: string) {
  const reading = readDeck(text);
  if ("problem" in reading) throw new Error(reading.problem);
  return reading.deck.values;
}

Deno.test("readDeck converts a CGYRO input by hand-worked factors", () => {
  const values = valuesOf(CGYRO);
  // a/R0 = 1/3: gradients x 3, rates x 3/sqrt(2); B_unit/B0 = 1/sqrt(1 - 0.2^2).
  expect(values.r_over_R).toBeCloseTo(0.2, 12);
  expect(values.RLTe).toBeCloseTo(7.5, 12);
  expect(values.nu_ee).toBeCloseTo(0.1 * 3 / Math.SQRT2, 12);
  expect(values.beta_e).toBeCloseTo(0.001 / (1 - 0.04), 9);
  // What the converter made of a real input with this surface: 0.0829243 for 0.07.
  expect(values.ky).toBeCloseTo(0.3 * 0.0829243 / 0.07, 5);
});

Deno.test("readDeck reads the file that the code writes back, carriage returns and Fortran exponents", () => {
  const turned = CGYRO.replaceAll(/^(\w+)=(\S+).*$/gm, "$2  $1");
  const windows = CGYRO.replaceAll("\n", "\r\n").replace("0.001", "1.0D-03");
  expect(valuesOf(turned)).toEqual(valuesOf(CGYRO));
  expect(valuesOf(windows).beta_e).toBe(valuesOf(CGYRO).beta_e);
});

Deno.test("readDeck takes masses in proton masses where the electrons' mass says so", () => {
  const protons = CGYRO.replace("0.0002724486", "5.4461e-4");
  expect(valuesOf(protons).mass_i).toBeCloseTo(0.50025, 5);
});

Deno.test("readDeck refuses in words what is no input", () => {
  for (
    const [text, words] of [
      ["  \n", "empty"],
      ["hello", "not recognised"],
      ["\x7fELF\x01\x00", "binary"],
      ["x".repeat(65 * 1024), "64 KiB"],
      ["&species\n/\n", "not recognised"],
      ["N_SPECIES=0\nBETAE_UNIT=0", "names no species"],
      ["[Geometry]\nq=1\n", "not recognised"],
    ] as const
  ) {
    const reading = readDeck(text);
    expect("problem" in reading ? reading.problem : "").toContain(words);
  }
});

Deno.test("readDeck gives finite numbers or null for hostile values, quickly", () => {
  const values = [
    "NaN",
    "Infinity",
    "-1e308",
    "1e39",
    "9e999",
    "0",
    "-0",
    "",
    "''",
    "1e-300",
    "T",
    "1,2,3",
  ];
  const keys = [...CGYRO.matchAll(/^(\w+)=/gm)].map((m) => m[1]!);
  for (const key of keys) {
    for (const value of values) {
      const began = performance.now();
      const reading = readDeck(
        CGYRO.replace(new RegExp(`^${key}=.*$`, "m"), `${key}=${value}`),
      );
      expect(performance.now() - began).toBeLessThan(2000);
      if ("problem" in reading) continue;
      for (const got of Object.values(reading.deck.values)) {
        if (typeof got === "number") expect(Number.isFinite(got)).toBe(true);
      }
    }
  }
});

Deno.test("readDeck never throws, whatever the text", () => {
  const piece = fc.constantFrom(
    "&species\n",
    "&geometry\n",
    "/\n",
    "[species]\n",
    "[Geometry]\n",
    "q0 = ",
    "1.0d0 ",
    "= = =",
    "'",
    '"',
    "[",
    "]",
    ",",
    "N_SPECIES=99999999999\n",
    "NS=1e9\n",
    "ZS_1=-1\n",
    "!#",
    "\n",
    "nspec = -1\n",
    "&species_parameters_1\n",
    "__proto__=1\n",
    "&constructor\n",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 60 }).map((p) => p.join("")),
  );
  fc.assert(fc.property(text, (t) => void readDeck(t)), { numRuns: 500 });
  for (
    const deep of ["[", "&a\n", "'", "a=", "=", " ", "((", "[a]\n", "a = [\n"]
  ) {
    const began = performance.now();
    readDeck(
      `[species]\n[geometry]\n${deep.repeat(Math.floor(60_000 / deep.length))}`,
    );
    readDeck(
      `&species\n&geometry\n${deep.repeat(Math.floor(60_000 / deep.length))}`,
    );
    readDeck(`RMIN_LOC=1\n${deep.repeat(Math.floor(60_000 / deep.length))}`);
    expect(performance.now() - began).toBeLessThan(5000);
  }
});
