/** Compression methods of the zip format (PKWARE APPNOTE 4.4.5). */
export const STORE = 0;
export const DEFLATE = 8;

/** From this on a 32-bit field says "see the ZIP64 record" (APPNOTE 4.4.1.4). */
export const ZIP64_LIMIT = 0xffffffff;
const ZIP64_ENTRIES = 0xffff;

const UTF8_NAME = 0x0800;
const SIZES_FOLLOW = 0x0008;
const VERSION = 20;
const VERSION_ZIP64 = 45;
/** Made on Unix, so that readers take the mode below. */
const MADE_BY = (3 << 8) | VERSION_ZIP64;
/** A plain file, rw-r--r--. */
const ATTRIBUTES = 0o100644 * 0x10000;
/** 1980-01-01, the first day of the format: the same input gives the same bytes. */
const DATE = 0x0021;

/** What the records of one entry are made of. Sizes and offset in bytes. */
export interface ZipEntry {
  /** UTF-8. */
  name: Uint8Array;
  method: number;
  crc: number;
  /** Bytes of the file. */
  size: number;
  /** Bytes in the archive. */
  packed: number;
  /** Where the local header begins. */
  offset: number;
  /** CRC and sizes are known only afterwards and stand in a data descriptor behind the data. */
  streamed: boolean;
  /** The local record has 64-bit sizes. */
  zip64: boolean;
}

/** The header before an entry's data (APPNOTE 4.3.7). */
export function localHeader(entry: ZipEntry): Uint8Array {
  const { name, streamed, zip64 } = entry;
  const [crc, packed, size] = streamed
    ? [0, 0, 0]
    : [entry.crc, entry.packed, entry.size];
  return new Record().u32(0x04034b50).u16(zip64 ? VERSION_ZIP64 : VERSION).u16(
    flags(entry),
  )
    .u16(entry.method).u16(0).u16(DATE).u32(crc)
    .u32(zip64 ? ZIP64_LIMIT : packed).u32(zip64 ? ZIP64_LIMIT : size)
    .u16(name.length).u16(zip64 ? 20 : 0).raw(name)
    .zip64Extra(zip64 ? [size, packed] : []).bytes;
}

/** The record behind the data of a streamed entry (APPNOTE 4.3.9). */
export function dataDescriptor(entry: ZipEntry): Uint8Array {
  const record = new Record().u32(0x08074b50)
    .u32(entry.crc);
  return entry.zip64
    ? record.u64(entry.packed).u64(entry.size).bytes
    : record.u32(entry.packed).u32(entry.size).bytes;
}

/** The entry's record in the central directory (APPNOTE 4.3.12). */
export function centralRecord(entry: ZipEntry): Uint8Array {
  const { name, size, packed, offset } = entry;
  const large = [size, packed, offset].filter((n) => n >= ZIP64_LIMIT);
  const extra = large.length ? 4 + 8 * large.length : 0;
  const version = large.length || entry.zip64 ? VERSION_ZIP64 : VERSION;
  return new Record().u32(0x02014b50).u16(MADE_BY).u16(version).u16(
    flags(entry),
  )
    .u16(entry.method).u16(0).u16(DATE).u32(entry.crc)
    .u32(Math.min(packed, ZIP64_LIMIT)).u32(Math.min(size, ZIP64_LIMIT))
    .u16(name.length).u16(extra).u16(0).u16(0).u16(0).u32(ATTRIBUTES)
    .u32(Math.min(offset, ZIP64_LIMIT)).raw(name).zip64Extra(large).bytes;
}

/** The records that end an archive, with the ZIP64 ones where a number needs them (APPNOTE 4.3.14 to 4.3.16). */
export function endRecords(
  { entries, offset, size }: { entries: number; offset: number; size: number },
): Uint8Array {
  const zip64 = entries >= ZIP64_ENTRIES || offset >= ZIP64_LIMIT ||
    size >= ZIP64_LIMIT;
  const record = new Record();
  if (zip64) {
    record.u32(0x06064b50).u64(44).u16(MADE_BY).u16(VERSION_ZIP64).u32(0)
      .u32(0).u64(entries).u64(entries).u64(size).u64(offset)
      .u32(0x07064b50).u32(0).u64(offset + size).u32(1);
  }
  const count = Math.min(entries, ZIP64_ENTRIES);
  return record.u32(0x06054b50).u16(0).u16(0).u16(count).u16(count)
    .u32(Math.min(size, ZIP64_LIMIT)).u32(Math.min(offset, ZIP64_LIMIT))
    .u16(0).bytes;
}

function flags(entry: ZipEntry): number {
  return UTF8_NAME | (entry.streamed ? SIZES_FOLLOW : 0);
}

/** Where records are put together: a view of its own for each would cost more than all the rest. A name has at most 65,535 bytes. */
const scratch = new Uint8Array(128 * 1024);
const scratchView = new DataView(scratch.buffer);

/** A little-endian record, filled from the front: one at a time. */
class Record {
  #at = 0;

  /** A copy of the record. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return scratch.slice(0, this.#at);
  }

  u16(value: number): this {
    scratchView.setUint16(this.#at, value, true);
    this.#at += 2;
    return this;
  }

  u32(value: number): this {
    scratchView.setUint32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  u64(value: number): this {
    scratchView.setBigUint64(this.#at, BigInt(value), true);
    this.#at += 8;
    return this;
  }

  raw(value: Uint8Array): this {
    scratch.set(value, this.#at);
    this.#at += value.length;
    return this;
  }

  /** The ZIP64 extra field with these values (APPNOTE 4.5.3); nothing without values. */
  zip64Extra(values: number[]): this {
    if (values.length) this.u16(0x0001).u16(8 * values.length);
    for (const value of values) this.u64(value);
    return this;
  }
}
