import type { Case } from "../case.ts";
import { plasma, withGradients } from "../plasma.ts";
import { CBC, GA_STD, MTM_CASE } from "./plasmas.ts";
import { KY, KY_BOX, kyScan, scan, steps } from "./scan.ts";

/** GENE runs of 2021 to 2024 in the older layout, on the older confidence scale. */
export function oldCases(): Case[] {
  return [...linear(), ...nonlinear(), ...unmigrated()];
}

const old = {
  code: "GENE" as const,
  layout: "gkdb" as const,
  user: "demo_past",
};

function linear(): Case[] {
  const cbc = plasma(CBC);
  return [{
    ...old,
    kind: "linear",
    name: "old_cbc_ky",
    uploaded: "2021-06-15T21:07:00Z",
    keywords: "CBC, ITG",
    comments: "older layout, s-alpha geometry, with mode structures",
    confidence: -1,
    runs: kyScan("GENE", cbc, KY).map((run) => ({ ...run, sAlpha: true })),
  }, {
    ...old,
    kind: "linear",
    name: "old_cbc_RLTi",
    uploaded: "2022-02-03T10:00:00Z",
    keywords: "CBC, ITG, critical gradient",
    comments: "stable runs have an empty list of eigenmodes",
    confidence: 7,
    runs: scan({
      code: "GENE",
      label: "RLTi",
      values: steps(1.5, 9, 11),
      digits: 1,
    }, (RLTi) => withGradients(cbc, { RLTi, RLTe: 3 })),
  }, {
    ...old,
    kind: "linear",
    name: "old_mtm_ky",
    uploaded: "2023-01-20T10:00:00Z",
    keywords: "MTM, microtearing, electromagnetic",
    comments: "odd phi, even A_parallel",
    confidence: "8",
    plots: true,
    runs: kyScan("GENE", plasma(MTM_CASE), [0.04, 0.06, 0.08, 0.1, 0.15, 0.2]),
  }];
}

function nonlinear(): Case[] {
  const values = [6.5, 7, 8, 9, 10, 12];
  return [{
    ...old,
    kind: "nonlinear",
    name: "old_ga_std_nl",
    uploaded: "2023-04-05T19:20:00Z",
    keywords: "GA-std, ITG",
    comments: "older layout with stored plots",
    confidence: 6.5,
    plots: true,
    runs: scan(
      { code: "GENE", label: "RLTi", values, digits: 1, ky: KY_BOX },
      (RLTi) => plasma({ ...GA_STD, RLTi, betaE: 0.0005, fields: 2 }),
    ),
  }];
}

/** Never migrated: `Meta` and `gyrokinetics` at the top. */
function unmigrated(): Case[] {
  return [{
    ...old,
    envelope: "Meta",
    kind: "linear",
    name: "old_unmigrated_ky",
    uploaded: "2024-02-11T08:00:00Z",
    keywords: "GA-std, ITG",
    comments: "never migrated",
    confidence: 5,
    runs: kyScan("GENE", plasma(GA_STD), [0.1, 0.2, 0.3, 0.4, 0.5]),
  }, {
    ...old,
    envelope: "Meta",
    kind: "nonlinear",
    name: "old_unmigrated_nl",
    uploaded: "2024-03-11T08:00:00Z",
    keywords: "CBC, ITG",
    comments: "never migrated, with stored plots",
    confidence: -1,
    plots: true,
    runs: scan({
      code: "GENE",
      label: "RLTi",
      values: [6.9, 8],
      digits: 1,
      ky: KY_BOX,
    }, (RLTi) => plasma({ ...CBC, RLTi })),
  }];
}
