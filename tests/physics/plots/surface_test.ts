import { expect } from "expect";
import { surfaceShape } from "../../../physics/plots/surface.ts";
import type { Simulation, Surface } from "../../../physics/simulation.ts";
import { readSimulation } from "../../../db/source/simulation.ts";
import { imasDocument } from "../../db/source/make_document.ts";

Deno.test("surfaceShape() draws angle harmonics: kappa is the height, sin(s_1) the triangularity", () => {
  const shape = shapeOf({
    kappa: 1.6,
    shape_c: [0, 0, 0, 0],
    shape_s: [0, Math.asin(0.4), 0, 0],
  });
  if (typeof shape === "string") throw new Error(shape);
  expect(shape.formula).toBe("angle harmonics");
  // R of the top is 1 - r sin(s_1) and its height kappa r; the width stays 2 r.
  expect(shape.triangularity).toBeCloseTo(0.4, 6);
  expect(shape.elongation).toBeCloseTo(1.6, 6);
  expect(Math.max(...shape.outline.map((p) => p.x))).toBeCloseTo(1.2, 9);
  expect(Math.min(...shape.outline.map((p) => p.x))).toBeCloseTo(0.8, 9);
  expect(shape.outline[0]).toEqual({ x: 1.2, y: 0 });
});

Deno.test("surfaceShape() draws the old layout's distance series, if its mean is a distance", () => {
  // An ellipse of half axes r and 1.5 r by its distance, to second order in the harmonics.
  const circle = shapeOf({ shape_c: [0.2, 0], shape_s: [0, 0] }, "gkdb");
  expect(circle).toMatchObject({ formula: "distance series" });
  const tall = shapeOf({
    shape_c: [0.24, 0, -0.04],
    shape_s: [0, 0, 0],
  }, "gkdb");
  if (typeof tall === "string") throw new Error(tall);
  // Distance 0.2 outwards and 0.28 upwards.
  expect(tall.elongation).toBeCloseTo(1.4, 6);
  const other = { shape_c: [1.7, 0], shape_s: [0, 0] };
  expect(shapeOf(other, "gkdb")).toContain("not known");
  expect(shapeOf({ ...other, kappa: 1.3, delta: 0.1 }, "gkdb")).toMatchObject({
    formula: "Miller",
  });
});

Deno.test("surfaceShape() says why there is none", () => {
  expect(shapeOf({ r_over_R: null })).toContain("no minor radius");
  expect(shapeOf({ shape_c: [], shape_s: [], kappa: null })).toContain(
    "not known",
  );
  expect(shapeOf({ shape_c: [null, 0], kappa: 1, delta: null })).toContain(
    "not known",
  );
  expect(shapeOf({ r_over_R: 1.4 })).toContain("axis of the torus");
});

function shapeOf(
  surface: Partial<Surface>,
  layout: "imas" | "gkdb" = "imas",
) {
  const sim: Simulation = readSimulation(imasDocument(), "LinearRuns")
    .simulation!;
  return surfaceShape({
    ...sim,
    source: { ...sim.source, layout },
    surface: {
      ...sim.surface,
      ...(layout === "gkdb" ? { kappa: null, delta: null } : {}),
      ...surface,
    },
  });
}

Deno.test("surfaceShape() takes a hundred thousand coefficients for no shape", () => {
  const many = Array.from({ length: 100_000 }, () => 0.1);
  expect(shapeOf({ shape_c: many, shape_s: [0] })).toContain(
    "more than 100 shape coefficients",
  );
});
