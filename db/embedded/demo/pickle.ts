/** What the writer takes: plain data, no classes. */
export type Plain = number | string | boolean | null | Plain[] | {
  [key: string]: Plain;
};

/**
 * Writes a Python pickle of protocol 2 with data opcodes only: no globals, no
 * calls, so that reading it can do nothing but build dicts and lists.
 */
export function pickle(value: Plain): Uint8Array {
  const writer = new Writer();
  writer.bytes(0x80, 2);
  write(writer, value);
  writer.bytes(0x2e);
  return writer.finish();
}

function write(out: Writer, value: Plain): void {
  if (value === null) out.bytes(0x4e);
  else if (typeof value === "boolean") out.bytes(value ? 0x88 : 0x89);
  else if (typeof value === "number") out.float(value);
  else if (typeof value === "string") out.text(value);
  else if (Array.isArray(value)) {
    out.bytes(0x5d, 0x28);
    for (const item of value) write(out, item);
    out.bytes(0x65);
  } else {
    out.bytes(0x7d, 0x28);
    for (const [key, item] of Object.entries(value)) {
      out.text(key);
      write(out, item);
    }
    out.bytes(0x75);
  }
}

/** A growing byte buffer that knows three of pickle's opcodes. */
class Writer {
  #buffer = new Uint8Array(1024);
  #length = 0;

  bytes(...values: number[]): void {
    this.#reserve(values.length);
    this.#buffer.set(values, this.#length);
    this.#length += values.length;
  }

  /** BINFLOAT: eight bytes, big endian. */
  float(value: number): void {
    this.bytes(0x47);
    this.#reserve(8);
    new DataView(this.#buffer.buffer).setFloat64(this.#length, value);
    this.#length += 8;
  }

  /** BINUNICODE: a little-endian length and UTF-8. */
  text(value: string): void {
    const utf8 = new TextEncoder().encode(value);
    this.bytes(0x58);
    this.#reserve(4 + utf8.length);
    new DataView(this.#buffer.buffer).setUint32(
      this.#length,
      utf8.length,
      true,
    );
    this.#buffer.set(utf8, this.#length + 4);
    this.#length += 4 + utf8.length;
  }

  finish(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const larger = new Uint8Array(2 * this.#buffer.length + more);
    larger.set(this.#buffer);
    this.#buffer = larger;
  }
}
