import type { CaseRun } from "../case.ts";
import type { Upload } from "../documents/upload.ts";
import { cgyro } from "./cgyro.ts";
import type { Deck, Resolution } from "./deck.ts";
import { gene } from "./gene.ts";
import { gs2 } from "./gs2.ts";
import { gx } from "./gx.ts";
import { tglf } from "./tglf.ts";

/** Grids that are usual for each code: radial, parallel, and the two of velocity space. */
const LINEAR: Record<Upload["code"], Resolution> = {
  GENE: { nx: 9, nz: 24, nv: 32, nw: 16 },
  CGYRO: { nx: 4, nz: 24, nv: 24, nw: 8 },
  TGLF: { nx: 1, nz: 32, nv: 1, nw: 1 },
  GS2: { nx: 1, nz: 32, nv: 16, nw: 8 },
  GX: { nx: 1, nz: 32, nv: 24, nw: 8 },
};

/** The grid of nonlinear runs. */
export const NONLINEAR: Resolution = { nx: 64, nz: 24, nv: 32, nw: 8 };

/** The run's input file; `end` is the last stored time in R0/v_ref. */
export function writeInput(run: CaseRun, upload: Upload, end: number): Deck {
  const usual = upload.kind === "nonlinear" ? NONLINEAR : LINEAR[upload.code];
  const options = {
    plasma: run.plasma,
    ky: run.ky,
    kind: upload.kind,
    sAlpha: run.sAlpha,
    resolution: { ...usual, ...run.resolution },
    maxTime: end / (Math.SQRT2 * run.plasma.aR),
  };
  if (upload.code === "GENE") return gene(options, upload.suffix);
  return { CGYRO: cgyro, TGLF: tglf, GS2: gs2, GX: gx }[upload.code](options);
}
