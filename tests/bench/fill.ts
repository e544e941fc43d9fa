import { type Binary, type Db, ObjectId } from "mongodb";
import { createHash } from "node:crypto";
import { noise } from "../noise.ts";
import type { BenchSet } from "./sets.ts";

const CHUNK_BYTES = 255 * 1024;
/** Chunks of several files that go to the server together. */
const BATCH_BYTES = 8_000_000;
const POOL = noise(64 * 1024 * 1024, 5);

/** A file that the bench stored, with what its bytes must hash to. */
export interface BenchFile {
  id: string;
  name: string;
  length: number;
  sha256: string;
}

/** The runs of a set as they lie in GridFS. */
export interface StoredSet {
  runs: { folder: string; files: BenchFile[] }[];
}

/** Stores the files of a set in GridFS. */
export async function fill(db: Db, set: BenchSet): Promise<StoredSet> {
  await db.collection("fs.chunks")
    .createIndex({ files_id: 1, n: 1 }, { unique: true });
  const batch = new Batch(db);
  const stored: StoredSet = { runs: [] };
  for (const [r, lengths] of set.runs.entries()) {
    const files: BenchFile[] = [];
    for (const [f, length] of lengths.entries()) {
      const seed = (r * 1009 + f * 7919) % 60_000_000;
      files.push(await store(batch, length, { name: `out_${f}.dat`, seed }));
    }
    stored.runs.push({ folder: `run_${r}`, files });
  }
  await batch.flush();
  return stored;
}

async function store(
  batch: Batch,
  length: number,
  { name, seed }: { name: string; seed: number },
): Promise<BenchFile> {
  const _id = new ObjectId();
  const hash = createHash("sha256");
  for (let n = 0; n * CHUNK_BYTES < length; n++) {
    const from = (seed + n * CHUNK_BYTES) % (POOL.length - CHUNK_BYTES);
    const size = Math.min(CHUNK_BYTES, length - n * CHUNK_BYTES);
    const data = POOL.subarray(from, from + size);
    hash.update(data);
    await batch.chunk({ files_id: _id, n, data });
  }
  await batch.file({
    _id,
    filename: name,
    length,
    chunkSize: CHUNK_BYTES,
    uploadDate: new Date(),
  });
  return { id: String(_id), name, length, sha256: hash.digest("hex") };
}

/** Gathers documents, so that small files are stored quickly too. */
class Batch {
  #db: Db;
  #chunks: object[] = [];
  #files: object[] = [];
  #bytes = 0;

  constructor(db: Db) {
    this.#db = db;
  }

  async chunk(
    chunk: { files_id: ObjectId; n: number; data: Uint8Array },
  ): Promise<void> {
    this.#chunks.push({ ...chunk, data: chunk.data as unknown as Binary });
    this.#bytes += chunk.data.length;
    if (this.#bytes > BATCH_BYTES) await this.flush();
  }

  async file(file: object): Promise<void> {
    this.#files.push(file);
    if (this.#files.length >= 1000) await this.flush();
  }

  async flush(): Promise<void> {
    const [chunks, files] = [this.#chunks.splice(0), this.#files.splice(0)];
    this.#bytes = 0;
    const options = { ordered: false };
    if (chunks.length) {
      await this.#db.collection("fs.chunks").insertMany(chunks, options);
    }
    if (files.length) {
      await this.#db.collection("fs.files").insertMany(files, options);
    }
  }
}
