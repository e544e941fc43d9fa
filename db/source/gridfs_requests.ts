import type { ChunkSource } from "./chunk_source.ts";
import { DamagedFile, type StoredFile } from "./gridfs.ts";
import {
  chunkCount,
  Md5Check,
  rangeLength,
  readGroup,
  readRange,
  REQUEST_BYTES,
} from "./gridfs_chunks.ts";

/** Files of at most so many chunks are read in groups. */
const SMALL_CHUNKS = 16;
const GROUP_FILES = 200;

/** Small files which one request brings. */
export interface Group {
  files: StoredFile[];
  bytes: number;
}

/** A large file, brought range by range. */
export interface Large {
  file: StoredFile;
  /** Answers asked for and not yet taken. */
  queued: number;
  /** Nobody wants the rest. */
  over: boolean;
}

/** Pieces that were checked, or the fault in words. */
export type SmallOutcome =
  | { kind: "whole"; pieces: Uint8Array[] }
  | { kind: "damaged"; reason: string };

/** What a request brings: files of a group by id, or a range of a large file. */
export type Answer = Map<string, SmallOutcome> | SmallOutcome;

/** Where to ask, and what to do when it fails. */
export interface Source {
  chunks: ChunkSource;
  signal: AbortSignal;
  onLost: (error: unknown) => Promise<void>;
}

/** -> for each file the group or large file it is read with; a group goes on behind a large file between its members */
export function grouped(files: StoredFile[]): (Group | Large)[] {
  let group: Group = { files: [], bytes: Infinity };
  return files.map((file) => {
    const count = chunkCount(file);
    if (count > SMALL_CHUNKS || file.length > REQUEST_BYTES) {
      return { file, queued: 0, over: false };
    }
    const full = group.files.length >= GROUP_FILES ||
      group.bytes + file.length > REQUEST_BYTES;
    if (full) group = { files: [], bytes: 0 };
    group.files.push(file);
    group.bytes += file.length;
    return group;
  });
}

/** All requests in the order in which their answers are used. */
export function* requests(
  source: Source,
  units: (Group | Large)[],
): Generator<() => Promise<Answer>> {
  let last: Group | null = null;
  for (const unit of units) {
    if ("queued" in unit) {
      yield* rangeRequests(source, unit);
    } else if (unit !== last) {
      last = unit;
      yield () => groupAnswer(source, unit.files);
    }
  }
}

function* rangeRequests(
  source: Source,
  unit: Large,
): Generator<() => Promise<Answer>> {
  const { file } = unit;
  const count = chunkCount(file);
  const step = rangeLength(file);
  for (let from = 0; from < count && !unit.over; from += step) {
    const to = Math.min(from + step, count);
    unit.queued++;
    yield () => rangeAnswer(source, file, { from, to });
  }
}

async function groupAnswer(
  source: Source,
  files: StoredFile[],
): Promise<Map<string, SmallOutcome>> {
  const whole = await persistent(
    source,
    () => readGroup(source.chunks, files, source),
  );
  const outcomes = new Map<string, SmallOutcome>();
  for (const file of files) {
    const pieces = whole.get(file.id);
    const range = { from: 0, to: chunkCount(file) };
    outcomes.set(
      file.id,
      pieces
        ? checked(file, pieces)
        : await rangeAnswer(source, file, range, (found) =>
          checked(file, found)),
    );
  }
  return outcomes;
}

async function rangeAnswer(
  source: Source,
  file: StoredFile,
  range: { from: number; to: number },
  check: (pieces: Uint8Array[]) => SmallOutcome = whole,
): Promise<SmallOutcome> {
  const { chunks, signal } = source;
  try {
    return check(
      await persistent(
        source,
        () => readRange(chunks, file, { ...range, signal }),
      ),
    );
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    return { kind: "damaged", reason: error.message };
  }
}

/** Asks until the answer comes or `onLost` gives up. */
async function persistent<T>(
  { signal, onLost }: Source,
  ask: () => Promise<T>,
): Promise<T> {
  while (true) {
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DamagedFile) throw error;
      await onLost(error);
    }
  }
}

function checked(file: StoredFile, pieces: Uint8Array[]): SmallOutcome {
  const md5 = new Md5Check(file);
  md5.update(pieces);
  const reason = md5.fault();
  return reason === null ? whole(pieces) : { kind: "damaged", reason };
}

function whole(pieces: Uint8Array[]): SmallOutcome {
  return { kind: "whole", pieces };
}
