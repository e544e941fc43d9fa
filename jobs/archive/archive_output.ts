import type { FileRange } from "../../db/source/gridfs_reader.ts";
import { total } from "./deflater.ts";
import type { SideFile } from "./diagnostics/decoding.ts";
import {
  appendCheckpoint,
  type Checkpoint,
  type Counts,
  discardArchive,
  lastCheckpoint,
  resetJournal,
} from "./journal.ts";
import {
  type ManifestLine,
  ManifestLines,
  STORED,
  type WrittenLine,
} from "./manifest.ts";
import type { PlannedRun } from "./plan.ts";
import { type ZipState, ZipWriter } from "./zip_writer.ts";

/** A checkpoint is made after so much, whichever comes first: what a killed job has to do again. */
const CHECKPOINT_BYTES = 64 * 1024 * 1024;
const CHECKPOINT_LINES = 1000;

/** How far the reading of the planned files has come. */
export interface ArchiveProgress {
  /** Files that are done, damaged ones included. */
  files_done: number;
  /** Their bytes, and those of the file under way. */
  bytes_done: number;
}

/** The place of an entry and the run it belongs to. */
export type EntryPlace = Pick<ManifestLine, "path" | "source_id">;

/** How an output is opened. */
export interface OutputOptions {
  path: string;
  resumable?: boolean;
  signal?: AbortSignal;
  on_progress?: (progress: ArchiveProgress) => void;
}

/** An archive under construction: the zip, its manifest, its counts and, on request, the journal to resume from. */
export class ArchiveOutput {
  #zip: ZipWriter;
  #options: OutputOptions;
  #counts: Counts = { items: 0, missing: 0, files_done: 0, bytes_done: 0 };
  #lines = new ManifestLines();
  #checkpoint = { offset: 0, central: 0 };
  /** The last checkpoint on its way into the journal, while more is written. */
  #saving = Promise.resolve();
  /** Items of the plan that an earlier attempt has done and that were not yet passed over. */
  #passing = 0;

  private constructor(zip: ZipWriter, options: OutputOptions) {
    this.#zip = zip;
    this.#options = options;
  }

  /** Begins, or goes on behind the last checkpoint of an earlier attempt. */
  static async open(options: OutputOptions): Promise<ArchiveOutput> {
    const { path, resumable = false } = options;
    const earlier = resumable ? await resumed(options) : null;
    if (earlier) return earlier;
    const zip = ZipWriter.create(path);
    if (resumable) await withJournal(zip, path, null);
    return new ArchiveOutput(zip, options);
  }

  /** Takes over what an earlier attempt wrote. */
  static goOn(
    zip: ZipWriter,
    options: OutputOptions,
    { items, missing, files_done, bytes_done, ...past }: Checkpoint,
  ): ArchiveOutput {
    const output = new ArchiveOutput(zip, options);
    output.#counts = { items, missing, files_done, bytes_done };
    output.#passing = items;
    output.#lines = new ManifestLines(past.manifest);
    output.#checkpoint = { offset: zip.size, central: zip.centralSize };
    return output;
  }

  /** The part of the run that is still to do. Ask once for each run, in the plan's order. */
  leftOf(run: PlannedRun): PlannedRun {
    const { files, plots, summary_path } = run;
    const summary = summary_path === null ? [] : [summary_path];
    return {
      ...run,
      files: this.#pass(files),
      plots: this.#pass(plots),
      summary_path: this.#pass(summary)[0] ?? null,
    };
  }

  /**
   * Stores a whole file, and beside it what was made from it: the plan knows only the file, so a later attempt finds all of them
   * or none.
   */
  async store(
    place: EntryPlace,
    pieces: Uint8Array[],
    { deflate, beside = [] }: { deflate: boolean; beside?: SideFile[] },
  ): Promise<void> {
    const stored = await this.#zip.add(place.path, pieces, { deflate });
    await this.#done({ ...place, ...stored, status: STORED }, beside);
  }

  /** Stores a file that comes in ranges; when they throw, nothing of it stays. */
  async storeRanges(
    place: EntryPlace,
    ranges: AsyncIterable<FileRange>,
    { size, deflate, beside = [] }: {
      size: number;
      deflate: boolean;
      beside?: SideFile[];
    },
  ): Promise<void> {
    const before = this.#counts.bytes_done;
    await this.#zip.begin(place.path, { size, deflate });
    try {
      for await (const { pieces, give_back } of ranges) {
        const bytes = total(pieces);
        await this.#zip.write(pieces, give_back);
        this.#counts.bytes_done += bytes;
        this.#tell();
      }
    } catch (error) {
      await this.#zip.rollback();
      throw error;
    } finally {
      this.#counts.bytes_done = before;
    }
    const stored = await this.#zip.end();
    await this.#done({ ...place, ...stored, status: STORED }, beside);
  }

  /** Notes why something is not in the archive. */
  omit(
    place: EntryPlace,
    { status, missing }: { status: string; missing: boolean },
  ): void {
    if (missing) this.#counts.missing++;
    this.#line({ ...place, bytes: null, sha256: null, status });
  }

  /** Counts a planned file as read, whatever came of it. Call it after `store()` and the like, which do not count. */
  async fileDone({ length }: { length: number }): Promise<void> {
    this.#counts.files_done++;
    this.#counts.bytes_done += length;
    this.#tell();
    await this.checkpoint();
  }

  /** Adds the manifest and completes the file. */
  async finish(): Promise<
    { size: number; sha256: string; entries: number; missing: number }
  > {
    await this.#saving;
    await this.#zip.flush();
    await this.#lines.seal();
    await this.#zip.add("MANIFEST.tsv", this.#lines.bytes);
    const { entries } = this.#zip;
    const end = await this.#zip.finish();
    return { ...end, entries, missing: this.#counts.missing };
  }

  /** Closes a failed archive and removes it, unless it can be resumed. */
  async abandon(): Promise<void> {
    await this.#zip.close();
    await this.#saving.catch(() => {});
    if (!this.#options.resumable) await discardArchive(this.#options.path);
  }

  async #done(line: WrittenLine, beside: SideFile[]): Promise<void> {
    const { source_id } = line;
    const made: WrittenLine[] = [];
    for (const { path, pieces } of beside) {
      const side = await this.#zip.add(path, pieces);
      made.push({ path, source_id, ...side, status: STORED });
    }
    this.#line(line, made);
  }

  /** @param made Lines of what is no item of the plan by itself. */
  #line(line: WrittenLine, made: WrittenLine[] = []): void {
    this.#lines.add(line, ...made);
    this.#counts.items++;
  }

  /** Makes a checkpoint when one is due. Call it between two items of the plan. */
  async checkpoint(): Promise<void> {
    const grown = this.#zip.size - this.#checkpoint.offset;
    if (this.#lines.open < CHECKPOINT_LINES && grown < CHECKPOINT_BYTES) {
      return;
    }
    await this.#saving;
    const { written } = await this.#zip.state(this.#checkpoint.central);
    this.#checkpoint = {
      offset: this.#zip.size,
      central: this.#zip.centralSize,
    };
    this.#saving = this.#save(written, { ...this.#counts });
    // Its error is met by the next checkpoint, or at the end.
    this.#saving.catch(() => {});
  }

  /** @param counts Those of the moment that `written` is about. */
  async #save(
    written: Promise<ZipState>,
    counts: Counts,
  ): Promise<void> {
    const { path, resumable } = this.#options;
    const [state, manifest] = await Promise.all([written, this.#lines.seal()]);
    const checkpoint = { ...state, ...counts, manifest };
    if (resumable) await appendCheckpoint(path, checkpoint);
  }

  #pass<T>(items: T[]): T[] {
    const passed = Math.min(this.#passing, items.length);
    this.#passing -= passed;
    return items.slice(passed);
  }

  #tell(): void {
    const { files_done, bytes_done } = this.#counts;
    this.#options.on_progress?.({ files_done, bytes_done });
  }
}

async function resumed(options: OutputOptions): Promise<ArchiveOutput | null> {
  const { path, signal } = options;
  const checkpoint = await lastCheckpoint(path);
  if (!checkpoint) return null;
  let zip: ZipWriter;
  try {
    zip = await ZipWriter.resume(path, checkpoint, signal);
  } catch {
    signal?.throwIfAborted();
    // Whatever is wrong with the earlier file, beginning anew is right.
    return null;
  }
  await withJournal(zip, path, checkpoint);
  return ArchiveOutput.goOn(zip, options, checkpoint);
}

/** Begins the journal of an archive that is open, or closes it. */
async function withJournal(
  zip: ZipWriter,
  path: string,
  checkpoint: Checkpoint | null,
): Promise<void> {
  try {
    await resetJournal(path, checkpoint);
  } catch (error) {
    await zip.close();
    throw error;
  }
}
