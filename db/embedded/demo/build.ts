import type { Document, ObjectId } from "mongodb";
import type { Case, CaseRun } from "./case.ts";
import { diagnostics } from "./diagnostics.ts";
import { gkdb } from "./documents/gkdb.ts";
import { imas } from "./documents/imas.ts";
import { linearBlock, linearTimes } from "./documents/imas_linear.ts";
import { nonlinearBlock } from "./documents/imas_nonlinear.ts";
import { unusedNonlinear } from "./documents/blank.ts";
import { metadata, type Upload } from "./documents/upload.ts";
import { absentKeys, folderFiles, type RunParts } from "./folder_files.ts";
import { IdMint } from "./ids.ts";
import { NONLINEAR, writeInput } from "./inputs/input.ts";
import { solve, type Wavevector } from "./linear_result.ts";
import { saturate } from "./nonlinear_result.ts";
import { Random } from "./random.ts";
import type { Shelf } from "./shelf.ts";
import { storedPlots } from "./stored_plots.ts";

/** Seconds between two runs of one upload. */
const PACE = 7;

/** Said in every document, so that nobody takes the numbers for results. */
const NOTICE = "analytic demo, not code output";

/** The documents of one folder; its files go onto the shelf. */
export function buildCase(c: Case, shelf: Shelf): Document[] {
  const mint = new IdMint(`${c.code} ${c.name}`);
  const start = new Date(c.uploaded);
  const folder = `/pscratch/sd/d/${c.user}/demo/${c.name}`;
  const shared = c.shared && {
    key: c.shared.filename.replaceAll(".", "_"),
    id: shelf.add(mint, {
      filename: c.shared.filename,
      filepath: `${folder}/${c.shared.filename}`,
      code: c.code,
      data: new TextEncoder().encode(c.shared.text),
      uploaded: start,
    }),
  };
  return c.runs.map((run, i) => {
    const uploaded = new Date(start.getTime() + 1000 * (3 + PACE * i));
    const upload = uploadOf(c, run, folder, uploaded);
    return buildRun(c, run, upload, shelf, mint, shared);
  });
}

function uploadOf(
  c: Case,
  run: CaseRun,
  folder: string,
  uploaded: Date,
): Upload {
  const layout = c.layout ?? "imas";
  const old = layout === "gkdb" || c.envelope === "Meta";
  const words = `demo, analytic, ${c.keywords}`;
  return {
    code: c.code,
    kind: c.kind,
    layout,
    envelope: c.envelope ?? "Metadata",
    user: c.user,
    folder,
    suffix: run.suffix,
    keywords: old
      ? [...words.split(", "), c.kind === "linear" ? "linear" : "nonlin"]
      : words,
    comments: [`${NOTICE}: ${c.comments}`, run.comments].filter(Boolean).join(
      "; ",
    ),
    confidence: c.confidence,
    uploaded,
    device: c.device ?? (old ? null : ""),
    scenario: c.scenario ?? (old ? null : ""),
    platform: c.platform ?? (old ? null : "perlmutter"),
    workflow: c.workflow ?? (old ? null : "standalone"),
    archive: null,
    taggedLinear: c.kind === "linear" || c.misfiled === true,
  };
}

function buildRun(
  c: Case,
  run: CaseRun,
  upload: Upload,
  shelf: Shelf,
  mint: IdMint,
  shared: { key: string; id: ObjectId } | undefined,
): Document {
  const parts = compute(run, upload);
  const files = storeFiles(parts, shelf, mint);
  if (shared) files[shared.key] = shared.id;
  const extras = diagnostics(parts, shelf, mint);
  const _id = mint.next(upload.uploaded);
  const flat = upload.envelope === "Meta";
  const document: Document = {
    _id,
    [flat ? "Meta" : "Metadata"]: metadata(upload),
    Files: files,
    [flat ? "gyrokinetics" : "gyrokineticsIMAS"]: physics(parts),
    Diagnostics: extras,
    ...(upload.layout === "gkdb" || flat
      ? { Plots: c.plots ? storedPlots(parts) : {} }
      : {}),
  };
  return spoil(document, run);
}

/** Runs the models and writes the input file. */
function compute(run: CaseRun, upload: Upload): RunParts {
  const random = new Random(`${upload.code} ${upload.folder} ${upload.suffix}`);
  const linear = upload.kind === "linear";
  const wavevectors = linear
    ? run.ky.map((k) =>
      spoilMode(solve(run.plasma, upload.code, k, random), run)
    )
    : [];
  const nonlinear = linear ? null : saturate(run.plasma, upload.code, {
    ...run,
    points: run.points ?? 500,
    nx: run.resolution?.nx ?? NONLINEAR.nx,
  }, random);
  const gamma = wavevectors[0]?.modes[0]?.gamma ?? 0;
  const time = nonlinear?.time ?? linearTimes(upload.code, gamma);
  const deck = writeInput(run, upload, time.at(-1)!);
  return { run, upload, deck, wavevectors, time, nonlinear };
}

function spoilMode(wave: Wavevector, { override = {} }: CaseRun): Wavevector {
  const [first, ...others] = wave.modes;
  return { ...wave, modes: [{ ...first!, ...override }, ...others] };
}

function physics(
  { run, upload, deck, wavevectors, time, nonlinear }: RunParts,
): Document {
  const { plasma } = run;
  const { code } = upload;
  if (upload.layout === "gkdb") {
    return gkdb({
      plasma,
      upload,
      sections: deck.sections,
      sAlpha: run.sAlpha,
      linear: wavevectors[0],
      nonlinear: nonlinear?.species,
    });
  }
  const linear = nonlinear
    ? { wavevector: [] }
    : linearBlock({ plasma, code, xml: deck.xml, wavevectors, time });
  const nonLinear = nonlinear
    ? nonlinearBlock({ plasma, code, xml: deck.xml, result: nonlinear })
    : unusedNonlinear();
  return imas({
    plasma,
    upload,
    xml: deck.xml,
    time: code === "TGLF" ? [0] : time,
    linear,
    nonLinear,
  });
}

function storeFiles(parts: RunParts, shelf: Shelf, mint: IdMint): Document {
  const { upload, run } = parts;
  // A moment before the document, as the uploader does it.
  const uploaded = new Date(upload.uploaded.getTime() - 3000);
  const place = upload.code === "GENE" || upload.suffix === ""
    ? upload.folder
    : `${upload.folder}/${upload.suffix}`;
  const files: Document = {};
  for (const key of absentKeys(parts)) {
    files[key] = upload.layout === "gkdb" ? "None" : null;
  }
  folderFiles(parts).forEach(({ key, filename, data }, i, all) => {
    const file = {
      filename,
      filepath: `${place}/${filename}`,
      code: upload.code,
      data,
      uploaded,
    };
    files[key] = i === 1 && run.damage === "dangling"
      ? mint.next(uploaded)
      : shelf.add(mint, file, {
        damaged: run.damage === "short" && i === all.length - 1,
      });
  });
  return files;
}

function spoil(document: Document, { damage }: CaseRun): Document {
  const bare = damage === "unreadable";
  if (bare || damage === "no_physics") delete document.gyrokineticsIMAS;
  if (bare || damage === "no_key") {
    delete document.Metadata.DBtag.run_collection_name;
    delete document.Metadata.DBtag.run_suffix;
  }
  return document;
}
