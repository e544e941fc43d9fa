import { ObjectId } from "mongodb";
import type { FileRow, StoredFile } from "../../db/source/gridfs.ts";
import { NameSet, safeName } from "./entry_names.ts";
import { PICKLE_ENDING } from "./diagnostics/decoding.ts";
import { NOT_STORED } from "./manifest.ts";

/** The block of the document that names the file; its plural words are the `parts` of a download. */
export type FilePart = "files" | "diagnostics";

/** A value of the blocks `Files` or `Diagnostics`. */
export interface FileReference {
  part: FilePart;
  key: string;
  /**
   * `id`: a GridFS file; `text_id`: 24 hex digits as text, an id only where a file has it; `inline`: a value inside the document;
   * `none`: null, "None" or other text.
   */
  kind: "id" | "text_id" | "inline" | "none";
  /** 24 hex digits, lower case; null without one. */
  file_id: string | null;
}

/** A file of an archive as it was decided before the writing began. Plain JSON. */
export interface PlannedFile {
  part: FilePart;
  key: string;
  /** The entry's name, unique in the archive; empty for an inline value. */
  path: string;
  /** Null when there is nothing to read. */
  file: StoredFile | null;
  /** What the manifest says when there is nothing to read: `not stored`, or the reason. */
  status: string | null;
}

/** A stored picture of an archive. */
export interface PlannedPlot {
  /** Its key in the document's `Plots`. */
  name: string;
  path: string;
}

/** A run of an archive: where its things go. Plain JSON, so that a job can freeze it and find it again after a restart. */
export interface PlannedRun {
  /** MongoDB id of the document, 24 hex digits. */
  source_id: string;
  files: PlannedFile[];
  plots: PlannedPlot[];
  /** Null when the summary was not asked for. */
  summary_path: string | null;
}

/** A run to be planned: only what was asked for. */
export interface RunToPlan {
  source_id: string;
  /** `run_collection_name`, any depth. */
  folder_path: string;
  /** `run_suffix`, perhaps empty. */
  suffix: string;
  references: FileReference[];
  /** Keys of `Plots`. */
  plots: string[];
  summary: boolean;
}

/** Sums over planned runs; sizes in bytes. */
export interface PlanTotals {
  runs: number;
  /** Files that will be read. */
  files: number;
  bytes: number;
  /** Dangling or unusable; damage shows only when reading. */
  missing: number;
}

/** Names the archive keeps for itself, at its top and in a run's folder. */
const TOP_NAMES = ["MANIFEST.tsv"];
/** Leaves room in 120 bytes for a number and for the endings of what is decoded from a diagnostic. */
const DIAGNOSTIC_NAME_BYTES = 96;
const RUN_NAMES = ["diagnostics", "plots"];

/** What a value of `Files` or `Diagnostics` refers to. */
export function fileReference(
  part: FilePart,
  key: string,
  value: unknown,
): FileReference {
  if (value instanceof ObjectId) {
    return { part, key, kind: "id", file_id: value.toHexString() };
  }
  if (typeof value === "string" && /^[0-9a-f]{24}$/i.test(value)) {
    return { part, key, kind: "text_id", file_id: value.toLowerCase() };
  }
  const none = value === null || value === undefined ||
    typeof value === "string";
  return { part, key, kind: none ? "none" : "inline", file_id: null };
}

/** Gives every thing of an archive its place. The same runs in the same order get the same paths. */
export class ArchivePlanner {
  #folders = new NameSet(TOP_NAMES);

  /** @param rows The rows of `fs.files` of this run's references (`listFiles`). */
  plan(run: RunToPlan, rows: Map<string, FileRow>): PlannedRun {
    const folder = this.#folders.claim(folderName(run), "run");
    const names = {
      files: new NameSet(RUN_NAMES),
      diagnostics: new NameSet(),
      plots: new NameSet(),
    };
    const summary = names.files.claim(
      `mgkdb_summary_for_run${run.suffix}.json`,
    );
    return {
      source_id: run.source_id,
      files: run.references.map((reference) =>
        plannedFile(reference, { folder, names, rows })
      ),
      plots: run.plots.map((name) => ({
        name,
        path: `${folder}/plots/${names.plots.claim(`${safeName(name)}.png`)}`,
      })),
      summary_path: run.summary ? `${folder}/${summary}` : null,
    };
  }
}

/** Adds a run to the sums of a plan. */
export function addToTotals(totals: PlanTotals, run: PlannedRun): PlanTotals {
  const readable = run.files.flatMap(({ file }) => file ?? []);
  return {
    runs: totals.runs + 1,
    files: totals.files + readable.length,
    bytes: totals.bytes +
      readable.reduce((sum, { length }) => sum + length, 0),
    missing: totals.missing + run.files.filter(isMissing).length,
  };
}

/** Whether a file makes the archive partial before anything was read. */
export function isMissing({ file, status }: PlannedFile): boolean {
  return file === null && status !== NOT_STORED;
}

function plannedFile(
  { part, key, kind, file_id }: FileReference,
  { folder, names, rows }: {
    folder: string;
    names: { files: NameSet; diagnostics: NameSet };
    rows: Map<string, FileRow>;
  },
): PlannedFile {
  if (kind === "inline") {
    return { part, key, path: "", file: null, status: NOT_STORED };
  }
  const row = file_id === null ? undefined : rows.get(file_id);
  const filename = row?.ok ? row.file.filename : row?.filename ?? key;
  const path = part === "diagnostics"
    ? `diagnostics/${names.diagnostics.claim(diagnosticName(key))}`
    : names.files.claim(filename, safeName(key));
  return {
    part,
    key,
    path: `${folder}/${path}`,
    ...found(kind, file_id, row),
  };
}

function diagnosticName(key: string): string {
  return safeName(key, "diagnostic", DIAGNOSTIC_NAME_BYTES) + PICKLE_ENDING;
}

function found(
  kind: FileReference["kind"],
  file_id: string | null,
  row: FileRow | undefined,
): Pick<PlannedFile, "file" | "status"> {
  if (row?.ok) return { file: row.file, status: null };
  if (row) return { file: null, status: row.reason };
  if (kind !== "id") return { file: null, status: NOT_STORED };
  return { file: null, status: `No file ${file_id} in the source` };
}

/** The last folder of the path and the suffix, apart: `ky_scan` and `ky_0.05` -> `ky_scan_ky_0.05`. */
function folderName({ folder_path, suffix }: RunToPlan): string {
  const last = folder_path.split(/[/\\]/).filter(Boolean).at(-1) ?? "";
  const gap = last === "" || /^([_.-]|$)/.test(suffix) ? "" : "_";
  return last + gap + suffix;
}
