import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { ArchiveFile, type GiveBack, type Mark } from "./archive_file.ts";
import { CentralDirectory } from "./central_directory.ts";
import { Deflater, packedIfSmaller, total } from "./deflater.ts";
import * as zip from "./zip_format.ts";

/** Deflate can make a file a little larger; far enough below 4 GiB the packed size still fits 32 bits. */
const SURE_32_BIT_BYTES = 0xfff00000;

/** How an entry is written. */
export interface EntryOptions {
  /** Pack the data. @default {false} */
  deflate?: boolean;
}

/** What is known of an entry when it is complete. */
export interface FinishedEntry {
  /** Bytes of the file. */
  bytes: number;
  /** Of the file, lower-case hex; settles when its bytes are written, which `flush()` sees to. */
  sha256: Promise<string>;
}

/** All that is needed, beside the file itself, to go on with an archive after its last complete entry. */
export interface ZipState {
  /** Where the next entry begins. */
  offset: number;
  /** Of the bytes before it, lower-case hex. */
  sha256: string;
  /** Central directory records of the entries. */
  central: Uint8Array;
}

interface OpenEntry extends zip.ZipEntry {
  mark: Mark;
  sha256: ReturnType<typeof createHash>;
  expected: number | null;
  deflater: Deflater | null;
}

/**
 * Writes a ZIP64 archive: entries of any size and number, constant memory but for some 110 bytes per entry.
 *
 * Bytes once written are never changed. A whole file given to `add()` has its CRC and sizes in its header; one of many pieces
 * (`begin()`, `write()`, `end()`) has them in a data descriptor, which lets the archive's SHA-256 grow with the file.
 * Names are taken as they are: `entry_names.ts` makes them safe and unique. Times and modes are fixed.
 */
export class ZipWriter {
  #file: ArchiveFile;
  #central: CentralDirectory;
  #open: OpenEntry | null = null;

  private constructor(file: ArchiveFile, central: CentralDirectory) {
    this.#file = file;
    this.#central = central;
  }

  /** Begins an archive; an existing file is emptied. Where it cannot be made a later call throws. */
  static create(path: string): ZipWriter {
    return new ZipWriter(ArchiveFile.create(path), new CentralDirectory());
  }

  /**
   * Goes on with a file that an earlier writer left, behind the entries that `state` names. Reads the kept bytes once.
   * @throws {Error} if the file is shorter than its state says, or was changed; and the signal's reason
   */
  static async resume(
    path: string,
    state: ZipState,
    signal?: AbortSignal,
  ): Promise<ZipWriter> {
    const { offset: size, sha256 } = state;
    const central = new CentralDirectory(state.central);
    const file = await ArchiveFile.resume(path, { size, sha256 }, signal);
    return new ZipWriter(file, central);
  }

  /** Number of complete entries. */
  get entries(): number {
    return this.#central.entries;
  }

  /** Bytes so far. */
  get size(): number {
    return this.#file.size;
  }

  /** Writes a whole file. Packed only where that makes it smaller. */
  async add(
    name: string,
    pieces: Uint8Array[],
    { deflate = false }: EntryOptions = {},
  ): Promise<FinishedEntry> {
    if (this.#open) throw new Error(`Entry ${name} begins inside another one`);
    const packed = deflate ? packedIfSmaller(pieces) : null;
    const entry: zip.ZipEntry = {
      name: new TextEncoder().encode(name),
      method: packed ? zip.DEFLATE : zip.STORE,
      crc: pieces.reduce((crc, piece) => crc32(piece, crc), 0),
      size: total(pieces),
      packed: packed?.length ?? total(pieces),
      offset: this.#file.size,
      streamed: false,
      zip64: total(pieces) >= SURE_32_BIT_BYTES,
    };
    await this.#file.append(zip.localHeader(entry));
    this.#central.add(entry);
    const { size: bytes } = entry;
    if (!packed) return { bytes, ...await this.#file.appendFile(pieces) };
    await this.#file.append(packed);
    return { bytes, sha256: Promise.resolve(sha256Of(pieces)) };
  }

  /**
   * Begins an entry of many pieces.
   * @param size Bytes expected, when known: `end()` then refuses another length, and 64-bit sizes are used only where needed.
   */
  async begin(
    name: string,
    { size = null, deflate = false }: EntryOptions & { size?: number | null } =
      {},
  ): Promise<void> {
    if (this.#open) throw new Error(`Entry ${name} begins inside another one`);
    const mark = await this.#file.mark();
    this.#open = {
      name: new TextEncoder().encode(name),
      method: deflate ? zip.DEFLATE : zip.STORE,
      crc: 0,
      size: 0,
      packed: 0,
      offset: mark.size,
      streamed: true,
      zip64: size === null || size >= SURE_32_BIT_BYTES,
      mark,
      sha256: createHash("sha256"),
      expected: size,
      deflater: deflate ? new Deflater() : null,
    };
    await this.#file.append(zip.localHeader(this.#open));
  }

  /**
   * Adds pieces to the entry that `begin()` began. They must not be changed afterwards.
   * @param giveBack Lets the writer take the buffer that all the pieces are views of: it is detached, and comes back when they are
   * written. It may also not be taken, and never come.
   */
  async write(pieces: Uint8Array[], giveBack?: GiveBack): Promise<void> {
    const entry = this.#current();
    for (const piece of pieces) {
      entry.crc = crc32(piece, entry.crc);
      entry.sha256.update(piece);
      entry.size += piece.length;
    }
    const { deflater } = entry;
    if (deflater) {
      for (const piece of pieces) {
        await this.#append(entry, await deflater.push(piece));
      }
    } else if (giveBack) {
      entry.packed += total(pieces);
      await this.#file.lend(pieces, giveBack);
    } else await this.#append(entry, pieces);
  }

  /**
   * Completes the entry.
   * @throws {RangeError} if it has not the length given to `begin()`: roll it back then
   */
  async end(): Promise<FinishedEntry> {
    const entry = this.#current();
    if (entry.expected !== null && entry.expected !== entry.size) {
      throw new RangeError(
        `Entry has ${entry.size} bytes, expected ${entry.expected}`,
      );
    }
    if (entry.deflater) await this.#append(entry, await entry.deflater.end());
    await this.#file.append(zip.dataDescriptor(entry));
    this.#central.add(entry);
    this.#open = null;
    const sha256 = Promise.resolve(entry.sha256.digest("hex"));
    return { bytes: entry.size, sha256 };
  }

  /** Cuts the archive back to the first byte of the unfinished entry; nothing to do when there is none. */
  async rollback(): Promise<void> {
    if (!this.#open) return;
    this.#open.deflater?.stop();
    await this.#file.cutBack(this.#open.mark);
    this.#open = null;
  }

  /** Bytes of the central directory so far. */
  get centralSize(): number {
    return this.#central.bytes.length;
  }

  /** Hands everything to the operating system. */
  async flush(): Promise<void> {
    await (await this.#file.flush()).written;
  }

  /**
   * Sends everything on its way to the operating system. Its `written` tells where another writer could go on, once all is there;
   * further entries may be added meanwhile.
   * @param after Leaves out so many bytes of the central directory, which the caller has already.
   */
  async state(after = 0): Promise<{ written: Promise<ZipState> }> {
    if (this.#open) throw new Error("An unfinished entry cannot be saved");
    const central = this.#central.bytes.slice(after);
    const { written } = await this.#file.flush();
    const state = written.then(({ size: offset, sha256 }) => (
      { offset, sha256, central }
    ));
    return { written: state };
  }

  /** Writes the central directory, brings all to the disk and closes the file. */
  async finish(): Promise<{ size: number; sha256: string }> {
    if (this.#open) throw new Error("An entry is unfinished");
    const { bytes, entries } = this.#central;
    const offset = this.#file.size;
    await this.#file.append(bytes);
    const directory = { entries, offset, size: bytes.length };
    await this.#file.append(zip.endRecords(directory));
    return this.#file.finish();
  }

  /** Closes the file as it is: not a valid archive. */
  async close(): Promise<void> {
    this.#open?.deflater?.stop();
    await this.#file.close();
  }

  async #append(entry: OpenEntry, pieces: Uint8Array[]): Promise<void> {
    for (const piece of pieces) {
      entry.packed += piece.length;
      await this.#file.append(piece);
    }
  }

  #current(): OpenEntry {
    if (!this.#open) throw new Error("No entry has begun");
    return this.#open;
  }
}

function sha256Of(pieces: Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex");
}
