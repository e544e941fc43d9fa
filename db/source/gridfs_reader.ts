import type { Db } from "mongodb";
import { askAhead } from "./ask_ahead.ts";
import { type ChunkSource, DriverChunks } from "./chunk_source.ts";
import { DamagedFile, type StoredFile } from "./gridfs.ts";
import { chunkCount, Md5Check, rangeLength } from "./gridfs_chunks.ts";
import {
  type Answer,
  type Group,
  grouped,
  type Large,
  requests,
  type SmallOutcome,
} from "./gridfs_requests.ts";
import { AHEAD_NEAR } from "./round_trip.ts";

/** How to read. */
export interface ReadOptions {
  signal?: AbortSignal;
  /** Requests asked for ahead, see `requestsAhead()`. @default as many as on a local network */
  ahead?: number;
  /** Where chunks come from. @default the driver */
  chunks?: ChunkSource;
  /**
   * Gives the memory of the pieces back, to a source that uses it again, as soon as the next file (of a large one: the next range)
   * is asked for, instead of leaving it to the garbage collector. Only for a caller that is done with them by then, or has given
   * the buffer of a range to another thread.
   * @default {false}
   */
  release?: boolean;
  /**
   * Called with the error of a request that failed for another reason than damage: a lost server mostly. When it returns, the
   * request is asked again; when it throws, the reading ends with that error. It may be called several times at once.
   * @default throws the error
   */
  on_lost?: (error: unknown) => Promise<void>;
}

/** Pieces of a file that follow one another, views of one buffer that holds nothing else. */
export interface FileRange {
  pieces: Uint8Array[];
  /** Takes the buffer back from who has given it to another thread; absent where nobody may. */
  give_back?: (buffer: ArrayBuffer) => void;
}

/**
 * One file: complete and checked; or with a fault; or coming in ranges, which throw `DamagedFile` at a fault.
 */
export type ReadOutcome =
  | { kind: "whole"; file: StoredFile; pieces: Uint8Array[] }
  | { kind: "damaged"; file: StoredFile; reason: string }
  | { kind: "ranges"; file: StoredFile; ranges: AsyncIterable<FileRange> };

/**
 * Reads files in the order given, small ones in groups and large ones in ranges, with requests ahead of their use.
 *
 * Memory: (`ahead` + 2) x 4.2 MB (a chunk, where chunks are larger), and what a caller has lent on. The ranges of a large file have to be used before the next file is asked for; leaving them
 * early is fine. A damaged file is an outcome; a lost server throws (see `on_lost`), and so does the signal.
 */
export async function* readFiles(
  db: Db,
  files: StoredFile[],
  options: ReadOptions = {},
): AsyncGenerator<ReadOutcome, void, void> {
  const { signal, on_lost = rethrow, release = false } = options;
  const { chunks = new DriverChunks(db), ahead = AHEAD_NEAR } = options;
  const stop = new AbortController();
  const signals = signal ? [signal, stop.signal] : [stop.signal];
  const source = { chunks, onLost: on_lost, signal: AbortSignal.any(signals) };
  const over = release
    ? (outcomes: Iterable<SmallOutcome>) => releaseMemory(chunks, outcomes)
    : () => {};
  const units = grouped(files);
  const next = askAhead(requests(source, units), ahead);
  let current: Group | null = null;
  let group = new Map<string, SmallOutcome>();
  try {
    for (const [i, file] of files.entries()) {
      const unit = units[i]!;
      if ("queued" in unit) {
        const ranges = largeFile(unit, next, { chunks, over });
        yield { kind: "ranges", file, ranges };
        await leave(unit, next);
        continue;
      }
      if (unit !== current) {
        over(group.values());
        group = await next() as Map<string, SmallOutcome>;
        current = unit;
      }
      yield { ...group.get(file.id)!, file };
    }
  } finally {
    stop.abort();
  }
}

/**
 * The content of one file, piece by piece, for an answer that is sent while it is read.
 *
 * The beginning (small files: everything) is read and checked before this returns; a fault further on throws from the
 * iteration, so that the answer breaks off instead of ending short.
 * @throws {DamagedFile} if the beginning is damaged
 */
export async function readFile(
  db: Db,
  file: StoredFile,
  options: ReadOptions = {},
): Promise<AsyncIterable<Uint8Array>> {
  const pieces = onlyFile(db, file, options);
  const first = await pieces.next();
  return (async function* content() {
    try {
      if (!first.done) yield first.value;
      yield* pieces;
    } finally {
      await pieces.return();
    }
  })();
}

async function* onlyFile(
  db: Db,
  file: StoredFile,
  options: ReadOptions,
): AsyncGenerator<Uint8Array, void, void> {
  for await (const outcome of readFiles(db, [file], options)) {
    if (outcome.kind === "damaged") throw new DamagedFile(outcome.reason);
    yield* piecesOf(outcome);
  }
}

/** The pieces of a file, however it comes. */
export async function* piecesOf(
  outcome: Exclude<ReadOutcome, { kind: "damaged" }>,
): AsyncGenerator<Uint8Array, void, void> {
  if (outcome.kind === "whole") return yield* outcome.pieces;
  for await (const { pieces } of outcome.ranges) yield* pieces;
}

async function* largeFile(
  unit: Large,
  next: () => Promise<Answer>,
  { chunks, over }: {
    chunks: ChunkSource;
    over: (outcomes: SmallOutcome[]) => void;
  },
): AsyncGenerator<FileRange, void, void> {
  const give_back = chunks.release &&
    ((buffer: ArrayBuffer) => chunks.release?.(buffer));
  const md5 = new Md5Check(unit.file);
  const count = chunkCount(unit.file);
  for (let from = 0; from < count; from += rangeLength(unit.file)) {
    const answer = await next() as SmallOutcome;
    unit.queued--;
    if (answer.kind === "damaged") throw new DamagedFile(answer.reason);
    md5.update(answer.pieces);
    yield { pieces: answer.pieces, give_back };
    over([answer]);
  }
  const fault = md5.fault();
  if (fault !== null) throw new DamagedFile(fault);
}

/** Gives back the replies that these pieces are views of; nobody else holds them. */
function releaseMemory(
  chunks: ChunkSource,
  outcomes: Iterable<SmallOutcome>,
): void {
  const replies = new Set<ArrayBufferLike>();
  for (const outcome of outcomes) {
    if (outcome.kind === "damaged") continue;
    for (const { buffer } of outcome.pieces) replies.add(buffer);
  }
  for (const reply of replies) chunks.release?.(reply);
}

/** Takes the unused answers of a large file from the queue. */
async function leave(unit: Large, next: () => Promise<Answer>): Promise<void> {
  unit.over = true;
  for (; unit.queued > 0; unit.queued--) await next();
}

function rethrow(error: unknown): Promise<void> {
  return Promise.reject(error);
}
