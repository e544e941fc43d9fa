import { expect } from "expect";
import { modeStructure } from "../../../physics/plots/mode_structure.ts";
import { structuresOf } from "../../../db/source/mode_structure.ts";

/** phi = 2i at theta = 0 and i at +-pi; A = 1 at 0. */
const ANGLE = [-Math.PI, 0, Math.PI];

Deno.test("modeStructure() norms to the largest |phi| and turns it real there", () => {
  const [stored] = structuresOf({
    gyrokineticsIMAS: {
      wavevector: [{
        binormal_component_norm: 0.3,
        eigenmode: [{
          growth_rate_norm: 0.1,
          poloidal_angle: ANGLE,
          phi_potential_perturbed_norm_real: [0, 0, 0],
          phi_potential_perturbed_norm_imaginary: [1, 2, 1],
          a_field_parallel_perturbed_norm_real: [0, 1, 0],
          a_field_parallel_perturbed_norm_imaginary: [0, 0, 0],
        }],
      }],
    },
  });
  const found = modeStructure([stored!])!;
  expect(found).toMatchObject({ ky: 0.3, peak: 0, reach: 1, end: 0.5 });
  const [phi, a] = found.fields;
  expect(phi!.real.map((p) => p.y)).toEqual([0.5, 1, 0.5]);
  expect(phi!.imaginary.every((p) => Math.abs(p.y) < 1e-15)).toBe(true);
  expect(a!.field).toBe("a_parallel");
  expect(a!.imaginary[1]!.y).toBeCloseTo(-0.5, 15);
});

Deno.test("structuresOf() reads plain lists over angle and time and the complex encoding, at the last time", () => {
  const mode = (fields: unknown) => ({
    growth_rate_norm: 0.1,
    angle_pol: ANGLE,
    fields,
  });
  const read = structuresOf({
    gyrokinetics: {
      linear: {
        wavevector: [{
          binormal_wavevector_norm: -0.2,
          eigenmode: [
            mode({
              phi_potential_perturbed_norm_real: [[9, 1], [9, 2], [9, 3]],
              phi_potential_perturbed_norm_imag: [[9, 4], [9, 5], [9, 6]],
            }),
            mode({
              phi_potential_perturbed_norm: {
                __ndarray_tolist_real__: [[9, 1], [9, 2], [9, 3]],
                __ndarray_tolist_imag__: [[9, 4], [9, 5], [9, 6]],
                shape: [3, 2],
              },
            }),
            mode({ phi_potential_perturbed_norm: null }),
            mode(null),
          ],
        }],
      },
    },
  });
  const wanted = { real: [1, 2, 3], imaginary: [4, 5, 6] };
  expect(read.map((s) => s.fields.phi)).toEqual([wanted, wanted, null, null]);
  expect(read[0]!.ky).toBe(-0.2);
});

Deno.test("modeStructure() has nothing for zeros, one point, no number, or lists of different length", () => {
  const of = (real: unknown, imag: unknown, angle: unknown = ANGLE) =>
    modeStructure(structuresOf({
      gyrokineticsIMAS: {
        linear: {
          wavevector: [{
            eigenmode: [{
              angle_pol: angle,
              fields: {
                phi_potential_perturbed_norm_real: real,
                phi_potential_perturbed_norm_imag: imag,
              },
            }],
          }],
        },
      },
    }));
  expect(of([0, 0, 0], [0, 0, 0])).toBeNull();
  expect(of([1], [1], [0])).toBeNull();
  expect(of([NaN, NaN, NaN], [1, 1, 1])).toBeNull();
  expect(of([1, 2, 3], [1, 2])).toBeNull();
  expect(of("x", { a: 1 }, 7)).toBeNull();
  expect(of([1, NaN, 3], [0, 0, 0])).toMatchObject({ peak: 1, end: 1 });
});

Deno.test("modeStructure() holds for amplitudes whose squares are no numbers", () => {
  const shape = [1, 2, -1];
  for (const size of [1e-200, 1e200, 1]) {
    const phi = {
      real: shape.map((v) => v * size),
      imaginary: shape.map((v) => -v * size),
    };
    const fields = { phi, a_parallel: null, b_parallel: null };
    const found = modeStructure([{
      ky: 0.3,
      gamma: 0.1,
      angle: [-1, 0, 1],
      fields,
    }])!;
    const [field] = found.fields;
    // 1/2, 1 and -1/2 of the largest, and real there.
    expect(field!.real.map((p) => Number(p.y.toFixed(12)))).toEqual(
      [0.5, 1, -0.5],
    );
    for (const p of field!.imaginary) expect(p.y).toBeCloseTo(0, 12);
  }
});
