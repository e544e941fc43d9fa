import { ObjectId } from "mongodb";
import { createHash, type Hash } from "node:crypto";
import type { Chunk, ChunkSource } from "./chunk_source.ts";
import { DamagedFile, type StoredFile } from "./gridfs.ts";

/** A reply of the server stays well below 16 MB. */
export const REQUEST_BYTES = 16 * 255 * 1024 + 64 * 1024;
const REQUEST_CHUNKS = 1000;

/** A request that can be asked again: reads change nothing. */
export interface Asked {
  signal?: AbortSignal;
}

/** Number of chunks a file of this length must have. */
export function chunkCount({ length, chunk_size }: StoredFile): number {
  return Math.ceil(length / chunk_size);
}

/** Number of chunks to ask for at once. */
export function rangeLength({ chunk_size }: StoredFile): number {
  const fitting = Math.floor(REQUEST_BYTES / chunk_size);
  return Math.min(Math.max(fitting, 1), REQUEST_CHUNKS);
}

/**
 * The content of several small files, by id; a file with a fault is not in it and has to be read by itself, because a
 * neighbour with too many chunks may have crowded it out of the batch.
 */
export async function readGroup(
  source: ChunkSource,
  files: StoredFile[],
  { signal }: Asked,
): Promise<Map<string, Uint8Array[]>> {
  const found = await source.find({
    filter: { files_id: { $in: files.map((file) => new ObjectId(file.id)) } },
    sort: { files_id: 1, n: 1 },
    signal,
  });
  const chunks = Map.groupBy(found, ({ files_id }) => files_id);
  const whole = new Map<string, Uint8Array[]>();
  for (const file of files) {
    const own = chunks.get(file.id) ?? [];
    const range = { from: 0, to: chunkCount(file) };
    if (fault(file, own, range) === null) whole.set(file.id, content(own));
  }
  return whole;
}

/**
 * Chunks `from` to `to` (exclusive) of one file, each with the length it must have. The first range also notices chunks
 * before the first, the last one those behind the end.
 * @throws {DamagedFile} if anything is missing, too much or of the wrong length
 */
export async function readRange(
  source: ChunkSource,
  file: StoredFile,
  { from, to, signal }: Asked & { from: number; to: number },
): Promise<Uint8Array[]> {
  const count = chunkCount(file);
  const n = {
    ...(from > 0 ? { $gte: from } : {}),
    ...(to < count ? { $lt: to } : {}),
  };
  const found = await source.find({
    filter: {
      files_id: new ObjectId(file.id),
      ...(Object.keys(n).length ? { n } : {}),
    },
    sort: { n: 1 },
    limit: to - from + 1,
    signal,
  });
  const reason = fault(file, found, { from, to });
  if (reason !== null) throw new DamagedFile(reason);
  return content(found);
}

/** Compares a file's bytes with the MD5 that old uploads carry; a file without one passes. */
export class Md5Check {
  #expected: string | null;
  #hash: Hash | null;

  constructor({ md5 }: StoredFile) {
    this.#expected = md5;
    this.#hash = md5 === null ? null : createHash("md5");
  }

  update(pieces: Uint8Array[]): void {
    for (const piece of pieces) this.#hash?.update(piece);
  }

  /** What is wrong, in words; null when the bytes are those that were uploaded. */
  fault(): string | null {
    if (this.#hash === null) return null;
    const found = this.#hash.digest("hex");
    return found === this.#expected
      ? null
      : `MD5 of the content is ${found}, stored was ${this.#expected}`;
  }
}

/** What is wrong with these chunks, in words; null when they are what the file's record promises. */
function fault(
  file: StoredFile,
  chunks: Chunk[],
  { from, to }: { from: number; to: number },
): string | null {
  const count = chunkCount(file);
  for (const [i, { n, data }] of chunks.entries()) {
    if (isEmptyExtra({ data }, i, to - from)) continue;
    if (from + i >= to) {
      return `More chunks are stored than the ${count} of its length`;
    }
    if (n !== from + i) return missing(from + i, count);
    const expected = Math.min(
      file.chunk_size,
      file.length - n * file.chunk_size,
    );
    if (!(data instanceof Uint8Array)) {
      return `Chunk ${n + 1} of ${count} holds no bytes`;
    }
    if (data.length !== expected) {
      return `Chunk ${
        n + 1
      } of ${count} has ${data.length} bytes, expected ${expected}`;
    }
  }
  return chunks.length < to - from
    ? missing(from + chunks.length, count)
    : null;
}

/** Some drivers wrote an empty last chunk; the GridFS specification lets readers pass over it. */
function isEmptyExtra(
  { data }: Pick<Chunk, "data">,
  i: number,
  wanted: number,
): boolean {
  return i >= wanted && data instanceof Uint8Array && data.length === 0;
}

function missing(n: number, count: number): string {
  return `Chunk ${n + 1} of ${count} is missing`;
}

function content(chunks: Chunk[]): Uint8Array[] {
  return chunks.map((chunk) => chunk.data as Uint8Array)
    .filter((data) => data.length > 0);
}
