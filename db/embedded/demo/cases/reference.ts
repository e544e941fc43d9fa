import type { Case } from "../case.ts";
import type { Code } from "../documents/upload.ts";
import { plasma, withGradients } from "../plasma.ts";
import { CBC, GA_STD } from "./plasmas.ts";
import { KY, kyScan, scan, steps, suffix } from "./scan.ts";

const CODES: Code[] = ["GENE", "CGYRO", "GS2", "GX", "TGLF"];

/** The two classics in all five codes: twins that agree within a few per cent. */
export function referenceCases(): Case[] {
  return [
    ...CODES.map(cyclone),
    ...CODES.map(gaStandard),
    ...cycloneGradients(),
    ...adiabatic(),
    convergence(),
  ];
}

/** One of them from before August 2025, when confidence went from 1 to 10. */
const CYCLONE_UPLOADS = [
  { at: "2025-10-02T14:20:00Z", confidence: 2 },
  { at: "2025-11-03T14:20:00Z", confidence: 2 },
  { at: "2025-02-11T14:20:00Z", confidence: 7 },
  { at: "2025-12-05T14:20:00Z", confidence: "1" },
  { at: "2026-01-06T14:20:00Z", confidence: 0 },
];

function cyclone(code: Code, i: number): Case {
  return {
    code,
    kind: "linear",
    name: `cbc_${code.toLowerCase()}_ky`,
    user: "demo_cyclone",
    uploaded: CYCLONE_UPLOADS[i]!.at,
    keywords: "CBC, ITG, benchmark, ky scan",
    comments: "Cyclone base case, kinetic electrons, electrostatic",
    confidence: CYCLONE_UPLOADS[i]!.confidence,
    device: "cyclone",
    runs: kyScan(code, plasma(CBC), KY.slice(0, 11)),
  };
}

function gaStandard(code: Code, i: number): Case {
  return {
    code,
    kind: "linear",
    name: `ga_std_${code.toLowerCase()}_ky`,
    user: "demo_ga",
    uploaded: `2026-0${i + 1}-1${i}T09:05:00Z`,
    keywords: "GA-std, ITG, TEM, benchmark, ky scan",
    comments: "GA standard case, kinetic electrons, electrostatic",
    confidence: [1, 3, 1, 0, 1][i]!,
    platform: code === "GX" ? "perlmutter-gpu" : "perlmutter",
    runs: kyScan(code, plasma(GA_STD), KY.slice(0, 11)),
  };
}

function cycloneGradients(): Case[] {
  // Flat electrons: no trapped electron mode hides the threshold.
  const base = plasma({ ...CBC, RLTe: 2.5 });
  return (["GENE", "CGYRO", "TGLF"] as const).map((code, i) => ({
    code,
    kind: "linear",
    name: `cbc_${code.toLowerCase()}_RLTi`,
    user: "demo_cyclone",
    uploaded: `2025-${["03", "11", "12"][i]}-20T16:00:00Z`,
    keywords: "CBC, ITG, R/L_T scan, critical gradient",
    comments: "R/L_Ti scan at k_y rho_s = 0.3 through the linear threshold",
    confidence: [8, 2, 2][i]!,
    device: "cyclone",
    runs: scan(
      { code, label: "RLTi", values: steps(2, 10, 9), digits: 1 },
      (RLTi) => withGradients(base, { RLTi }),
    ),
  }));
}

function adiabatic(): Case[] {
  return (["GENE", "GS2"] as const).map((code, i) => ({
    code,
    kind: "linear",
    name: `cbc_${code.toLowerCase()}_adiabatic`,
    user: "demo_cyclone",
    uploaded: `2026-02-0${i + 3}T11:30:00Z`,
    keywords: "CBC, ITG, adiabatic electrons",
    comments: "Cyclone base case with adiabatic electrons, one kinetic species",
    confidence: 1,
    device: "cyclone",
    runs: kyScan(
      code,
      plasma({ ...CBC, adiabatic: "electrons" }),
      KY.slice(1, 9),
    ),
  }));
}

/** The same physics on finer and finer grids. */
function convergence(): Case {
  const grids = [{ nz: 16, nv: 24 }, { nz: 24, nv: 32 }, { nz: 32, nv: 48 }, {
    nz: 48,
    nv: 64,
  }];
  return {
    code: "GENE",
    kind: "linear",
    name: "cbc_gene_convergence",
    user: "demo_cyclone",
    uploaded: "2026-03-03T08:00:00Z",
    keywords: "CBC, convergence test",
    comments:
      "convergence in nz0 and nv0 tested, growth rate changes by less than 2 %",
    confidence: 3,
    device: "cyclone",
    runs: grids.map((resolution, i) => ({
      suffix: suffix("GENE", i, ""),
      plasma: plasma(CBC),
      ky: [0.3],
      resolution,
    })),
  };
}
