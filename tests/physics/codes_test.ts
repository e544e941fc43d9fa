import { expect } from "expect";
import {
  imasContent,
  imasDocument,
  imasSpecies,
} from "../db/source/make_document.ts";
import { columnsOf, expectColumns } from "./expect_columns.ts";
import { oldDocument } from "./hand_worked_documents.ts";

/** What each code calls what: an input file as the converter keeps it, and the columns that are told from it. */
const CODES: Record<
  string,
  { input: string; wanted: Record<string, unknown> }
> = {
  GENE: {
    input:
      "<box><nx0>13</nx0><nky0>1</nky0><nz0>24</nz0><nv0>16</nv0><nw0>8</nw0><kymin>0.07</kymin></box>" +
      "<geometry><magn_geometry>'s_alpha'</magn_geometry><major_R>3.0</major_R><minor_r>1.2</minor_r><trpeps>0.2</trpeps></geometry>",
    wanted: {
      ky_input: 0.07,
      nx: 13,
      nky: 1,
      nz: 24,
      nv: 16,
      nw: 8,
      a_over_R: 0.4, // 1.2/3
      geometry: "s-alpha",
    },
  },
  CGYRO: {
    input:
      "<KY>0.14</KY><RMAJ>2.5</RMAJ><EQUILIBRIUM_MODEL>2</EQUILIBRIUM_MODEL>" +
      "<N_RADIAL>4</N_RADIAL><N_TOROIDAL>1</N_TOROIDAL><N_THETA>24</N_THETA><N_XI>16</N_XI><N_ENERGY>8</N_ENERGY>",
    wanted: {
      ky_input: 0.14,
      nx: 4,
      nky: 1,
      nz: 24,
      nv: 16,
      nw: 8,
      a_over_R: 0.4, // 1/2.5
      geometry: "miller",
    },
  },
  TGLF: {
    input:
      "<KY>0.3</KY><RMAJ_LOC>3.2</RMAJ_LOC><GEOMETRY_FLAG>0</GEOMETRY_FLAG><NKY>12</NKY><NXGRID>16</NXGRID><NBASIS_MAX>4</NBASIS_MAX>",
    wanted: {
      ky_input: 0.3,
      nx: null,
      nky: 12,
      nz: 16,
      nv: 4,
      nw: null,
      a_over_R: 0.3125, // 1/3.2
      geometry: "s-alpha",
    },
  },
  GS2: {
    input:
      "<kt_grids_single_parameters><aky>0.2d0</aky></kt_grids_single_parameters><kt_grids_box><nx>1</nx><naky>3</naky></kt_grids_box>" +
      "<theta_grid><ntheta>32</ntheta><rmaj>2.0</rmaj></theta_grid><theta_grid_eik_knobs><local_eq>.true.</local_eq></theta_grid_eik_knobs>" +
      "<le_grids_knobs><ngauss>8</ngauss><negrid>12</negrid></le_grids_knobs>",
    wanted: {
      ky_input: 0.2, // Fortran's 0.2d0
      nx: 1,
      nky: 3,
      nz: 32,
      nv: 8,
      nw: 12,
      a_over_R: 0.5, // 1/2
      geometry: "miller",
    },
  },
  GX: {
    input:
      "<Dimensions><ntheta>24</ntheta><nkx>1</nkx><nky>2</nky><nhermite>16</nhermite><nlaguerre>6</nlaguerre></Dimensions>" +
      "<Domain><y0>10.0</y0></Domain><Geometry><geo_option>s-alpha</geo_option><Rmaj>4.0</Rmaj></Geometry>",
    wanted: {
      ky_input: null, // y0 is the size of a box
      nx: 1,
      nky: 2,
      nz: 24,
      nv: 16,
      nw: 6,
      a_over_R: 0.25, // 1/4
      geometry: "s-alpha",
    },
  },
};

Deno.test("wavenumber, resolution, aspect ratio and geometry are read under each code's own names", () => {
  for (const [code, { input, wanted }] of Object.entries(CODES)) {
    const document = imasDocument({ code });
    document.gyrokineticsIMAS.code.parameters = `<root>${input}</root>`;
    expectColumns(columnsOf(document, "LinearRuns"), { code, ...wanted });
  }
  const old = oldDocument({ nx0: 13, nky0: 2, nz0: 24, nv0: 32, nw0: 8 });
  expectColumns(columnsOf(old, "LinearRuns"), {
    layout: "gkdb",
    ky_input: 0.15,
    nx: 13,
    nky: 2,
    nz: 24,
    nv: 32,
    nw: 8,
    geometry: "circular",
    converter_version: null,
  });
});

Deno.test("a/R0 is taken only where the input can mean it", () => {
  const ratioOf = (code: string, input: string) => {
    const document = imasDocument({ code }); // r/R0 = 0.2
    document.gyrokineticsIMAS.code.parameters = `<root>${input}</root>`;
    return columnsOf(document, "LinearRuns").a_over_R;
  };
  expect(ratioOf("CGYRO", "<RMAJ>5</RMAJ>")).toBe(0.2); // the last surface
  expect(ratioOf("CGYRO", "<RMAJ>5.1</RMAJ>")).toBeNull(); // 0.196 < r/R0
  expect(ratioOf("TGLF", "<RMAJ_LOC>1.05</RMAJ_LOC>")).toBeNull(); // 0.952
  expect(ratioOf("GS2", "<Rmaj>0</Rmaj>")).toBeNull();
  const gene = (minor: number, trpeps: number) =>
    ratioOf(
      "GENE",
      `<minor_r>${minor}</minor_r><major_R>1</major_R><trpeps>${trpeps}</trpeps>`,
    );
  expect(gene(1, 0.2)).toBeNull(); // placeholder: all lengths over R0
  expect(gene(0.3, 0.299)).toBeNull(); // placeholder: the surface itself
  expect(gene(0.3, 0.2)).toBe(0.3);
});

Deno.test("rotation, shear flow, tags and the converter come from where the documents have them", () => {
  const document = imasDocument({ suffix: "_0007", comments: " none " });
  document.gyrokineticsIMAS = {
    ...imasContent(),
    species_all: {
      beta_reference: 0,
      velocity_tor_norm: -0.7,
      shearing_rate_norm: -0.15,
    },
    species: [
      imasSpecies(6, 6, { n: 0.01, t: 4 }),
      imasSpecies(2, 2, { n: 0.1 }),
      imasSpecies(-1, 2.7e-4),
      imasSpecies(1, 1, { n: 0.74 }),
    ],
  };
  document.Metadata = {
    ...document.Metadata,
    ScenarioTag: {
      "Name of actual of hypothetical experiment": "DIII-D",
      scenario_runid: "129913.1500ms",
    },
    CodeTag: {
      ...document.Metadata.CodeTag,
      platform: "perlmutter",
      workflow_type: "portals",
    },
    DBtag: { ...document.Metadata.DBtag, last_updated: "260310-235900" },
  } as never;
  const row = columnsOf(document, "LinearRuns");
  expectColumns(row, {
    rotation: -0.7,
    gamma_E: -0.15,
    Z_imp: 2, // helium: carbon is four times hotter than the deuterium, so counts as fast
    n_imp: 0.1,
    Z_eff: 1.5, // 0.01 x 36 + 0.1 x 4 + 0.74
    user: "user_t",
    device: "DIII-D",
    scenario: "129913.1500ms",
    platform: "perlmutter",
    workflow: "portals",
    comments: null,
    keywords: ["itg", "test"],
    folder: "runs/scan",
    suffix: "_0007",
    updated_at: "2026-03-10T23:59:00.000Z",
    uploaded_at: document._id.getTimestamp().toISOString(),
    confidence_raw: "1",
    converter_version: "0.9.1",
  });
});
