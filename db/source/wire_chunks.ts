import { chunksOf } from "./chunk_reply.ts";
import {
  type Chunk,
  type ChunkQuery,
  type ChunkSource,
  findOptions,
} from "./chunk_source.ts";
import type { WireAddress } from "./driver_internals.ts";
import { ReplyBuffers } from "./reply_buffers.ts";
import { accepted, WireConnection } from "./wire_connection.ts";
import { WireError } from "./wire_message.ts";

/** Kept for the next replies: as many as are asked for ahead over a slow line, the one in use and one that was lent. */
const SPARE_BUFFERS = 8;

/**
 * Reads over connections of its own, one for each request under way, into buffers that are used again: what `release()` gets
 * back is overwritten by a later reply.
 */
export class WireChunks implements ChunkSource {
  #address: WireAddress;
  #idle: WireConnection[] = [];
  #open = new Set<WireConnection>();
  #buffers = new ReplyBuffers(SPARE_BUFFERS);
  #ending = new AbortController();

  constructor(address: WireAddress) {
    this.#address = address;
  }

  async find(query: ChunkQuery): Promise<Chunk[]> {
    const { filter, signal } = query;
    signal?.throwIfAborted();
    const connection = this.#idle.pop() ?? await this.#connect(signal);
    const abort = () => connection.close();
    signal?.addEventListener("abort", abort, { once: true });
    try {
      // It may have come while the connection was made.
      signal?.throwIfAborted();
      const reply = await connection.ask(
        this.#address.database,
        {
          find: "fs.chunks",
          filter,
          ...findOptions(query),
          $readPreference: { mode: "secondaryPreferred" },
        },
        this.#buffers,
      );
      const chunks = chunksOf(reply);
      // Throws what the server refused.
      if (!chunks) accepted(reply);
      this.#idle.push(connection);
      return chunks!;
    } catch (error) {
      this.#drop(connection);
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  release(reply: ArrayBufferLike): void {
    if (reply instanceof ArrayBuffer) this.#buffers.give(reply);
  }

  close(): void {
    this.#ending.abort(new WireError("The reading has ended"));
    for (const connection of this.#open) connection.close();
    this.#open.clear();
  }

  async #connect(signal?: AbortSignal): Promise<WireConnection> {
    const ending = this.#ending.signal;
    const connection = await WireConnection.open(
      this.#address,
      signal ? AbortSignal.any([signal, ending]) : ending,
    );
    this.#open.add(connection);
    return connection;
  }

  #drop(connection: WireConnection): void {
    this.#open.delete(connection);
    connection.close();
  }
}
