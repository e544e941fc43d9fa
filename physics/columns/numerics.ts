import { type Column, int, text } from "../column.ts";
import { resolution } from "../input.ts";

/** Resolution, under the codes' own names, and the converter. */
export const NUMERICS_COLUMNS: Column[] = [
  int("numerics", {
    key: "nx",
    symbol: "n_x",
    label: "nx",
    name: "Radial resolution",
    meaning: "Radial modes or points.",
    formula: "GENE nx0, CGYRO N_RADIAL, GS2 nx, GX nkx",
    imas: "code.parameters",
    old: "code.parameters",
  }, (sim) => resolution(sim, "nx")),
  int("numerics", {
    key: "nky",
    symbol: "n_{ky}",
    label: "nky",
    name: "Binormal resolution",
    meaning: "Binormal modes of the run.",
    formula: "GENE nky0, CGYRO N_TOROIDAL, TGLF NKY, GS2 naky, GX nky",
    imas: "code.parameters",
    old: "code.parameters",
  }, (sim) => resolution(sim, "nky")),
  int("numerics", {
    key: "nz",
    symbol: "n_z",
    label: "nz",
    name: "Parallel resolution",
    meaning:
      "Points along the field line per poloidal turn; TGLF: quadrature nodes.",
    formula: "GENE nz0, CGYRO N_THETA, TGLF NXGRID, GS2 ntheta, GX ntheta",
    imas: "code.parameters",
    old: "code.parameters",
  }, (sim) => resolution(sim, "nz")),
  int("numerics", {
    key: "nv",
    symbol: "n_v",
    label: "nv",
    name: "First velocity resolution",
    meaning:
      "Parallel velocity or pitch angle; GX: Hermite moments; TGLF: its largest basis, along the field line.",
    formula: "GENE nv0, CGYRO N_XI, TGLF NBASIS_MAX, GS2 ngauss, GX nhermite",
    imas: "code.parameters",
    old: "code.parameters",
  }, (sim) => resolution(sim, "nv")),
  int("numerics", {
    key: "nw",
    symbol: "n_w",
    label: "nw",
    name: "Second velocity resolution",
    meaning: "Magnetic moment or energy; GX: Laguerre moments.",
    formula: "GENE nw0, CGYRO N_ENERGY, GS2 negrid, GX nlaguerre",
    imas: "code.parameters",
    old: "code.parameters",
  }, (sim) => resolution(sim, "nw")),
  text("numerics", {
    key: "converter_version",
    label: "converter",
    name: "Version of the converter",
    meaning:
      "Of pyrokinetics, which wrote the document's physics content; old documents were written by the uploader itself.",
    imas: "code.library[0].version",
    filter: "none",
  }, (sim) => sim.converter.version),
];
