import { expect } from "expect";
import { RunModes } from "../../components/run_modes.tsx";
import { blankSimulation } from "../../physics/blank.ts";
import type { Mode, Simulation } from "../../physics/simulation.ts";

Deno.test("RunModes calls a wavevector without a mode stable in the old layout only", () => {
  expect(remarks("gkdb")).toEqual(["in the catalogue", "stable"]);
  expect(remarks("imas")).toEqual(["in the catalogue", "no mode stored"]);
});

function remarks(layout: "gkdb" | "imas"): string[] {
  const blank = blankSimulation();
  const mode = { gamma: 0.1, omega: 0.2, tolerance: 0 } as Mode;
  const sim: Simulation = {
    ...blank,
    source: { ...blank.source, layout },
    wavevectors: [
      { ky: 0.1, kx: 0, modes: [mode] },
      { ky: 0.2, kx: 0, modes: [] },
    ],
  };
  const html = String(<RunModes sim={sim} units="stored" />);
  return [...html.matchAll(/<td>([^<]*)<\/td><\/tr>/g)].map((m) => m[1]!);
}
