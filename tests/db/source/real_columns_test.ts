import { expect } from "expect";
import { columnValues, PUBLIC_COLUMNS } from "../../../physics/columns.ts";
import {
  COLLECTION_NAMES,
  readSimulation,
} from "../../../db/source/simulation.ts";
import { expectColumns } from "../../physics/expect_columns.ts";
import { hasSharedDocuments, sharedDocuments } from "./shared_documents.ts";

type Row = Record<string, unknown>;

/** Public columns of which the Python script says nothing: id is the catalogue's, files are in GridFS (sync_trouble_test.ts). */
const NOT_WORKED_OUT = [
  "id",
  "mode",
  "saturated",
  "has",
  "n_files",
  "n_missing",
  "bytes",
];
const RELATIVE = 1e-9;

Deno.test({
  name:
    "every column of every real document is what a script that shares no line with it works out",
  ignore: !hasSharedDocuments(),
  fn: async () => {
    const wanted = await workedOut();
    const got = await realRows();
    expect([...got.keys()].sort()).toEqual(Object.keys(wanted).sort());
    const different: unknown[] = [];
    for (const [id, want] of Object.entries(wanted)) {
      const public_ = PUBLIC_COLUMNS.map((c) => c.key);
      expect(public_.filter((k) => !(k in want))).toEqual(NOT_WORKED_OUT);
      for (const [key, value] of Object.entries(want)) {
        const found = got.get(id)![key];
        if (!isSame(value, found)) different.push([id, key, value, found]);
      }
    }
    expect(different).toEqual([]);
  },
});

/** One run per code and layout: stored figures, and what follows from them by hand. */
const BY_HAND: Record<string, Row> = {
  // GENE, old layout. q = 2, r/R0 = 0.2, minor_r/major_R = 1/3, R/L_T = 9, R/L_n = 3, k_y = 0.0829244986, gamma = 3.92020738.
  "old/CBC_linear _0001": {
    layout: "gkdb",
    a_over_R: 1 / 3,
    nu_ee: 0.21207788716338732, // 0.016876622031269155 x 4 pi
    nu_star_e: 0.0782747870059587, // 0.2120778872 x 2 x sqrt(2.72447578e-4)/0.1999999911^1.5 = 0.4241557743 x 0.0165059861/0.0894427136
    gamma_over_ky2: 570.0898826583, // 3.92020737967532/0.0829244985710231^2
    implausible: true, // 3 x 0.0829244986/2 x 12 = 1.4926 < |omega| = 25.9
    mode: "unclear",
    ql_em_share: 0,
    ql_Qi_Qe: 0.03115758261738881 / 0.030550906581793654,
    ql_Ge_Qe: 0.01091935703397627 / 0.030550906581793654,
    has: ["diagnostics", "mode_structure"],
  },
  // GENE nonlinear, old layout: neither fluxes nor a growth rate, six stored pictures.
  "old/nonlin_kinetic_b _0001": {
    layout: "gkdb",
    kind: "nonlinear",
    fields: "phi+A",
    eta_e: 1.875, // 4.5/2.4
    gamma: null,
    mode: null,
    Q_i: null,
    t_end: null,
    saturated: "unknown",
    has: ["plots", "diagnostics", "mode_structure"],
  },
  // GENE: weights of one electrostatic mode, ion first.
  "CBC_miller/linear_em _0001": {
    nu_star_e: 0.0782754835693, // 0.212079390606 x 2 x sqrt(2.724486e-4)/0.2^1.5 = 0.4241587812 x 0.0165060171/0.0894427191
    convergence: "no", // 0.87
    implausible: true, // 3 x 0.0829243436/2 x 12 = 1.4926 < |omega| = 19.4
    direction: "electron",
    mode: "unclear",
    ql_Qi_Qe: 0.012589210556728195 / 0.012344083312884632,
    ql_Ge_Qe: 0.004411962459760904 / 0.012344083312884632,
  },
  // GENE nonlinear, ion first: Q = phi + A.
  "gene/nonlin_kinetic _0001": {
    Q_i: 1308.3375674146342, // 1311.0714317353188 - 2.733864320684549
    Q_i_main: 1308.3375674146342,
    Q_e: 370.2343980646024, // 375.5280066108518 - 5.293608546249382
    G_e: 110.23539955196079, // 110.93241089892165 - 0.6970113469608689
    em_share: 0.00473701486375, // 8.027472866933931/(1686.5994383461706 + 8.027472866933931)
    saturated: "unknown", // 15 of the 28 points are in the last half
    n_ky: 4, // 0 among them
    n_kx: 24,
    t_end: 26.398653164297773,
    has: ["diagnostics", "time_trace"],
  },
  // CGYRO under the names of before the migration: negative growth rate, not settled (0.48).
  "old/cgyro_single_linear ": {
    layout: "imas",
    stability: "unknown",
    convergence: "no",
    implausible: true, // 3 x 0.0829159731/2 x 12 = 1.4925 < |gamma| = 2.208
    mode: null,
    gamma_over_ky2: -321.149905499, // -2.20792441597/0.0829159730596^2
    confidence: null,
    confidence_raw: "8",
    confidence_scale: "1-10",
  },
  // CGYRO: KY 0.14 is k_y = 0.1658; R0/a = 3; tolerance NaN; electron and ion weights below 0.
  "USER/cgyro_ky_scan_v1 ky_0.14": {
    ky_input: 0.14,
    convergence: "unknown",
    gamma_over_ky2: 12.6789042808, // 0.34874324101/0.165848687173^2
    ql_Qi_Qe: 0.16371673883099896 / 0.08287355106608084,
    ql_Ge_Qe: 0.0026231438396303788 / 0.08287355106608084, // both below 0
    mode: "ITG", // electrostatic, ion direction
  },
  // CGYRO nonlinear with adiabatic electrons: 61 points in the last half, its quarters 71.6194 and 103.1667.
  "cgyro_nl/cbc_adiabatic ": {
    eta_i: 3.5, // 10.5/3
    em_share: 0,
    Q_e: null,
    Q_i: 87.65161277724384, // the mean of the last half
    saturated: "no", // 31.5 > max(0.2 x 87.65 = 17.5, 2 x 9.528); 22 autocorrelation times
    has: ["time_trace", "spectrum"],
  },
  // TGLF, electrons first.
  "tglf/ky_scan_ES ky_0.20": {
    ky_input: 0.2,
    gamma_over_ky2: 8.72195949059, // 0.489600735294/0.236926695962^2
    convergence: "solver",
    ql_Qi_Qe: null, // linear TGLF stores no weights
    mode: "ITG",
    nx: null,
    nz: 24, // NXGRID
    nv: 4, // NBASIS_MAX
  },
  // omega over (k_y/2) x 12 is 0.478/2.132 = 0.22, 0.556/2.132 = 0.26 and 1.623/2.132 = 0.76: the mode changes at the last.
  "tglf/beta_scan_EM betae_0.0010": { mode: "ITG" },
  "tglf/beta_scan_EM betae_0.0030": { mode: "ITG" },
  "tglf/beta_scan_EM betae_0.0060": { mode: "KBM" },
  // TGLF's transport model, electrons first: Q = phi + A + B.
  "tglf/TGLF_transport_case TGLF_transport": {
    kind: "quasilinear",
    collection: "nonlinear",
    Q_e: 85.45858926598286, // 111.4378219128662 - 25.979232646883343
    Q_i: 223.21666054265268, // 228.94574934643154 - 5.729088803778867
    G_e: 18.8551065788, // 20.34847564119975 - 1.7005801172639463 + 0.2072110548403568
    em_share: 0.0852163728151, // 31.70832145066221/(340.38357125929774 + 31.70832145066221)
    saturated: "not applicable",
    has: ["spectrum"],
  },
  // VEXB_SHEAR = 0.3 in c_s/a: x (R0/a = 3)/sqrt(2).
  "USER/tglf_exb_scan gamma_exb_0.3000": { gamma_E: 0.6363961030678928 },
  // GS2: aky = 0.7 sqrt(2)/10.
  "GS2/GS2_linear run1_template": {
    ky_input: 0.09899494936611665,
    geometry: "miller",
    gamma_over_ky2: 11.7225541769, // 0.0806095196798/0.0829243435865^2
    ql_Qi_Qe: 0.12749948288412935 / 0.030319248422894074,
    ql_Ge_Qe: 0.006553971912014832 / 0.030319248422894074,
    mode: "ITG",
  },
  // GX: the second wavevector, since k_y = 0 is the first. Weights phi, A, B of ion and electron:
  // 0.0280221201 - 0.0044537349 - 0.0001147393 = 0.0234536459 and 0.0568947986 + 0.7655493276 - 0.000600619 = 0.8218435073.
  "GX/GX_linear run1": {
    ky: 0.12165045935088617,
    ky_input: null,
    n_ky: 2,
    alpha_MHD: 1.44, // 2^2 x 0.36
    eta_i: 6, // 9/1.5
    nu_star_e: 0.145550453108, // 0.3 x 2 x sqrt(2.7244e-4)/(1/6)^1.5 = 0.6 x 0.0165057566/0.0680413817
    ql_em_share: 0.900616187282, // (0.0045684742 + 0.7649487087)/(0.0849169187 + 0.7695171829)
    ql_Qi_Qe: 0.028537848985, // 0.0234536459/0.8218435073
    ql_Ge_Qe: 0.0101285766489, // (0.0098541816 - 0.0013906006 - 0.0001394761)/0.8218435073
    direction: "electron", // 0.00553 > 0.1 x 0.0531
    mode: "MTM", // electron direction, most heat by the magnetic field
    fields: "phi+A+B",
  },
};

Deno.test({
  name:
    "one run per code and layout has the numbers and words worked out by hand",
  ignore: !hasSharedDocuments(),
  fn: async () => {
    const rows = [...(await realRows()).values()];
    for (const [name, wanted] of Object.entries(BY_HAND)) {
      const row = rows.filter((r) => `${r.folder} ${r.suffix}` === name);
      expect([name, row.length]).toEqual([name, 1]);
      expectColumns(row[0]!, wanted);
    }
  },
});

/** What the catalogue would hold of each document, by its id. */
async function realRows(): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (const collection of COLLECTION_NAMES) {
    for (const document of await sharedDocuments("real", collection)) {
      const { id, simulation } = readSimulation(
        document,
        collection,
        Object.keys(document.Plots ?? {}),
      );
      rows.set(id, { source_id: id, ...columnValues(simulation!) });
    }
  }
  return rows;
}

async function workedOut(): Promise<Record<string, Row>> {
  const { success, stdout, stderr } = await new Deno.Command("python3", {
    args: [
      "-B",
      new URL("worked_out.py", import.meta.url).pathname,
      new URL("../../../../shared/data/real", import.meta.url).pathname,
    ],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

function isSame(a: unknown, b: unknown): boolean {
  return typeof a === "number" && typeof b === "number"
    ? Math.abs(a - b) <= RELATIVE * Math.abs(a) + 1e-15
    : JSON.stringify(a) === JSON.stringify(b);
}
