import { RefusedPickle } from "./values.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads numbers and texts one behind the other and never past the end. */
export class ByteReader {
  #bytes: Uint8Array;
  #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  u8(): number {
    return this.#view.getUint8(this.#step(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4), true);
  }

  i32(): number {
    return this.#view.getInt32(this.#step(4), true);
  }

  /** A length of 64 bits; one that no memory holds is past the end anyway. */
  u64(): number {
    return Number(this.#view.getBigUint64(this.#step(8), true));
  }

  /** Big-endian, unlike all the others. */
  f64(): number {
    return this.#view.getFloat64(this.#step(8), false);
  }

  /** A view of the next bytes. */
  bytes(length: number): Uint8Array {
    const from = this.#step(length);
    return this.#bytes.subarray(from, from + length);
  }

  /** @throws {RefusedPickle} if the bytes are not UTF-8 */
  text(length: number): string {
    const bytes = this.bytes(length);
    try {
      return UTF8.decode(bytes);
    } catch {
      throw new RefusedPickle("It holds a text that is not UTF-8");
    }
  }

  /** Up to the next line feed. */
  line(): string {
    const end = this.#bytes.indexOf(10, this.#at);
    if (end < 0) throw endless();
    const line = this.text(end - this.#at);
    this.#at = end + 1;
    return line;
  }

  #step(length: number): number {
    const from = this.#at;
    if (length > this.#bytes.length - from) throw endless();
    this.#at += length;
    return from;
  }
}

function endless(): RefusedPickle {
  return new RefusedPickle("It ends in the middle of a value");
}
