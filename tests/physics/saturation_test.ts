import { expect } from "expect";
import { fluxTable } from "../../physics/fluxes.ts";
import { saturation } from "../../physics/saturation.ts";
import { thinned } from "../../physics/thin.ts";
import type { Maybe, Simulation } from "../../physics/simulation.ts";
import { readSimulation } from "../../db/source/simulation.ts";
import { imasDocument } from "../db/source/make_document.ts";

Deno.test("saturation() says yes for a flux that alternates about a level", () => {
  // Last half: t = 100..199, 100 points, values 9 and 11 in turn: mean 10, both quarters 10.
  const result = saturation(
    times(200),
    heat(times(200).map((t) => 10 + (t % 2 ? 1 : -1))),
  );
  expect([result.verdict, result.points]).toEqual(["yes", 100]);
  expect(result.mean).toBeCloseTo(10, 12);
  expect(result.first_quarter).toBeCloseTo(10, 12);
});

Deno.test("saturation() says no when the two last quarters differ by more than a fifth and than twice the error", () => {
  // Alternating by 10 about 10, then about 14: m = 12, |m2 - m1| = 4 > 0.2 x 12 = 2.4. Neighbours are anticorrelated, so tau = 1/2, and
  // SE = sqrt(104) sqrt(2 x 0.5/999) = 0.32.
  const stepped = times(2000).map((t) =>
    (t < 1500 ? 10 : 14) + (t % 2 ? 10 : -10)
  );
  const result = saturation(times(2000), heat(stepped));
  expect(result.verdict).toBe("no");
  expect(result.mean).toBeCloseTo(12, 10);
  expect(result.error).toBeCloseTo(Math.sqrt(104 / 999), 10);
});

Deno.test("saturation() is unknown for a slow drift, which correlates for too long", () => {
  expect(saturation(times(2000), heat(times(2000))).verdict).toBe("unknown");
});

Deno.test("saturation() is unknown below forty points in the last half", () => {
  const alternating = (n: number) =>
    saturation(times(n), heat(times(n).map((t) => 10 + (t % 2))));
  expect([alternating(78).verdict, alternating(80).verdict]).toEqual([
    "unknown",
    "yes",
  ]);
});

Deno.test("saturation() leaves out points without a number and survives none", () => {
  const holes = times(200).map((t) => t % 10 === 3 ? null : 10 + (t % 2));
  expect(saturation(times(200), heat(holes))).toMatchObject({
    verdict: "yes",
    points: 90,
  });
  expect(saturation([], heat([])).verdict).toBe("unknown");
  expect(saturation(times(3), heat([null, null, null])).mean).toBeNull();
});

Deno.test("saturation() of a hundred thousand points takes no noticeable time", () => {
  const start = performance.now();
  saturation(times(100_000), heat(times(100_000)));
  expect(performance.now() - start).toBeLessThan(1000);
});

Deno.test("thinned() keeps the extremes, the ends and the summary of a long trace", () => {
  const values: Maybe[] = times(50_000).map((t) => Math.sin(t / 100));
  values[12_345] = 99;
  values[23_456] = -99;
  const sim = nonlinearRun(times(50_000), values);
  const { nonlinear } = thinned(sim);
  const [row] = nonlinear!.traces.energy.phi;
  expect(nonlinear!.time.length).toBeLessThanOrEqual(1200);
  expect([nonlinear!.time[0], nonlinear!.time.at(-1)]).toEqual([0, 49_999]);
  expect([Math.max(...row as number[]), Math.min(...row as number[])]).toEqual([
    99,
    -99,
  ]);
  expect(row!.length).toBe(nonlinear!.time.length);
  expect(nonlinear!.saturation).toEqual(sim.nonlinear!.saturation);
  expect(nonlinear!.n_time).toBe(50_000);
});

Deno.test("thinned() leaves a short trace alone", () => {
  const sim = nonlinearRun(times(100), times(100));
  expect(thinned(sim)).toEqual(sim);
});

function times(n: number): number[] {
  return Array.from({ length: n }, (_, t) => t);
}

function heat(values: Maybe[]) {
  return fluxTable((q, f) => q === "energy" && f === "phi" ? [values] : []);
}

function nonlinearRun(time: number[], trace: Maybe[]): Simulation {
  const document = imasDocument();
  document.gyrokineticsIMAS.linear.wavevector = [];
  document.gyrokineticsIMAS.non_linear = {
    quasi_linear: 0,
    time_norm: time,
    fluxes_2d_k_x_k_y_sum: { energy_phi_potential: [trace] },
  } as never;
  return readSimulation(document, "NonlinRuns").simulation!;
}
