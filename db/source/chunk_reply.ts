import type { Chunk } from "./chunk_source.ts";

/** Bytes of a value by its BSON type, where they do not depend on it (bsonspec.org, version 1.1). */
const FIXED_BYTES: Record<number, number> = {
  [0x01]: 8,
  [0x06]: 0,
  [0x07]: 12,
  [0x08]: 1,
  [0x09]: 8,
  [0x0a]: 0,
  [0x10]: 4,
  [0x11]: 8,
  [0x12]: 8,
  [0x13]: 16,
  [0x7f]: 0,
  [0xff]: 0,
};
const DOUBLE = 0x01;
const STRING = 0x02;
const DOCUMENT = 0x03;
const ARRAY = 0x04;
const BINARY = 0x05;
const OBJECT_ID = 0x07;
const REGEX = 0x0b;
const DB_POINTER = 0x0c;
const CODE = 0x0d;
const SYMBOL = 0x0e;
const CODE_WITH_SCOPE = 0x0f;
const INT32 = 0x10;
const INT64 = 0x12;
/** The old form of binary data, which holds its length a second time. */
const OLD_BINARY = 2;

interface Element {
  type: number;
  name: string;
  /** Where its value begins. */
  at: number;
}

/**
 * Finds the chunks in the reply to a `find`: the bytes are views of the reply, nothing is copied.
 *
 * @param reply The BSON document that the server sent.
 * @returns null when there is no cursor in it: it is an error's
 * @throws {RangeError} if it is not whole
 */
export function chunksOf(reply: Uint8Array): Chunk[] | null {
  const reader = new Reader(reply);
  for (const { type, name, at } of reader.elements(0)) {
    if (name !== "cursor" || type !== DOCUMENT) continue;
    for (const inner of reader.elements(at)) {
      if (inner.name !== "firstBatch" || inner.type !== ARRAY) continue;
      return Array.from(
        reader.elements(inner.at),
        (document) => reader.chunk(document.at),
      );
    }
  }
  return null;
}

class Reader {
  #bytes: Uint8Array;
  #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The elements of the document that begins at `start`. */
  *elements(start: number): Generator<Element> {
    const end = this.#end(start, this.#length(start)) - 1;
    for (let at = start + 4; at < end;) {
      const type = this.#bytes[at]!;
      const nameEnd = this.#terminator(at + 1, end);
      const name = this.#name(at + 1, nameEnd);
      at = this.#end(nameEnd + 1, this.#size(type, nameEnd + 1));
      yield { type, name, at: nameEnd + 1 };
    }
  }

  chunk(start: number): Chunk {
    const chunk: Chunk = { files_id: "", n: undefined, data: undefined };
    for (const { type, name, at } of this.elements(start)) {
      if (name === "n") chunk.n = this.#number(type, at);
      else if (name === "data") chunk.data = this.#binary(type, at);
      else if (name === "files_id" && type === OBJECT_ID) {
        chunk.files_id = this.#bytes.subarray(at, at + 12).toHex();
      }
    }
    return chunk;
  }

  /** By hand, letter by letter: names are so short that calling a decoder takes longer. */
  #name(from: number, to: number): string {
    let name = "";
    for (let at = from; at < to; at++) {
      name += String.fromCharCode(this.#bytes[at]!);
    }
    return name;
  }

  #number(type: number, at: number): number | undefined {
    if (type === INT32) return this.#view.getInt32(at, true);
    if (type === DOUBLE) return this.#view.getFloat64(at, true);
    if (type === INT64) return Number(this.#view.getBigInt64(at, true));
    return undefined;
  }

  #binary(type: number, at: number): Uint8Array | undefined {
    if (type !== BINARY) return undefined;
    const from = at + 5 + (this.#bytes[at + 4] === OLD_BINARY ? 4 : 0);
    return this.#bytes.subarray(from, at + 5 + this.#length(at));
  }

  /** Bytes of the value at `at`. */
  #size(type: number, at: number): number {
    const fixed = FIXED_BYTES[type];
    if (fixed !== undefined) return fixed;
    switch (type) {
      case STRING:
      case CODE:
      case SYMBOL:
        return 4 + this.#length(at);
      case DOCUMENT:
      case ARRAY:
      case CODE_WITH_SCOPE:
        return this.#length(at);
      case BINARY:
        return 5 + this.#length(at);
      case DB_POINTER:
        return 4 + this.#length(at) + 12;
      case REGEX: {
        const pattern = this.#terminator(at, this.#bytes.length);
        return this.#terminator(pattern + 1, this.#bytes.length) + 1 - at;
      }
      default:
        throw new RangeError(`The server's reply has a value of type ${type}`);
    }
  }

  #length(at: number): number {
    const length = this.#view.getInt32(at, true);
    if (length < 0) throw new RangeError("The server's reply is damaged");
    return length;
  }

  #end(start: number, length: number): number {
    const end = start + length;
    if (end > this.#bytes.length) {
      throw new RangeError("The server's reply ends too early");
    }
    return end;
  }

  #terminator(from: number, before: number): number {
    const at = this.#bytes.indexOf(0, from);
    if (at < 0 || at >= before) {
      throw new RangeError("The server's reply has a name without an end");
    }
    return at;
  }
}
