import { centralRecord, type ZipEntry } from "./zip_format.ts";

const FIRST_BYTES = 64 * 1024;
const RECORD_SIGNATURE = 0x02014b50;

/** The central directory as the bytes it will be: 100,000 entries take some 11 MB, where objects would take 100. */
export class CentralDirectory {
  #store: Uint8Array<ArrayBuffer>;
  #used = 0;
  #entries = 0;

  /**
   * @param saved The bytes of an earlier directory to go on from.
   * @throws {RangeError} if they are not whole records
   */
  constructor(saved: Uint8Array = new Uint8Array()) {
    this.#store = new Uint8Array(Math.max(FIRST_BYTES, saved.length));
    this.#store.set(saved);
    this.#used = saved.length;
    this.#entries = countRecords(this.bytes);
  }

  get entries(): number {
    return this.#entries;
  }

  /** A view, good until the next `add()`. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#store.subarray(0, this.#used);
  }

  add(entry: ZipEntry): void {
    const record = centralRecord(entry);
    if (this.#used + record.length > this.#store.length) this.#grow();
    this.#store.set(record, this.#used);
    this.#used += record.length;
    this.#entries++;
  }

  /** One record never exceeds 64 KiB, so doubling is always enough. */
  #grow(): void {
    const larger = new Uint8Array(2 * this.#store.length);
    larger.set(this.bytes);
    this.#store = larger;
  }
}

function countRecords(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let count = 0;
  for (let at = 0; at < bytes.length; count++) {
    if (view.getUint32(at, true) !== RECORD_SIGNATURE) {
      throw new RangeError(`No central directory record at byte ${at}`);
    }
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true);
  }
  return count;
}
