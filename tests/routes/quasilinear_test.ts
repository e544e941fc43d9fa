import { test } from "../setup.ts";
import { expect } from "expect";
import { findFamilies } from "../../db/families/find.ts";
import { sql } from "../../db/sql.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun, type RunValues } from "../make_run.ts";
import { PLASMA } from "../plasma.ts";

const CASE: RunValues = { ...PLASMA, code: "CGYRO", RLTi: 6 };
const browser = await Browser.of(await makeUser());
const turbulent = await makeFluxes({}, [1, 4, 2]);
const model = await makeFluxes(
  { kind: "quasilinear", code: "TGLF", nu_ee: 0.2001 },
  [2, 6, 3],
);
const elsewhere = await makeFluxes({ q: 3 }, [1, 1, 1]);
const other = await makeFluxes({ code: "GENE", RLTi: 6.2 }, [9, 9, 9]);
for (const [ky, gamma] of [[0.1, 0.05], [0.2, 0.16], [0.4, 0.32]] as const) {
  await makeRun({
    ...CASE,
    code: "GENE",
    ky,
    gamma,
    stability: "unstable",
    convergence: "yes",
  }, { wavevectors: [] });
}
await makeRun({
  ...CASE,
  code: "GENE",
  ky: 0.05,
  gamma: 9,
  stability: "unstable",
  implausible: true,
}, { wavevectors: [] });
await findFamilies();

/** A run whose heat flux over k_y = 0.1, 0.2, 0.4 is that of one species and field. */
async function makeFluxes(
  values: RunValues,
  heat: number[],
): Promise<number> {
  const none = { phi: [], a_parallel: [], b_parallel: [] };
  const nonlinear = {
    ky: [0.1, 0.2, 0.4],
    spectra: {
      particles: none,
      energy: { ...none, phi: [heat] },
      momentum: none,
    },
  };
  const { id } = await makeRun(
    { ...CASE, kind: "nonlinear", collection: "nonlinear", ...values },
    { tags: { code: values.code ?? CASE.code }, nonlinear },
  );
  return id;
}

async function lines(id: number): Promise<string[][]> {
  const response = await browser.get(`/runs/${id}/plots/quasilinear.csv`);
  expect([id, response.status]).toEqual([id, 200]);
  return (await response.text()).trimEnd().split("\r\n").map((l) =>
    l.replaceAll(/"([^"]*)"/g, (_, inner) => inner.replaceAll(",", ";"))
      .split(",")
  );
}

test("/runs/:id/plots/quasilinear lays fluxes and gamma/ky² of the same physics over one another", async () => {
  const [, ...rows] = await lines(turbulent);
  const of = (start: string) =>
    rows.filter((r) => r[0]!.startsWith(start)).map((r) =>
      r.slice(2).map((v) => Number(Number(v).toFixed(9)))
    );
  expect(of("This run (CGYRO)")).toEqual([
    [0.1, 1, 0.25],
    [0.2, 4, 1],
    [0.4, 2, 0.5],
  ]);
  expect(of(`Run ${model}; TGLF`)).toEqual([
    [0.1, 2, 0.333333333],
    [0.2, 6, 1],
    [0.4, 3, 0.5],
  ]);
  // 0.05/0.01, 0.16/0.04, 0.32/0.16; the implausible one is left out.
  expect(of("γ/ky²; linear GENE")).toEqual([
    [0.1, 5, 1],
    [0.2, 4, 0.8],
    [0.4, 2, 0.4],
  ]);
  expect(rows).toHaveLength(9);
});

test("a quasilinear run shows the nonlinear one beside it", async () => {
  const [, ...rows] = await lines(model);
  expect(rows.some((r) => r[0]!.startsWith(`Run ${turbulent}; CGYRO`))).toBe(
    true,
  );
});

test("a run without relatives has no such plot, and hidden relatives do not count", async () => {
  const address = (id: number) => `/runs/${id}/plots/quasilinear.csv`;
  expect((await browser.get(address(elsewhere))).status).toBe(404);
  // R/L_Ti differs by more than the tolerance.
  expect((await browser.get(address(other))).status).toBe(404);
  await sql`update runs set hidden_at = now() where id = ${model}`;
  expect((await lines(turbulent)).length).toBe(1 + 6);
  await sql`update runs set hidden_at = null where id = ${model}`;
});
