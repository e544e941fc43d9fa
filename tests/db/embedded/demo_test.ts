import { expect } from "expect";
import { BSON, type Document } from "mongodb";
import { createHash } from "node:crypto";
import { CBC, GA_STD } from "../../../db/embedded/demo/cases/plasmas.ts";
import { modes } from "../../../db/embedded/demo/linear_models.ts";
import { type Demo, makeDemo } from "../../../db/embedded/demo/make.ts";
import { saturatedFlux } from "../../../db/embedded/demo/nonlinear_models.ts";
import { plasma, withGradients } from "../../../db/embedded/demo/plasma.ts";
import {
  unitField,
  wavenumberFactor,
} from "../../../db/embedded/demo/surface.ts";
import {
  all,
  codeOf,
  countBy,
  deepSum,
  demo,
  near,
  type Nested,
  physicsOf,
  tagOf,
  total,
  withPhysics,
} from "./demo_documents.ts";

Deno.test("the demo holds some 400 runs of five codes in both layouts", () => {
  expect(demo.linear.length).toBeGreaterThan(340);
  expect(demo.nonlinear.length).toBeGreaterThan(45);
  expect(Object.keys(countBy(all, codeOf)).sort()).toEqual([
    "CGYRO",
    "GENE",
    "GS2",
    "GX",
    "TGLF",
  ]);
  const layouts = countBy(
    all.filter(physicsOf),
    (d) => physicsOf(d)!.wavevector ? "gkdb" : "imas",
  );
  expect(layouts.gkdb).toBeGreaterThan(35);
  expect(layouts.imas).toBeGreaterThan(350);
  expect(all.filter((d) => d.Meta).length).toBeGreaterThan(4);
});

Deno.test("making the demo twice gives the same documents, ids and bytes", () => {
  expect(digest(makeDemo())).toBe(digest(demo));
  expect(new Set(all.map((d) => d._id.toHexString())).size).toBe(all.length);
});

Deno.test("every document says that it is an analytic demo, and its uploader is a demo user", () => {
  for (const d of all) {
    const tag = tagOf(d);
    expect(tag.comments).toContain("analytic demo, not code output");
    expect([tag.keywords].flat().join()).toContain("demo");
    expect(tag.user).toMatch(/^demo_/);
  }
});

Deno.test("every stored plasma with its electrons is neutral, in charge and in its gradients", () => {
  for (const { physics, code } of withPhysics()) {
    const species: Document[] = physics.species;
    if (species.length === 1) continue;
    const slope = code === "GENE" && physics.wavevector ? 1e-6 : 1e-12;
    expect(Math.abs(total(species, (s) => s.charge_norm * s.density_norm)))
      .toBeLessThan(1e-12);
    const gradient = total(
      species,
      (s) => s.charge_norm * s.density_norm * s.density_log_gradient_norm,
    );
    expect(Math.abs(gradient)).toBeLessThan(slope * 100);
  }
});

Deno.test("the pressure gradient follows from beta and the gradients", () => {
  const electromagnetic = withPhysics().filter(({ physics }) =>
    physics.species_all.beta_reference > 0
  );
  expect(electromagnetic.length).toBeGreaterThan(80);
  for (const { physics } of electromagnetic) {
    const drive = total(
      physics.species as Document[],
      (s) =>
        s.density_norm * s.temperature_norm *
        (s.density_log_gradient_norm + s.temperature_log_gradient_norm),
    );
    const expected = physics.species_all.beta_reference * drive;
    expect(physics.flux_surface.pressure_gradient_norm / expected).toBeCloseTo(
      1,
      6,
    );
  }
});

Deno.test("a nonlinear flux is the mean of its trace over the second half, and the sum of its spectrum", () => {
  let traces = 0, spectra = 0;
  for (
    const { physics } of withPhysics().filter((d) =>
      d.physics.non_linear?.fluxes_1d.energy_phi_potential.length
    )
  ) {
    const { fluxes_1d, fluxes_2d_k_x_sum, fluxes_2d_k_x_k_y_sum, time_norm } =
      physics.non_linear;
    for (const name of Object.keys(fluxes_1d)) {
      fluxes_1d[name].forEach((stored: Nested, species: number) => {
        const flux = deepSum(stored);
        const spectrum = fluxes_2d_k_x_sum?.[name]?.[species];
        const trace = fluxes_2d_k_x_k_y_sum?.[name]?.[species];
        if (spectrum) near(deepSum(spectrum), flux, `spectrum ${++spectra}`);
        if (trace) {
          near(
            windowMean(time_norm, alongTime(trace)),
            flux,
            `trace ${++traces}`,
          );
        }
      });
    }
  }
  expect(traces).toBeGreaterThan(200);
  expect(spectra).toBeGreaterThan(100);
});

Deno.test("particle fluxes carry no current, and there is no momentum flux without rotation", () => {
  for (
    const { physics } of withPhysics().filter((d) =>
      d.physics.species.length > 1
    )
  ) {
    for (const fluxes of fluxBlocks(physics)) {
      const particles: Nested[] = fluxes.particles_phi_potential ?? [];
      if (particles.length === 0) continue;
      const current = total(
        physics.species as Document[],
        (s, i) => s.charge_norm * deepSum(particles[i]!),
      );
      expect(Math.abs(current)).toBeLessThan(
        1e-9 * (1 + Math.abs(deepSum(particles))),
      );
      if (physics.species_all.velocity_tor_norm === 0) {
        expect(
          Math.abs(
            deepSum(fluxes.momentum_tor_perpendicular_phi_potential ?? 0),
          ),
        ).toBe(0);
      }
    }
  }
});

Deno.test("the ITG peaks at k_y rho_s = 0.45 and gives way to the TEM with a jump of the frequency", () => {
  const p = plasma(CBC);
  const grid = Array.from({ length: 60 }, (_, i) => 0.05 * (i + 1));
  const strongest =
    grid.toSorted((a, b) => modes(p, b)[0]!.gamma - modes(p, a)[0]!.gamma)[0];
  expect(strongest).toBeCloseTo(0.45, 9);
  const signs = grid.filter((k) => k <= 2).map((k) =>
    Math.sign(modes(p, k)[0]!.omega)
  );
  expect(signs.filter((s, i) => i > 0 && s !== signs[i - 1])).toHaveLength(1);
  expect([signs[0], signs.at(-1)]).toEqual([1, -1]);
});

Deno.test("below R/L_T = 6 the turbulence dies although the ITG grows", () => {
  const base = plasma({ ...CBC, adiabatic: "electrons" });
  for (
    const [RLTi, alive] of [[4.5, false], [5.9, false], [6.3, true], [
      6.9,
      true,
    ]] as const
  ) {
    const p = withGradients(base, { RLTi });
    expect(modes(p, 0.45)[0]!.gamma).toBeGreaterThan(0);
    expect(saturatedFlux(p) > 0).toBe(alive);
  }
});

Deno.test("the wavenumber and beta of a circular surface are converted as the real converter does it", () => {
  expect(wavenumberFactor(plasma({ ...GA_STD, eps: 0.2 }))).toBeCloseTo(
    0.24877303075963306 / 0.21,
    6,
  );
  expect(wavenumberFactor(plasma(GA_STD))).toBeCloseTo(
    0.12165045753812363 / 0.1,
    9,
  );
  expect(unitField(plasma({ ...GA_STD, eps: 0.2 })) ** 2).toBeCloseTo(
    0.00625 / 0.006,
    9,
  );
});

function fluxBlocks(physics: Document): Document[] {
  const waves: Document[] = physics.linear?.wavevector ?? [];
  const weights = waves.flatMap((w) =>
    w.eigenmode.map((m: Document) => m.linear_weights)
  );
  return [...weights, physics.non_linear?.fluxes_1d].filter(Boolean);
}

/** Sums over the k_x axis that GX keeps. */
function alongTime(trace: Nested[]): number[] {
  if (!Array.isArray(trace[0])) return trace as number[];
  return (trace[0] as number[]).map((_, t) =>
    total(trace as number[][], (row) => row[t]!)
  );
}

function windowMean(time: number[], values: number[]): number {
  const kept = values.filter((_, i) => time[i]! >= time.at(-1)! / 2);
  return total(kept, (v) => v) / kept.length;
}

function digest({ linear, nonlinear, files, chunks }: Demo): string {
  const hash = createHash("sha256");
  for (const d of [...linear, ...nonlinear, ...files, ...chunks]) {
    hash.update(BSON.serialize(d));
  }
  return hash.digest("hex");
}
