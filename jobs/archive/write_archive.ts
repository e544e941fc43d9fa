import type { Db } from "mongodb";
import { bulkChunks } from "../../db/source/bulk_chunks.ts";
import {
  readFiles,
  type ReadOptions,
  type ReadOutcome,
} from "../../db/source/gridfs_reader.ts";
import { requestsAhead } from "../../db/source/round_trip.ts";
import { ArchiveOutput, type ArchiveProgress } from "./archive_output.ts";
import { NOT_STORED } from "./manifest.ts";
import { storeFile } from "./store_file.ts";
import { isMissing, type PlannedFile, type PlannedRun } from "./plan.ts";

/** Files planned at once; between two such portions nothing is asked ahead. */
const PORTION_FILES = 4000;
const PORTION_RUNS = 1000;

/** What a run's document gives to the archive. */
export interface RunContent {
  /** The whole document as strict JSON text. */
  summary: string;
  /** PNG bytes by the plot's key; absent where the document holds no picture under it. */
  plots: Map<string, Uint8Array>;
}

/** Why a run's document gives nothing. */
export interface Absent {
  absent: string;
}

/** What to write and how. */
export interface ArchiveOptions
  extends Omit<ReadOptions, "signal" | "release" | "chunks"> {
  db: Db;
  /** The file to write; the caller renames it when all is done. */
  path: string;
  runs: Iterable<PlannedRun> | AsyncIterable<PlannedRun>;
  /**
   * Gives the content of each of these runs in their order, or why there is none. Asked for portions of runs that need it.
   */
  contents: (
    runs: PlannedRun[],
    options: { signal?: AbortSignal },
  ) => AsyncIterable<RunContent | Absent>;
  signal?: AbortSignal;
  on_progress?: (progress: ArchiveProgress) => void;
  /** Pack what looks like text. @default {false} */
  compress?: boolean;
  /**
   * Keep a journal beside the file, and the file itself when the writing fails, and go on from them when they are there: with the
   * same plan only. Otherwise a failure leaves nothing behind.
   * @default {false}
   */
  resumable?: boolean;
}

/** A finished archive. */
export interface ArchiveResult {
  /** Bytes. */
  size: number;
  /** Lower-case hex. */
  sha256: string;
  entries: number;
  /** Files that were asked for and are dangling, short or damaged: the archive is partial when there is one. */
  missing: number;
}

/**
 * Writes the archive of these runs, with `MANIFEST.tsv` as its last entry: run by run its files, plots and summary. The same input
 * gives the same bytes.
 *
 * Memory does not grow with the size of files, by some 300 bytes per entry. A file with a fault leaves no byte, only a line
 * with the reason. A lost source throws, unless `on_lost` waits for its return: then the reading goes on where it was.
 * @throws whatever the source or the disk throws, and the signal's reason within a moment of its abort
 */
export async function writeArchive(
  options: ArchiveOptions,
): Promise<ArchiveResult> {
  // Before the archive's thread begins, which would make the server look far away.
  const { ahead = await requestsAhead(options.db, options.signal) } = options;
  const output = await ArchiveOutput.open(options);
  const chunks = bulkChunks(options.db);
  try {
    const reading = { ...options, chunks, ahead, release: true };
    for await (const portion of portions(options.runs)) {
      await writePortion(output, portion, reading);
    }
    options.signal?.throwIfAborted();
    return await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  } finally {
    chunks.close();
  }
}

async function* portions(
  runs: ArchiveOptions["runs"],
): AsyncGenerator<PlannedRun[]> {
  let portion: PlannedRun[] = [];
  let files = 0;
  for await (const run of runs) {
    portion.push(run);
    files += run.files.length;
    if (files < PORTION_FILES && portion.length < PORTION_RUNS) continue;
    yield portion;
    portion = [];
    files = 0;
  }
  yield portion;
}

async function writePortion(
  output: ArchiveOutput,
  runs: PlannedRun[],
  options: ArchiveOptions & ReadOptions,
): Promise<void> {
  const { db, contents, signal, compress = false } = options;
  const left = runs.map((run) => output.leftOf(run));
  const files = left.flatMap((run) =>
    run.files.flatMap(({ file }) => file ?? [])
  );
  const outcomes = readFiles(db, files, options);
  const texts = contents(left.filter(wantsContent), { signal })
    [Symbol.asyncIterator]();
  try {
    for (const run of left) {
      const how = { source_id: run.source_id, compress };
      for (const file of run.files) {
        signal?.throwIfAborted();
        if (file.file === null) await omitFile(output, run, file);
        else await storeFile(output, file, await outcome(outcomes), how);
      }
      if (wantsContent(run)) {
        const { value } = await texts.next();
        if (!value) throw new Error("Fewer contents came than were asked for");
        await writeContent(output, run, value, options);
        await output.checkpoint();
      }
      signal?.throwIfAborted();
    }
  } finally {
    await outcomes.return();
    await texts.return?.();
  }
}

function wantsContent({ summary_path, plots }: PlannedRun): boolean {
  return summary_path !== null || plots.length > 0;
}

async function outcome(
  outcomes: AsyncGenerator<ReadOutcome, void, void>,
): Promise<ReadOutcome> {
  const { value } = await outcomes.next();
  if (!value) throw new Error("The reader gave fewer files than were planned");
  return value;
}

async function omitFile(
  output: ArchiveOutput,
  { source_id }: PlannedRun,
  file: PlannedFile,
): Promise<void> {
  const status = file.status ?? NOT_STORED;
  const missing = isMissing(file);
  output.omit({ path: file.path, source_id }, { status, missing });
  await output.checkpoint();
}

async function writeContent(
  output: ArchiveOutput,
  { source_id, plots, summary_path }: PlannedRun,
  content: RunContent | Absent,
  { compress: deflate = false }: ArchiveOptions,
): Promise<void> {
  const gone = "absent" in content ? content.absent : null;
  for (const { name, path } of plots) {
    const png = "absent" in content ? null : content.plots.get(name);
    const absent = { status: gone ?? NOT_STORED, missing: false };
    if (png) await output.store({ path, source_id }, [png], { deflate: false });
    else output.omit({ path, source_id }, absent);
  }
  if (summary_path === null) return;
  const place = { path: summary_path, source_id };
  if ("absent" in content) {
    return output.omit(place, { status: content.absent, missing: false });
  }
  const text = new TextEncoder().encode(content.summary);
  await output.store(place, [text], { deflate });
}
