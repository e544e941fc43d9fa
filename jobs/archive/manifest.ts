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

/** A line whose file may still be on its way to the disk. */
export interface WrittenLine extends Omit<ManifestLine, "sha256"> {
  sha256: Promise<string> | null;
}

/** The first line of `MANIFEST.tsv`. */
export const MANIFEST_HEADER = "path\tbytes\tsha256\tsource_id\tstatus\n";

/** A line as text: UTF-8, tabs between the fields, LF at the end, no quoting. */
export function manifestText(line: ManifestLine): string {
  const { path, bytes, sha256, source_id, status } = line;
  return [path, bytes ?? "", sha256 ?? "", source_id, status]
    .map((field) => oneLine(String(field))).join("\t") + "\n";
}

/** The lines of a manifest under construction. Those of written files are kept as bytes: a fifth of what they take as strings. */
export class ManifestLines {
  #sealed: Uint8Array[];
  #open: Promise<string>[] = [];

  /** @param earlier Lines that an earlier attempt has written. */
  constructor(earlier = "") {
    this.#sealed = [new TextEncoder().encode(earlier)];
  }

  add(...lines: WrittenLine[]): void {
    this.#open.push(...lines.map(writtenText));
  }

  /** Lines since the last sealing. */
  get open(): number {
    return this.#open.length;
  }

  /**
   * Takes the lines since the last sealing, which must be over, and waits until their files are written. Others may be added
   * meanwhile. -> their text
   */
  async seal(): Promise<string> {
    const open = this.#open;
    this.#open = [];
    const text = (await Promise.all(open)).join("");
    this.#sealed.push(new TextEncoder().encode(text));
    return text;
  }

  /** The sealed lines below their header. */
  get bytes(): Uint8Array[] {
    return [new TextEncoder().encode(MANIFEST_HEADER), ...this.#sealed];
  }
}

/** The text of a line once its file is written. A file that cannot be is met by whoever writes on, so nobody need look here. */
function writtenText(line: WrittenLine): Promise<string> {
  const text = Promise.resolve(line.sha256)
    .then((sha256) => manifestText({ ...line, sha256 }));
  text.catch(() => {});
  return text;
}

/** Reasons quote values of the database, which may hold anything. */
function oneLine(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
}
