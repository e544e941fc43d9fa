import { type Db, type Document, ObjectId } from "mongodb";

/** How long the server may work on one request. */
const MAX_TIME_MS = 20_000;

/** More documents than any request can bring, so that each comes in one batch: a lost server ends those at once. */
const ONE_BATCH = 10_000;

/** A document of `fs.chunks` as it is stored: anything may be wrong with it. */
export interface Chunk {
  /** 24 hex digits; empty when it is no id. */
  files_id: string;
  n: unknown;
  /** Bytes, if that is what is stored. */
  data: unknown;
}

/** Which chunks are wanted, and in which order they come. */
export interface ChunkQuery {
  filter: Document;
  sort: Record<string, 1>;
  /** @default all */
  limit?: number;
  signal?: AbortSignal;
}

/** What every `find` of chunks asks for, as the command and as the driver name it. */
export function findOptions({ sort, limit = 0 }: ChunkQuery) {
  return {
    sort,
    limit,
    batchSize: limit || ONE_BATCH,
    singleBatch: true,
    maxTimeMS: MAX_TIME_MS,
  };
}

/** Where chunks are read from. */
export interface ChunkSource {
  /** @throws whatever the connection throws when the server is lost, and the signal's reason */
  find(query: ChunkQuery): Promise<Chunk[]>;
  /** Takes the memory of a reply back, whose chunks nobody uses any more; absent where others may hold it, too. */
  release?(reply: ArrayBufferLike): void;
  /** Ends what it has opened. */
  close(): void;
}

/** Reads over the driver's connections. The driver keeps the cluster time of a reply as a view of it, so no reply is ever ours. */
export class DriverChunks implements ChunkSource {
  #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async find(query: ChunkQuery): Promise<Chunk[]> {
    const { filter, signal } = query;
    const found = await this.#db.collection("fs.chunks").find(filter, {
      ...findOptions(query),
      promoteBuffers: true,
      signal,
    }).toArray();
    return found.map(({ files_id, n, data }) => ({
      files_id: files_id instanceof ObjectId ? files_id.toHexString() : "",
      n,
      data,
    }));
  }

  close(): void {}
}
