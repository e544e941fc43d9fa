import type { Case } from "../case.ts";
import { plasma, withGradients } from "../plasma.ts";
import { CBC, ETG_CASE, GA_STD, MTM_CASE, TEM_CASE } from "./plasmas.ts";
import { kyScan, scan, steps } from "./scan.ts";

/** Scans that go from one drive to another: TEM, beta and KBM, ETG, MTM. */
export function driveCases(): Case[] {
  return [
    temGradient(),
    temDensity(),
    ...betaScans(),
    ...etg(),
    ...mtm(),
    shear(),
  ];
}

const linear = { kind: "linear" as const, user: "demo_drives" };

function temGradient(): Case {
  const base = plasma(TEM_CASE);
  const values = steps(2, 14, 9);
  return {
    ...linear,
    code: "CGYRO",
    name: "tem_cgyro_RLTe",
    uploaded: "2025-11-11T10:00:00Z",
    keywords: "TEM, R/L_Te scan, critical gradient",
    comments: "electron temperature gradient scan across the TEM threshold",
    confidence: 1,
    runs: scan(
      { code: "CGYRO", label: "RLTe", values, digits: 1, ky: [0.5] },
      (RLTe) => withGradients(base, { RLTe }),
    ),
  };
}

function temDensity(): Case {
  const base = plasma(TEM_CASE);
  return {
    ...linear,
    code: "GENE",
    name: "tem_gene_RLn",
    uploaded: "2025-11-18T10:00:00Z",
    keywords: "TEM, R/L_n scan",
    comments: "density gradient scan, trapped electron modes",
    confidence: 2,
    runs: scan({
      code: "GENE",
      label: "RLn",
      values: steps(0.5, 5, 8),
      ky: [0.6],
    }, (RLn) => withGradients(base, { RLn })),
  };
}

/** ITG, weakened by beta, then the KBM above its critical beta. */
function betaScans(): Case[] {
  const values = {
    GENE: steps(0.0005, 0.02, 10),
    CGYRO: steps(0.0005, 0.011, 9),
    TGLF: steps(0.0005, 0.011, 9),
  };
  return (["GENE", "CGYRO", "TGLF"] as const).map((code, i) => {
    const base = code === "GENE" ? CBC : GA_STD;
    return {
      ...linear,
      code,
      name: `beta_${code.toLowerCase()}_${code === "GENE" ? "cbc" : "ga_std"}`,
      uploaded: `2026-01-2${i}T12:45:00Z`,
      keywords: `${
        code === "GENE" ? "CBC" : "GA-std"
      }, ITG, KBM, beta scan, electromagnetic`,
      comments: "beta scan at k_y rho_s = 0.3, from ITG to KBM",
      confidence: 1,
      device: code === "GENE" ? "cyclone" : undefined,
      runs: scan(
        { code, label: "betae", values: values[code], digits: 4 },
        (betaE) => plasma({ ...base, betaE, fields: 2 }),
      ),
    };
  });
}

/** Adiabatic ions are GENE's; CGYRO keeps them kinetic. */
function etg(): Case[] {
  const spectrum = plasma({ ...ETG_CASE, adiabatic: "ions" });
  return [
    {
      ...linear,
      code: "GENE",
      name: "etg_gene_ky",
      uploaded: "2025-12-05T18:10:00Z",
      keywords: "ETG, ky scan, electron scale",
      comments: "electron-scale spectrum, adiabatic ions, one kinetic species",
      confidence: 1,
      runs: kyScan("GENE", spectrum, [5, 8, 12, 16, 20, 25, 32, 40, 50, 60]),
    },
    {
      ...linear,
      code: "CGYRO",
      name: "etg_cgyro_RLTe",
      uploaded: "2025-12-09T18:10:00Z",
      keywords: "ETG, R/L_Te scan, electron scale, critical gradient",
      comments: "electron temperature gradient scan at k_y rho_s = 20",
      confidence: 1,
      runs: scan(
        {
          code: "CGYRO",
          label: "RLTe",
          values: steps(3, 12, 8),
          digits: 1,
          ky: [20],
        },
        (RLTe) => withGradients(plasma(ETG_CASE), { RLTe }),
      ),
    },
  ];
}

function mtm(): Case[] {
  const ky = [0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3];
  const common = {
    ...linear,
    user: "demo_st",
    confidence: 2,
    device: "spherical tokamak (demo)",
  };
  return [
    {
      ...common,
      code: "GS2",
      name: "mtm_gs2_ky",
      uploaded: "2026-02-14T07:00:00Z",
      keywords: "MTM, microtearing, ky scan, electromagnetic",
      comments:
        "microtearing spectrum, A_parallel even about the outboard midplane",
      runs: kyScan("GS2", plasma(MTM_CASE), ky),
    },
    {
      ...common,
      code: "GENE",
      name: "mtm_gene_beta",
      uploaded: "2026-02-16T07:00:00Z",
      keywords: "MTM, microtearing, beta scan, electromagnetic",
      comments: "microtearing drive against beta, none below 0.3 %",
      runs: scan(
        {
          code: "GENE",
          label: "betae",
          values: steps(0.001, 0.019, 9),
          digits: 4,
          ky: [0.1],
        },
        (betaE) => plasma({ ...MTM_CASE, betaE }),
      ),
    },
    {
      ...common,
      code: "CGYRO",
      name: "mtm_cgyro_nu",
      uploaded: "2026-02-18T07:00:00Z",
      keywords: "MTM, microtearing, collisionality scan, electromagnetic",
      comments:
        "microtearing against collisionality: strongest where nu_ei is near the frequency",
      runs: scan(
        {
          code: "CGYRO",
          label: "nuee",
          values: [0.01, 0.03, 0.1, 0.2, 0.4, 0.6, 0.8, 1],
          ky: [0.1],
        },
        (nuEe) => plasma({ ...MTM_CASE, nuEe }),
      ),
    },
  ];
}

function shear(): Case {
  return {
    ...linear,
    code: "CGYRO",
    name: "cbc_cgyro_shear",
    uploaded: "2025-10-30T13:00:00Z",
    keywords: "CBC, ITG, magnetic shear scan",
    comments: "magnetic shear from slightly reversed to strong",
    confidence: 1,
    device: "cyclone",
    runs: scan({
      code: "CGYRO",
      label: "shat",
      values: [-0.2, 0.1, 0.4, 0.8, 1.2, 1.8, 2.4, 3],
    }, (s) => plasma({ ...CBC, shear: s })),
  };
}
