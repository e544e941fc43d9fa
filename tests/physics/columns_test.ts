import { expect } from "expect";
import {
  column,
  COLUMNS,
  columnValues,
  runColumnsDdl,
} from "../../physics/columns.ts";
import { blankSimulation } from "../../physics/blank.ts";
import { plainSymbol, symbol } from "../../physics/symbol.ts";
import { toCsA } from "../../physics/units.ts";
import type { Simulation } from "../../physics/simulation.ts";

/** The list of contract.md, Columns. */
const CONTRACT =
  `id source_id kind collection code layout user device scenario platform workflow keywords comments confidence confidence_scale folder
suffix uploaded_at updated_at q s_hat r_over_R a_over_R kappa delta zeta beta_e p_prime alpha_MHD gamma_E rotation RLTe RLTi RLne RLni
Ti_Te eta_e eta_i nu_ee nu_ii nu_star_e n_species adiabatic Z_eff Z_imp n_imp ky ky_input kx n_ky ky_lo ky_hi n_kx gamma omega
gamma_tolerance gamma_over_ky2 direction stability convergence implausible mode Q_e Q_i Q_i_main G_e em_share t_end saturated
electromagnetic fields nx nky nz nv nw converter_version has n_files n_missing bytes`
    .split(/\s+/);

Deno.test("every column of the contract is in the table, once, explained and with a safe name", () => {
  const keys = COLUMNS.map((c) => c.key);
  expect(CONTRACT.filter((key) => !keys.includes(key))).toEqual([]);
  expect(new Set(keys).size).toBe(keys.length);
  for (const c of COLUMNS) {
    expect(c.key).toMatch(/^[A-Za-z][A-Za-z0-9_]*$/);
    expect([c.key, c.meaning.length > 20, c.label.length > 0]).toEqual([
      c.key,
      true,
      true,
    ]);
  }
});

Deno.test("a run without physics content has nothing but nulls, counts and words about its source", () => {
  const values = columnValues(emptyRun());
  const given = Object.entries(values).filter(([, value]) => value !== null)
    .map(([key]) => key);
  expect(given.sort()).toEqual([
    "bytes",
    "collection",
    "confidence_scale",
    "convergence",
    "folder",
    "has",
    "keywords",
    "kind",
    "ky_values",
    "layout",
    "n_files",
    "n_missing",
    "stability",
    "suffix",
    "uploaded_at",
  ]);
});

Deno.test("runColumnsDdl() names each stored column and leaves those of the base table alone", () => {
  const ddl = runColumnsDdl();
  expect(ddl).toContain(
    'alter table runs add column if not exists "RLTi" double precision;',
  );
  expect(ddl).toContain('"bytes" bigint');
  expect(ddl).not.toContain('"source_id"');
});

Deno.test("toCsA() follows the table of normalisations", () => {
  // schema.md 4.1: a CGYRO run with a/R0 = 1/3.291 stores R/L = 8.4258 for a/L = 2.5604.
  expect(toCsA("gradient", 1 / 3.291).factor * 8.4258).toBeCloseTo(2.5603, 3);
  expect(toCsA("rate", 0.36).factor).toBeCloseTo(0.36 * Math.SQRT2, 12);
  expect(toCsA("rate", null)).toEqual({ factor: Math.SQRT2, unit: "c_s/R_0" });
  expect(toCsA("time", 0.5).factor).toBeCloseTo(2 / Math.SQRT2, 12);
  expect(toCsA("heat_flux", 0.36).factor).toBeCloseTo(
    2 * Math.SQRT2 * 0.1296,
    12,
  );
  expect(toCsA("none", 0.36)).toEqual({ factor: 1, unit: "" });
});

Deno.test("symbol() makes single letters italic and keeps subscripts upright", () => {
  expect(symbol("R/L_{Te}")).toEqual([
    { text: "R", style: "italic" },
    { text: "/", style: "plain" },
    { text: "L", style: "italic" },
    { text: "Te", style: "sub" },
  ]);
  expect(plainSymbol(symbol("γ/k_y^2"))).toBe("γ/ky^2");
  expect(column("RLTe")!.symbol).toEqual(symbol("R/L_{Te}"));
});

function emptyRun(): Simulation {
  const run = blankSimulation();
  run.source.layout = "none";
  return run;
}
