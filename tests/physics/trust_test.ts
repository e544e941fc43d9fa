import { expect } from "expect";
import { readSimulation } from "../../db/source/simulation.ts";
import type { Simulation, Species } from "../../physics/simulation.ts";
import {
  gradientNeutrality,
  pressureQuality,
  quasineutrality,
  recomputed,
} from "../../physics/trust.ts";
import {
  hasSharedDocuments,
  sharedDocuments,
} from "../db/source/shared_documents.ts";

const ignore = !hasSharedDocuments();

function species(
  charge: number,
  density: number,
  RLn: number,
  RLT = 6,
): Species {
  return {
    name: null,
    charge,
    mass: 1,
    density,
    temperature: 1,
    RLn,
    RLT,
    velocity_gradient: null,
  };
}

Deno.test("quasineutrality holds where the charges cancel, and tells by how much they do not", () => {
  const carbon = species(6, 0.02, 2);
  expect(
    quasineutrality([species(-1, 1, 2), species(1, 0.88, 2), carbon]),
  ).toEqual({ verdict: "good", value: 0 });
  // 0.88 + 0.12 - 0.9 = 0.1 of 1.9.
  const off = quasineutrality([
    species(-1, 0.9, 2),
    species(1, 0.88, 2),
    carbon,
  ]);
  expect(off.verdict).toBe("bad");
  expect(off.value).toBeCloseTo(0.1 / 1.9, 10);
});

Deno.test("quasineutrality cannot be told where a species is not stored", () => {
  for (const stored of [[], [species(1, 1, 2)], [species(-1, 1, 2)]]) {
    expect(quasineutrality(stored)).toEqual({
      verdict: "unknown",
      value: null,
    });
  }
});

Deno.test("gradientNeutrality weighs gradients by charge and density", () => {
  const good = [species(-1, 1, 2), species(1, 0.88, 2), species(6, 0.02, 2)];
  expect(gradientNeutrality(good).verdict).toBe("good");
  const flat = [species(-1, 1, 2), species(1, 0.88, 2), species(6, 0.02, 0)];
  // 0.88 x 2 - 2 = -0.24 of 3.76.
  expect(gradientNeutrality(flat).value).toBeCloseTo(0.24 / 3.76, 10);
  expect(gradientNeutrality(flat).verdict).toBe("bad");
  // No gradient at all cancels.
  expect(gradientNeutrality([species(-1, 1, 0), species(1, 1, 0)])).toEqual({
    verdict: "good",
    value: 0,
  });
});

Deno.test("pressureQuality is 1 where p' is that of beta and the gradients", () => {
  // beta x 2 species x (2 + 6) = 0.01 x 16.
  const sim = (p_prime: number | null, beta: number | null) =>
    ({
      species: [species(-1, 1, 2), species(1, 1, 2)],
      beta,
      surface: { p_prime },
    }) as unknown as Simulation;
  const good = pressureQuality(sim(0.16, 0.01));
  expect(good.verdict).toBe("good");
  expect(good.value).toBeCloseTo(1, 12);
  expect(pressureQuality(sim(0, 0.01))).toEqual({ verdict: "bad", value: 0 });
  expect(pressureQuality(sim(0.16, 0)).verdict).toBe("unknown");
  expect(pressureQuality(sim(null, 0.01)).verdict).toBe("unknown");
});

Deno.test({
  name:
    "recomputed finds nothing wrong with the real documents of any code and layout",
  ignore,
  fn: async () => {
    let compared = 0;
    for (const sim of await realSimulations()) {
      const found = recomputed(sim);
      expect([sim.source.id, found?.disagreements]).toEqual([
        sim.source.id,
        [],
      ]);
      compared += found!.compared.length;
    }
    expect(compared).toBeGreaterThan(200);
  },
});

Deno.test({
  name:
    "recomputed flags a GENE input whose r/R0 and gradients were converted with the wrong length",
  ignore,
  fn: async () => {
    const all = await realSimulations();
    for (const layout of ["imas", "gkdb"]) {
      const sim = structuredClone(
        all.find((s) => s.tags.code === "GENE" && s.source.layout === layout)!,
      );
      // As in the one odd document: r/R0 of 0.374 became 0.258, gradients 1.45 times too high.
      for (const key of Object.keys(sim.input)) {
        if (/trpeps$/i.test(key)) sim.input[key] = "0.374";
        if (/minor_r$/i.test(key)) sim.input[key] = "0.69";
      }
      sim.surface.r_over_R = 0.258;
      for (const s of sim.species) {
        s.RLT! *= 1.45;
        s.RLn! *= 1.45;
      }
      const found = recomputed(sim)!;
      expect(found.disagreements.map((d) => d.key)).toEqual([
        "r_over_R",
        "RLTi",
        "RLTe",
        "RLne",
        "RLni",
      ]);
      expect(found.disagreements[0]).toEqual({
        key: "r_over_R",
        stored: 0.258,
        recomputed: 0.374,
      });
      const { stored, recomputed: again } = found.disagreements[1]!;
      expect(stored / again).toBeCloseTo(1.45, 5);
    }
  },
});

Deno.test("recomputed says nothing without an input or with a code it does not read", () => {
  const sim = (code: string, input: Simulation["input"]) =>
    ({ tags: { code }, input }) as unknown as Simulation;
  expect(recomputed(sim("GENE", {}))).toBe(null);
  expect(recomputed(sim("ORB5", { a: 1 }))).toBe(null);
});

async function realSimulations(): Promise<Simulation[]> {
  const found: Simulation[] = [];
  for (const collection of ["LinearRuns", "NonlinRuns"] as const) {
    for (const document of await sharedDocuments("real", collection)) {
      const { simulation } = readSimulation(document, collection);
      if (simulation) found.push(simulation);
    }
  }
  return found;
}
