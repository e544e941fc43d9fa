const LENGTH_BYTES = 4;
/** An int32 and the closing zero. */
const SHORTEST_BYTES = 5;
/** What MongoDB itself stores at most: 16 MiB and 16 kiB for its own fields. */
const LONGEST_BYTES = 16 * 1024 * 1024 + 16 * 1024;

/**
 * Reads the documents of a dump one after another, as raw BSON: plain concatenated documents, gzip-ed when the name ends
 * in `.gz` (what mongodump writes).
 *
 * @throws {Error} that names the file and the offset (in the unpacked bytes) of the first damage.
 */
export async function* readDump(path: string): AsyncGenerator<Uint8Array> {
  const file = await Deno.open(path);
  const bytes = path.endsWith(".gz")
    ? file.readable.pipeThrough(new DecompressionStream("gzip"))
    : file.readable;
  const reader = { path, chunks: bytes[Symbol.asyncIterator](), offset: 0 };
  const store = new ByteStore();
  try {
    while (await fill(reader, store, LENGTH_BYTES)) {
      yield await nextDocument(reader, store);
    }
    if (store.length > 0) throw damage(reader, "ends within a length");
  } finally {
    await reader.chunks.return?.();
  }
}

interface Reader {
  path: string;
  chunks: AsyncIterator<Uint8Array>;
  /** Of the document under way. */
  offset: number;
}

async function nextDocument(reader: Reader, store: ByteStore) {
  const length = store.int32();
  if (length < SHORTEST_BYTES || length > LONGEST_BYTES) {
    throw damage(
      reader,
      `says that a document of ${length} bytes begins, which none can have`,
    );
  }
  if (!await fill(reader, store, length)) {
    throw damage(
      reader,
      `ends after ${store.length} of ${length} bytes of a document`,
    );
  }
  const document = store.take(length);
  if (document[length - 1] !== 0) {
    throw damage(reader, "has a document that does not end with a zero byte");
  }
  reader.offset += length;
  return document;
}

/** Reads on until the store has that many bytes; false when the file ends before. */
async function fill(reader: Reader, store: ByteStore, bytes: number) {
  while (store.length < bytes) {
    const next = await read(reader);
    if (next.done) return false;
    store.push(next.value);
  }
  return true;
}

async function read(reader: Reader): Promise<IteratorResult<Uint8Array>> {
  try {
    return await reader.chunks.next();
  } catch (cause) {
    throw damage(reader, "cannot be read or unpacked", cause);
  }
}

function damage({ path, offset }: Reader, what: string, cause?: unknown) {
  return new Error(`${path} is damaged: at byte ${offset} it ${what}`, {
    cause,
  });
}

/** Bytes that arrive in pieces and leave as documents. */
class ByteStore {
  #pieces: Uint8Array[] = [];
  length = 0;

  push(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.length += piece.length;
  }

  /** The little-endian number at the front; there must be four bytes. */
  int32(): number {
    const bytes = this.take(LENGTH_BYTES);
    this.#pieces.unshift(bytes);
    this.length += LENGTH_BYTES;
    return new DataView(bytes.buffer).getInt32(0, true);
  }

  /** Removes and returns a copy of the first bytes; there must be as many. */
  take(length: number): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(length);
    let at = 0;
    while (at < length) {
      const piece = this.#pieces[0]!;
      const part = piece.subarray(0, length - at);
      taken.set(part, at);
      at += part.length;
      if (part.length === piece.length) this.#pieces.shift();
      else this.#pieces[0] = piece.subarray(part.length);
    }
    this.length -= length;
    return taken;
  }
}
