import type { Case, CaseRun } from "../case.ts";
import { peakGrowth } from "../linear_models.ts";
import { plasma, withGradients } from "../plasma.ts";
import { CARBON, CBC, ETG_CASE, GA_STD, MTM_CASE, SHAPED } from "./plasmas.ts";
import { KY_BOX, scan, steps, suffix } from "./scan.ts";

/** Saturated turbulence: Dimits shift, ExB shear, beta, electron scales, and two records that look wrong. */
export function nonlinearCases(): Case[] {
  return [
    dimits(),
    cycloneKinetic(),
    exbScan(),
    gaGene(),
    gxScan(),
    carbon(),
    other(),
    ...quasilinear(),
  ];
}

const nonlinear = {
  kind: "nonlinear" as const,
  user: "demo_turbulence",
  confidence: 1,
};

/** Adiabatic electrons: nothing survives below R/L_T = 6 although the ITG grows above 3.5. */
function dimits(): Case {
  const base = plasma({ ...CBC, adiabatic: "electrons" });
  const runs = scan({
    code: "GENE",
    label: "RLTi",
    values: [4.5, 5.3, 5.9, 6.3, 6.9, 8, 10, 12],
    digits: 1,
    ky: KY_BOX,
  }, (RLTi) => withGradients(base, { RLTi }));
  return {
    ...nonlinear,
    code: "GENE",
    name: "dimits_gene",
    uploaded: "2025-10-12T22:00:00Z",
    keywords: "nonlinear, CBC, ITG, Dimits shift, adiabatic electrons",
    comments: "heat flux against R/L_Ti, zero below the nonlinear threshold",
    confidence: 2,
    device: "cyclone",
    runs: runs.map((run, i) => ({ ...run, large: i === 4 })),
  };
}

function cycloneKinetic(): Case {
  const base = plasma(CBC);
  const runs = scan({
    code: "CGYRO",
    label: "RLTi",
    values: [5, 6.2, 6.9, 8, 10],
    digits: 1,
    ky: KY_BOX,
  }, (RLTi) => withGradients(base, { RLTi, RLTe: RLTi }));
  return {
    ...nonlinear,
    code: "CGYRO",
    name: "cbc_cgyro_nl",
    uploaded: "2025-11-25T03:00:00Z",
    keywords: "nonlinear, CBC, ITG",
    comments: "kinetic electrons, fluxes level off",
    device: "cyclone",
    shared: {
      filename: "README.txt",
      text:
        "Analytic demo: one R/L_Ti scan, kinetic electrons, k_y rho_s up to 0.75.\n",
    },
    runs: runs.map((run, i) => ({ ...run, large: i === 2 })),
  };
}

/** gamma_E from 0 to 1.4 times the linear growth rate: quenched in the end. */
function exbScan(): Case {
  const base = plasma(GA_STD);
  const growth = peakGrowth(base);
  return {
    ...nonlinear,
    code: "CGYRO",
    name: "ga_std_cgyro_exb",
    uploaded: "2026-01-08T02:00:00Z",
    keywords: "nonlinear, GA-std, ITG, ExB shear",
    comments:
      "flow shear scan, quenched above about 1.25 times the growth rate",
    confidence: 2,
    runs: scan(
      {
        code: "CGYRO",
        label: "gammaE",
        values: [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4],
        ky: KY_BOX,
      },
      (ratio) =>
        plasma({ ...GA_STD, gammaE: ratio * growth, rotation: 0.1 * ratio }),
    ),
  };
}

function gaGene(): Case {
  const runs = scan({
    code: "GENE",
    label: "betae",
    values: [0.0005, 0.001, 0.002, 0.003, 0.004],
    ky: KY_BOX,
  }, (betaE) => plasma({ ...GA_STD, betaE, fields: 2 }));
  return {
    ...nonlinear,
    code: "GENE",
    name: "ga_std_gene_beta_nl",
    uploaded: "2026-02-22T02:00:00Z",
    keywords: "nonlinear, GA-std, ITG, beta scan, electromagnetic",
    comments: "GENE stores traces, its k_y spectrum is in the diagnostics",
    runs: runs.map((run, i) => ({ ...run, large: i === 0 })),
  };
}

function gxScan(): Case {
  const base = plasma(GA_STD);
  return {
    ...nonlinear,
    code: "GX",
    name: "ga_std_gx_nl",
    uploaded: "2026-03-15T02:00:00Z",
    keywords: "nonlinear, GA-std, ITG, gpu",
    comments: "arrays keep a k_x axis, to be summed",
    platform: "perlmutter-gpu",
    runs: scan({
      code: "GX",
      label: "RLTi",
      values: [6.5, 7.5, 9, 11],
      digits: 1,
      ky: KY_BOX,
    }, (RLTi) => withGradients(base, { RLTi }))
      .map((run) => ({ ...run, points: 400 })),
  };
}

function carbon(): Case {
  return {
    ...nonlinear,
    code: "CGYRO",
    name: "carbon_cgyro_nl",
    uploaded: "2026-04-10T02:00:00Z",
    keywords: "nonlinear, ITG, impurity, carbon",
    comments: "three kinetic species",
    device: "diiid",
    scenario: "demo.1500ms",
    workflow: "smarts",
    runs: scan({
      code: "CGYRO",
      label: "zeff",
      values: [1.5, 2, 2.5],
      digits: 1,
      ky: KY_BOX,
    }, (Zeff) => plasma({ ...GA_STD, impurity: { ...CARBON, Zeff } })),
  };
}

/** Single runs, each with something to notice. */
function other(): Case {
  const run = (
    name: string,
    rest: Omit<CaseRun, "suffix" | "ky"> & { ky?: number[] },
  ): CaseRun => ({ suffix: name, ky: KY_BOX, ...rest });
  const etgBox = steps(0, 60, 16);
  return {
    ...nonlinear,
    code: "CGYRO",
    name: "single_cgyro_nl",
    uploaded: "2026-04-18T02:00:00Z",
    keywords: "nonlinear",
    comments: "single runs",
    confidence: 0,
    runs: [
      run("drifting", {
        plasma: plasma(GA_STD),
        drift: true,
        comments: "the flux still climbs: run longer",
      }),
      run("pile_up", {
        plasma: plasma({ ...GA_STD, RLTi: 10 }),
        pileUp: true,
        comments: "flux piles up at the largest k_y",
      }),
      run("etg", {
        plasma: plasma(ETG_CASE),
        mode: "ETG",
        flux: 0.4,
        ky: etgBox,
        comments: "electron-scale turbulence",
      }),
      run("mtm", {
        plasma: plasma(MTM_CASE),
        mode: "MTM",
        flux: 2.1,
        comments: "microtearing turbulence, heat flux magnetic",
      }),
      run("shaped", {
        plasma: plasma({ ...SHAPED, fields: 3 }),
        large: true,
        comments: "phi, A_parallel and B_parallel",
      }),
    ],
  };
}

/** TGLF's transport model: spectra without time; one lies in the wrong collection. */
function quasilinear(): Case[] {
  const growth = peakGrowth(plasma(GA_STD));
  const ky = steps(0.05, 1, 20);
  const common = {
    code: "TGLF" as const,
    kind: "quasilinear" as const,
    user: "demo_ga",
    confidence: 1,
    workflow: "smarts",
  };
  return [{
    ...common,
    name: "ga_std_tglf_exb",
    uploaded: "2026-02-27T04:00:00Z",
    keywords: "TGLF, quasilinear, GA-std, ExB shear",
    comments: "transport model, flow shear scan",
    shared: {
      filename: "pyroscan.json",
      text:
        '{"note": "analytic demo", "parameter_dict": {"gamma_exb": [0, 0.1, 0.2, 0.3, 0.4]}}\n',
    },
    runs: scan({
      code: "TGLF",
      label: "gamma_exb",
      values: [0, 0.1, 0.2, 0.3, 0.4],
      digits: 4,
      ky,
    }, (ratio) => plasma({ ...GA_STD, gammaE: ratio * growth })),
  }, {
    ...common,
    misfiled: true,
    name: "linear_folder_tglf_transport",
    uploaded: "2026-03-01T04:00:00Z",
    keywords: "TGLF, quasilinear, CBC",
    comments: "transport run that lies in the linear collection",
    device: "cyclone",
    runs: [{ suffix: suffix("TGLF", 0, "transport"), plasma: plasma(CBC), ky }],
  }];
}
