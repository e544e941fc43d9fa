import { expect } from "expect";
import { judged, pointsOf } from "../../physics/points.ts";
import type { Mode, Species, Wavevector } from "../../physics/simulation.ts";
import type { PointState } from "../../physics/spectrum.ts";

/** R/L_n = 2 and R/L_T = 6: implausible is what exceeds 3 (k_y/2) (2 + 6) = 12 k_y. */
const SPECIES = [{ RLn: 2, RLT: 6, temperature: 1 } as Species];

function wave(ky: number, gamma?: number, tolerance = 0): Wavevector {
  const mode = { gamma, omega: 0.1, tolerance } as Mode;
  return { ky, kx: 0, modes: gamma === undefined ? [] : [mode] };
}

function states(
  wavevectors: Wavevector[],
  { ky, gamma, implausible, layout = "imas" }: {
    ky: number;
    gamma: number;
    implausible: boolean;
    layout?: "imas" | "gkdb";
  },
): [number, PointState][] {
  return pointsOf({
    id: 1,
    code: "GS2",
    ky,
    ky_input: null,
    gamma,
    omega: 0.1,
    stability: "unstable",
    convergence: "yes",
    implausible,
    mode: null,
    folder: "",
    wavevectors: judged({
      code: "GS2",
      layout,
      species: SPECIES,
      wavevectors,
    }),
  }).map((p) => [p.ky!, p.state]);
}

Deno.test("pointsOf() judges each wavevector by its own bound", () => {
  // Bounds 1.2, 2.4 and 4.8: an implausible dominant mode leaves the others alone.
  expect(
    states([wave(0.1, 0.5), wave(-0.2, 3.9), wave(0.4, 0.4)], {
      ky: 0.2,
      gamma: 3.9,
      implausible: true,
    }),
  ).toEqual([[0.1, "unstable"], [0.2, "implausible"], [0.4, "unstable"]]);
  // A growth rate of 2 is too much at 0.1 only; one of 1.1 drifts.
  expect(
    states([wave(0.1, 2), wave(0.2, 1.1, 0.5), wave(0.4, 2.5)], {
      ky: 0.4,
      gamma: 2.5,
      implausible: false,
    }),
  ).toEqual([[0.1, "implausible"], [0.2, "unconverged"], [0.4, "unstable"]]);
});

Deno.test("pointsOf() takes a wavevector without a mode for stable in the old layout only", () => {
  const wavevectors = [wave(0.1, 0.5), wave(0.2)];
  const row = { ky: 0.1, gamma: 0.5, implausible: false };
  expect(states(wavevectors, { ...row, layout: "gkdb" })).toEqual([
    [0.1, "unstable"],
    [0.2, "stable"],
  ]);
  expect(states(wavevectors, row)).toEqual([[0.1, "unstable"]]);
});
