import { expect } from "expect";
import { omegaPlot } from "../../../components/plots/omega.ts";
import { readSimulation } from "../../../db/source/simulation.ts";
import {
  compareOmega,
  omegaLines,
  parseOmega,
} from "../../../physics/plots/gene_omega.ts";
import { imasDocument } from "../../db/source/make_document.ts";

/** A GENE run with R0/L_ref = 3, gamma = 0.1 and omega = 0.2 v_ref/R0. */
function gene() {
  const document = imasDocument({ code: "GENE" });
  document.gyrokineticsIMAS.code.parameters =
    "<root><geometry><major_R>3.0</major_R></geometry></root>";
  return readSimulation(document, "LinearRuns").simulation!;
}

Deno.test("parseOmega() reads a line for each wavenumber; NaN is no number", () => {
  expect(parseOmega("  0.07    1.848    12.207\n")).toEqual([
    { ky: 0.07, gamma: 1.848, omega: 12.207 },
  ]);
  expect(parseOmega("0.1 -0.5 1\n\n0.2 NaN NaN\n")).toEqual([
    { ky: 0.1, gamma: -0.5, omega: 1 },
    { ky: 0.2, gamma: null, omega: null },
  ]);
  for (const text of ["", "hello", "1 2", "<html> 1 2"]) {
    expect(parseOmega(text)).toBeNull();
  }
});

Deno.test("omegaLines() reads the diagnostic of the same name, single or as lines", () => {
  const line = (...numbers: number[]) => ({
    shape: [numbers.length],
    real: Float64Array.from(numbers),
    imaginary: null,
  });
  expect(omegaLines(new Map([["ky", 0.3], ["gamma", NaN]]))).toEqual([
    { ky: 0.3, gamma: null, omega: null },
  ]);
  const lines = new Map([
    ["ky", line(0.1, 0.2)],
    ["gamma", line(1, 2)],
    ["omega", line(3)],
  ]);
  expect(omegaLines(lines)).toEqual([
    { ky: 0.1, gamma: 1, omega: 3 },
    { ky: 0.2, gamma: 2, omega: null },
  ]);
  expect(omegaLines(line(1))).toBeNull();
  expect(omegaLines(new Map([["ky", "0.1"]]))).toBeNull();
});

Deno.test("compareOmega() takes the file to the document's units by R0/L_ref over the root of two", () => {
  // 0.0471405 x 3/sqrt(2) = 0.1; 0.0942809 x 3/sqrt(2) = 0.2.
  const same = compareOmega(
    [{ ky: 0.25, gamma: 0.0471405, omega: 0.0942809 }],
    gene(),
  )!;
  expect(same.file.gamma).toBeCloseTo(0.1, 6);
  expect(same.opposite).toBe(false);
  expect(finding(same)).toContain("the same within the digits of the file");
  // Omega -0.2 for 0.2 is 0.4 apart, of |0.1 + 0.2i| = 0.2236: 179 %.
  const turned = compareOmega(
    [{ ky: 0.25, gamma: 0.0471405, omega: -0.0942809 }],
    gene(),
  )!;
  expect(turned.difference.omega).toBeCloseTo(-0.4 / Math.hypot(0.1, 0.2), 5);
  expect(finding(turned)).toContain("opposite directions");
});

Deno.test("omegaPlot() says why there is nothing to draw, and draws several wavenumbers without a comparison", () => {
  const none = omegaPlot([{ ky: 0.1, gamma: null, omega: null }], null);
  expect("reason" in none && none.reason).toContain("holds no number");
  const lines = [0.1, 0.2].map((ky) => ({ ky, gamma: -ky, omega: null }));
  expect(compareOmega(lines, gene())).toBeNull();
  const plot = omegaPlot(lines, null);
  expect("finding" in plot && plot.finding).toContain("2 wavenumbers");
});

Deno.test("omegaPlot() always says that its k_y is over GENE's own gyroradius", () => {
  const lines = [{ ky: 0.25, gamma: 1, omega: 1 }];
  for (const compared of [null, compareOmega(lines, gene())]) {
    const plot = omegaPlot(lines, compared);
    if (!("panels" in plot)) throw new Error("nothing is drawn");
    expect(plot.note).toContain("ρ_GENE is GENE's own ρ_ref");
    expect(plot.table.heads).toContain("ky ρ_GENE");
    for (const { xLabel } of plot.panels) {
      expect(xLabel.map((p) => p.text).join("")).toBe("ky ρGENE");
    }
  }
});

function finding(compared: ReturnType<typeof compareOmega>): string {
  const plot = omegaPlot([{ ky: 0.25, gamma: 1, omega: 1 }], compared);
  return "finding" in plot ? plot.finding : "";
}
