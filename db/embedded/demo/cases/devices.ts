import type { Case } from "../case.ts";
import { plasma, withGradients } from "../plasma.ts";
import { CARBON, GA_STD, pedestal, REVERSED, SHAPED } from "./plasmas.ts";
import { KY, kyScan, scan, steps } from "./scan.ts";

/** Cases with the look of an experiment: shape, impurities, fast ions, pedestal, reversed current. */
export function deviceCases(): Case[] {
  return [
    ...shaped(),
    ...impurity(),
    fastIons(),
    ...reversed(),
    ...pedestals(),
    tglfSpectra(),
  ];
}

function shaped(): Case[] {
  const common = {
    code: "GENE" as const,
    kind: "linear" as const,
    user: "demo_jet",
    device: "jet",
    scenario: "demo.52300ms",
    workflow: "portals",
    platform: "marconi",
  };
  return [{
    ...common,
    name: "jet_gene_ky",
    uploaded: "2025-09-02T15:15:00Z",
    keywords: "ITG, shaped, electromagnetic, ky scan",
    comments: "elongated and triangular surface, kappa 1.6",
    confidence: 1,
    runs: kyScan("GENE", plasma(SHAPED), KY.slice(0, 11)),
  }, {
    ...common,
    name: "jet_gene_kappa",
    uploaded: "2025-09-04T15:15:00Z",
    keywords: "ITG, elongation scan",
    comments: "elongation from 1 to 2, rising outwards",
    confidence: "1",
    runs: scan({
      code: "GENE",
      label: "kappa",
      values: steps(1, 2, 6),
      digits: 1,
    }, (kappa) => plasma({ ...SHAPED, kappa, sKappa: 0.5 * (kappa - 1) })),
  }];
}

function impurity(): Case[] {
  const carbon = (Zeff: number) =>
    plasma({ ...GA_STD, impurity: { ...CARBON, Zeff }, TiTe: 1.1 });
  const common = {
    code: "CGYRO" as const,
    kind: "linear" as const,
    user: "demo_diiid",
    device: "diiid",
    scenario: "demo.1500ms",
    workflow: "smarts",
    confidence: 1,
  };
  return [{
    ...common,
    name: "carbon_cgyro_zeff",
    uploaded: "2026-03-10T20:00:00Z",
    keywords: "ITG, impurity, carbon, Z_eff scan",
    comments: "deuterium, carbon and electrons; dilution weakens the drive",
    runs: scan({
      code: "CGYRO",
      label: "zeff",
      values: steps(1.2, 3, 7),
      digits: 1,
    }, carbon),
  }, {
    ...common,
    name: "carbon_cgyro_ky",
    uploaded: "2026-03-12T20:00:00Z",
    keywords: "ITG, impurity, carbon, ky scan",
    comments: "deuterium, carbon and electrons, Z_eff = 2",
    runs: kyScan("CGYRO", carbon(2), KY.slice(0, 10)),
  }];
}

function fastIons(): Case {
  return {
    code: "GENE",
    kind: "linear",
    name: "fast_ions_gene",
    user: "demo_jet",
    uploaded: "2026-03-20T06:30:00Z",
    keywords: "ITG, fast ions, NBI, electromagnetic",
    comments: "hot deuterium minority from 1 to 15 % of the electrons",
    confidence: 2,
    device: "jet",
    scenario: "demo.48100ms",
    runs: scan(
      { code: "GENE", label: "nfast", values: steps(0.01, 0.15, 7) },
      (n) => plasma({ ...SHAPED, fast: { n, T: 11, RLn: 9, RLT: 2 } }),
    ),
  };
}

function reversed(): Case[] {
  const base = plasma(REVERSED);
  const common = {
    code: "CGYRO" as const,
    kind: "linear" as const,
    user: "demo_diiid",
    device: "diiid",
    scenario: "demo.3100ms",
    confidence: 0,
  };
  return [{
    ...common,
    name: "reversed_cgyro_ky",
    uploaded: "2025-08-20T21:00:00Z",
    keywords: "ITG, negative q, ky scan",
    comments:
      "plasma current against the field: q and k_y are stored with a minus sign",
    runs: kyScan("CGYRO", base, KY.slice(0, 11)),
  }, {
    ...common,
    name: "reversed_cgyro_RLTi",
    uploaded: "2025-08-21T21:00:00Z",
    keywords: "ITG, negative q, R/L_Ti scan",
    comments: "ion temperature gradient scan with q below 0",
    runs: scan({
      code: "CGYRO",
      label: "RLTi",
      values: steps(2, 16, 8),
      digits: 1,
    }, (RLTi) => withGradients(base, { RLTi })),
  }];
}

function pedestals(): Case[] {
  return [{
    code: "GENE",
    kind: "linear",
    name: "pedestal_gene_ky",
    user: "demo_pedestal",
    uploaded: "2026-04-01T04:00:00Z",
    keywords: "pedestal, TEM, electromagnetic, ky scan",
    comments: "mid pedestal, R/L_Te = 180",
    confidence: 0,
    device: "diiid",
    scenario: "demo.3900ms",
    runs: kyScan("GENE", pedestal(180), KY.slice(0, 10)),
  }, {
    code: "GENE",
    kind: "linear",
    name: "pedestal_gene_RLTe",
    user: "demo_pedestal",
    uploaded: "2026-04-03T04:00:00Z",
    keywords: "pedestal, gradient scan",
    comments: "gradients from the pedestal top to its steepest part",
    confidence: 0,
    device: "diiid",
    scenario: "demo.3900ms",
    runs: scan({
      code: "GENE",
      label: "RLTe",
      values: [50, 80, 120, 170, 230, 300, 350, 400],
      digits: 0,
      ky: [0.4],
    }, pedestal),
  }];
}

/** Documents with a whole k_y grid and two modes per k_y. */
function tglfSpectra(): Case {
  const base = plasma(GA_STD);
  return {
    code: "TGLF",
    kind: "linear",
    name: "ga_std_tglf_spectra",
    user: "demo_ga",
    uploaded: "2025-07-07T10:10:00Z",
    keywords: "GA-std, TGLF, spectrum, two modes",
    comments: "one document per gradient, twelve k_y in each",
    confidence: 6,
    shared: {
      filename: "pyroscan.json",
      text:
        '{"note": "analytic demo", "parameter_dict": {"RLTi": [4, 6, 8, 10, 12]}}\n',
    },
    runs: scan({
      code: "TGLF",
      label: "RLTi",
      values: [4, 6, 8, 10, 12],
      digits: 1,
      ky: steps(0.1, 1.2, 12),
    }, (RLTi) => withGradients(base, { RLTi })),
  };
}
