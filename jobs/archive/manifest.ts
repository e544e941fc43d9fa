/** Status of a file that is in the archive, complete. */
export const STORED = "ok";

/** Status of what the database never held as a file: null, "None", other strings, inline objects. */
export const NOT_STORED = "not stored";

/** One line of `MANIFEST.tsv`: a file asked for and a run, and what became of it. */
export interface ManifestLine {
  /** The entry's name in the archive; empty for an object inside the document. */
  path: string;
  /** Null when the file is not in the archive. */
  bytes: number | null;
  /** Lower-case hex; null when the file is not in the archive. */
  sha256: string | null;
  /** MongoDB id of the run's document. */
  source_id: string;
  /** `ok`, `not stored`, or the reason in words. */
  status: string;
}

/** The first line of `MANIFEST.tsv`. */
export const MANIFEST_HEADER = "path\tbytes\tsha256\tsource_id\tstatus\n";

/** A line as text: UTF-8, tabs between the fields, LF at the end, no quoting. */
export function manifestText(line: ManifestLine): string {
  const { path, bytes, sha256, source_id, status } = line;
  return [path, bytes ?? "", sha256 ?? "", source_id, status]
    .map((field) => oneLine(String(field))).join("\t") + "\n";
}

/** Reasons quote values of the database, which may hold anything. */
function oneLine(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
