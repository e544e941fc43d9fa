import { type Db, ObjectId } from "mongodb";
import { createHash } from "node:crypto";
import { DamagedFile, type StoredFile } from "./gridfs.ts";

/** A reply of the server stays well below 16 MB. */
export const REQUEST_BYTES = 16 * 255 * 1024 + 64 * 1024;
const REQUEST_CHUNKS = 1000;

/** More documents than any request can bring, so that each comes in one batch: a lost server ends those at once. */
const ONE_BATCH = 10_000;

/** How long the server may work on one request. */
const MAX_TIME_MS = 20_000;

/** A request that can be asked again: reads change nothing. */
export interface Asked {
  signal?: AbortSignal;
}

interface Chunk {
  n: unknown;
  data: unknown;
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
  db: Db,
  files: StoredFile[],
  { signal }: Asked,
): Promise<Map<string, Uint8Array[]>> {
  const found = await db.collection("fs.chunks").find(
    { files_id: { $in: files.map((file) => new ObjectId(file.id)) } },
    {
      projection: { _id: 0, files_id: 1, n: 1, data: 1 },
      sort: { files_id: 1, n: 1 },
      batchSize: ONE_BATCH,
      singleBatch: true,
      promoteBuffers: true,
      maxTimeMS: MAX_TIME_MS,
      signal,
    },
  ).toArray();
  const chunks = Map.groupBy(found, (chunk) => String(chunk.files_id));
  const whole = new Map<string, Uint8Array[]>();
  for (const file of files) {
    const own = chunks.get(file.id) ?? [];
    const range = { from: 0, to: chunkCount(file) };
    if (fault(file, own as unknown as Chunk[], range) === null) {
      whole.set(file.id, content(own as unknown as Chunk[]));
    }
  }
  return whole;
}

/**
 * Chunks `from` to `to` (exclusive) of one file, each with the length it must have. The first range also notices chunks
 * before the first, the last one those behind the end.
 * @throws {DamagedFile} if anything is missing, too much or of the wrong length
 */
export async function readRange(
  db: Db,
  file: StoredFile,
  { from, to, signal }: Asked & { from: number; to: number },
): Promise<Uint8Array[]> {
  const count = chunkCount(file);
  const n = {
    ...(from > 0 ? { $gte: from } : {}),
    ...(to < count ? { $lt: to } : {}),
  };
  const found = await db.collection("fs.chunks").find(
    {
      files_id: new ObjectId(file.id),
      ...(Object.keys(n).length ? { n } : {}),
    },
    {
      projection: { _id: 0, n: 1, data: 1 },
      sort: { n: 1 },
      limit: to - from + 1,
      batchSize: to - from + 1,
      singleBatch: true,
      promoteBuffers: true,
      maxTimeMS: MAX_TIME_MS,
      signal,
    },
  ).toArray() as unknown as Chunk[];
  const reason = fault(file, found, { from, to });
  if (reason !== null) throw new DamagedFile(reason);
  return content(found);
}

/** Compares a file's bytes with the MD5 that old uploads carry; a file without one passes. */
export class Md5Check {
  #expected: string | null;
  #hash = createHash("md5");

  constructor(file: StoredFile) {
    this.#expected = file.md5;
  }

  update(pieces: Uint8Array[]): void {
    if (this.#expected === null) return;
    for (const piece of pieces) this.#hash.update(piece);
  }

  /** What is wrong, in words; null when the bytes are those that were uploaded. */
  fault(): string | null {
    if (this.#expected === null) return null;
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
    if (isEmptyExtra({ n, data }, i, to - from)) continue;
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
function isEmptyExtra({ data }: Chunk, i: number, wanted: number): boolean {
  return i >= wanted && data instanceof Uint8Array && data.length === 0;
}

function missing(n: number, count: number): string {
  return `Chunk ${n + 1} of ${count} is missing`;
}

function content(chunks: Chunk[]): Uint8Array[] {
  return chunks.map((chunk) => chunk.data as Uint8Array)
    .filter((data) => data.length > 0);
}
