import { expect } from "expect";
import { column } from "../../../physics/columns.ts";
import {
  type CollectionName,
  readSimulation,
} from "../../../db/source/simulation.ts";
import {
  expectedDocuments,
  hasSharedDocuments,
  sharedDocuments,
} from "./shared_documents.ts";

/** Catalogue column: its key in expected.json. */
const EXPECTED_KEYS: Record<string, string> = {
  s_hat: "magnetic_shear",
  r_over_R: "r_over_R0",
  kappa: "kappa",
  delta: "delta",
  beta_e: "beta_reference",
  RLTe: "R_over_LTe",
  RLTi: "R_over_LTi",
  RLne: "R_over_Lne",
  RLni: "R_over_Lni",
  Ti_Te: "Ti_over_Te",
  gamma: "gamma",
  omega: "omega",
  nu_ee: "nu_ee",
  Z_eff: "Zeff",
  electromagnetic: "electromagnetic",
  Q_e: "Q_e",
  Q_i: "Q_i",
  Q_i_main: "Q_i_main",
  G_e: "G_e",
  code: "code",
  kind: "kind",
  layout: "layout",
};
const RELATIVE = 1e-9;

Deno.test({
  name:
    "every value of the real documents agrees with the one worked out by a separate script",
  ignore: !hasSharedDocuments(),
  fn: async () => {
    const expected = await expectedDocuments("real");
    let compared = 0;
    for (const [document, want, collection] of await paired(expected)) {
      const { simulation } = readSimulation(document, collection);
      const wanted = {
        ...Object.fromEntries(
          Object.entries(EXPECTED_KEYS).map(([key, name]) => [key, want[name]]),
        ),
        q: absolute(want.q),
        ky: absolute(want.ky),
      };
      for (const [key, value] of Object.entries(wanted)) {
        const got = column(key)!.value(simulation!);
        if (typeof value === "number") {
          expect([want.key, key, typeof got]).toEqual([
            want.key,
            key,
            "number",
          ]);
          expect(Math.abs(Number(got) - value)).toBeLessThanOrEqual(
            RELATIVE * Math.abs(value) + 1e-12,
          );
        } else expect([want.key, key, got]).toEqual([want.key, key, value]);
        compared++;
      }
      const has = column("has")!.value(simulation!) as string[];
      for (const what of ["time_trace", "spectrum", "mode_structure"]) {
        expect([want.key, what, has.includes(what)]).toEqual([
          want.key,
          what,
          want[`has_${what}`],
        ]);
      }
    }
    expect(compared).toBe(expected.length * 24);
  },
});

Deno.test({
  name: "implausible flags exactly the four bad runs among the real ones",
  ignore: !hasSharedDocuments(),
  fn: async () => {
    const flagged: number[] = [];
    for (
      const [document, want, collection] of await paired(
        await expectedDocuments("real"),
      )
    ) {
      const { simulation } = readSimulation(document, collection);
      if (column("implausible")!.value(simulation!)) {
        flagged.push(want.gamma as number);
      }
    }
    expect(flagged.map((g) => Number(g.toPrecision(4))).sort((a, b) => a - b))
      .toEqual([-12.95, -2.208, 3.92, 3.945]);
  },
});

Deno.test({
  name:
    "every troubled document is a run or has a reason, and reading none of them throws",
  ignore: !hasSharedDocuments(),
  fn: async () => {
    const expected = await expectedDocuments("trouble");
    const read = new Set<string>();
    for (const collection of ["LinearRuns", "NonlinRuns"] as CollectionName[]) {
      for (const document of await sharedDocuments("trouble", collection)) {
        const reading = readSimulation(document, collection);
        expect([reading.id, reading.unreadable ?? null]).toEqual([
          reading.id,
          null,
        ]);
        read.add(reading.id);
      }
    }
    expect(expected.filter((e) => !read.has(e._id))).toEqual([]);
  },
});

async function paired(expected: Awaited<ReturnType<typeof expectedDocuments>>) {
  const pairs: [
    Record<string, unknown>,
    (typeof expected)[number],
    CollectionName,
  ][] = [];
  for (const collection of ["LinearRuns", "NonlinRuns"] as CollectionName[]) {
    for (const document of await sharedDocuments("real", collection)) {
      pairs.push([
        document,
        expected.find((e) => e._id === String(document._id))!,
        collection,
      ]);
    }
  }
  expect(pairs.length).toBe(expected.length);
  return pairs;
}

function absolute(x: unknown): unknown {
  return typeof x === "number" ? Math.abs(x) : x;
}
