import type { CaseRun } from "./case.ts";
import type { Upload } from "./documents/upload.ts";
import type { Deck } from "./inputs/deck.ts";
import type { Wavevector } from "./linear_result.ts";
import type { NonlinearResult } from "./nonlinear_result.ts";
import {
  cgyroInfo,
  generated,
  tglfRunLinear,
  tglfRunTransport,
} from "./outputs/flat_codes.ts";
import {
  geneField,
  geneGeometry,
  geneNrgLinear,
  geneNrgNonlinear,
  geneOmega,
} from "./outputs/gene.ts";

/** A file of the uploaded folder: its key in `Files`, its name and its bytes. */
export interface FolderFile {
  key: string;
  filename: string;
  data: Uint8Array;
}

/** What the files of a run are written from. */
export interface RunParts {
  run: CaseRun;
  upload: Upload;
  deck: Deck;
  wavevectors: Wavevector[];
  time: number[];
  nonlinear: NonlinearResult | null;
}

/** About 6 MB, some two dozen chunks. */
const LARGE_BYTES = 6_000_000;

/** The files a user's folder holds after a run of this code. */
export function folderFiles(parts: RunParts): FolderFile[] {
  const { code } = parts.upload;
  const input = text(parts.deck.filename, parts.deck.text);
  if (code === "GENE") {
    return [{ ...input, key: "parameters" }, ...geneFiles(parts)];
  }
  if (code === "CGYRO") return [input, ...cgyroFiles(parts)];
  if (code === "TGLF") return [input, ...tglfFiles(parts)];
  return [input];
}

/** Keys the uploader looks for and did not find. */
export function absentKeys({ upload, nonlinear }: RunParts): string[] {
  if (upload.code === "GENE") {
    const old = upload.layout === "gkdb";
    return [
      ...(old ? ["autopar", "codemods"] : ["autopar", "vsp"]),
      ...(nonlinear ? ["omega"] : []),
    ];
  }
  return upload.code === "CGYRO" ? ["input_gacode"] : [];
}

function text(filename: string, body: string): FolderFile {
  return {
    key: filename.replaceAll(".", "_"),
    filename,
    data: new TextEncoder().encode(body),
  };
}

function geneFiles(
  { run, upload, wavevectors, time, nonlinear }: RunParts,
): FolderFile[] {
  const { plasma } = run;
  const named = (key: string, body: string) => ({
    ...text(`${key}${upload.suffix}`, body),
    key,
  });
  const geometry = named(
    "miller",
    geneGeometry(plasma, { points: nonlinear ? 16 : 24, sAlpha: run.sAlpha }),
  );
  const table = upload.layout === "gkdb"
    ? { ...geometry, key: "magn_geometry" }
    : geometry;
  if (!nonlinear) {
    const wave = wavevectors[0]!;
    return [
      table,
      named("omega", geneOmega(plasma, wave)),
      named("nrg", geneNrgLinear(plasma, time, wave)),
    ];
  }
  const files = [table, named("nrg", geneNrgNonlinear(plasma, nonlinear))];
  return run.large
    ? [...files, { ...named("field", ""), data: field(nonlinear) }]
    : files;
}

function cgyroFiles({ run, upload, deck, nonlinear }: RunParts): FolderFile[] {
  const info = cgyroInfo(run.plasma, {
    linear: upload.kind === "linear",
    ky: run.ky,
  });
  const files = [
    text("input.cgyro.gen", generated(deck.sections, "")),
    text("out.cgyro.info", info),
  ];
  const large = run.large && nonlinear;
  return large
    ? [...files, { ...text("bin.cgyro.kxky_phi", ""), data: field(nonlinear) }]
    : files;
}

function tglfFiles(
  { run, deck, wavevectors, nonlinear }: RunParts,
): FolderFile[] {
  const output = nonlinear
    ? tglfRunTransport(run.plasma, nonlinear)
    : tglfRunLinear(run.plasma, wavevectors);
  return [
    text("input.tglf.gen", generated(deck.sections, "GYRO  UNITS\n")),
    text("out.tglf.run", output),
  ];
}

function field(result: NonlinearResult): Uint8Array {
  return geneField(result, { nx: 32, nz: 16, bytes: LARGE_BYTES });
}
