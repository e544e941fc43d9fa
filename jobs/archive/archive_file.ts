import { createHash } from "node:crypto";

/** One write for so much: one per small file costs 30 times as much. */
const BUFFER_BYTES = 1024 * 1024;

/** A place that a file under construction can be cut back to. */
export interface Mark {
  size: number;
  hash: ReturnType<typeof createHash>;
}

/**
 * A growing file with the SHA-256 of all it holds, so that no second pass is needed at the end.
 *
 * Pieces are copied into a buffer, so that their memory is free at once, and one buffer is written while the other fills. An error
 * of the disk is thrown by the next call.
 */
export class ArchiveFile {
  #file: Deno.FsFile;
  #hash = createHash("sha256");
  #written = 0;
  #buffer = new Uint8Array(BUFFER_BYTES);
  #spare = new Uint8Array(BUFFER_BYTES);
  #gathered = 0;
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown = null;
  #closed = false;

  private constructor(file: Deno.FsFile) {
    this.#file = file;
  }

  /** Makes the file, or empties it. */
  static async create(path: string): Promise<ArchiveFile> {
    const options = { read: true, write: true, create: true, truncate: true };
    return new ArchiveFile(await Deno.open(path, options));
  }

  /**
   * Opens a file whose first `size` bytes are good, drops the rest and reads the good ones once for the hash.
   * @throws {Error} if they are fewer, or not those with this SHA-256
   */
  static async resume(
    path: string,
    { size, sha256 }: { size: number; sha256: string },
  ): Promise<ArchiveFile> {
    const file = await Deno.open(path, { read: true, write: true });
    const archive = new ArchiveFile(file);
    try {
      await archive.#readPrefix(size);
      if (archive.#hash.copy().digest("hex") !== sha256) {
        throw new Error(`The first ${size} bytes of ${path} have changed`);
      }
      await file.truncate(size);
    } catch (error) {
      file.close();
      throw error;
    }
    return archive;
  }

  /** Bytes so far, those in the buffer included. */
  get size(): number {
    return this.#written + this.#gathered;
  }

  /** Adds a piece; waits only while the write before is under way. The piece may be changed afterwards. */
  async append(piece: Uint8Array): Promise<void> {
    for (let at = 0; at < piece.length;) {
      if (this.#gathered === BUFFER_BYTES) await this.#flush();
      const fitting = piece.subarray(at, at + BUFFER_BYTES - this.#gathered);
      this.#buffer.set(fitting, this.#gathered);
      this.#gathered += fitting.length;
      at += fitting.length;
    }
  }

  /** Hands everything to the operating system, so that a killed process loses none of it. */
  async flush(): Promise<{ size: number; sha256: string }> {
    await this.#flush();
    await this.#settled();
    const sha256 = this.#hash.copy().digest("hex");
    return { size: this.#written, sha256 };
  }

  /** A point to come back to. */
  async mark(): Promise<Mark> {
    await this.#flush();
    return { size: this.#written, hash: this.#hash.copy() };
  }

  /** Forgets everything behind the mark. */
  async cutBack(mark: Mark): Promise<void> {
    await this.#settled();
    await this.#file.truncate(mark.size);
    await this.#file.seek(mark.size, Deno.SeekMode.Start);
    this.#written = mark.size;
    this.#gathered = 0;
    this.#hash = mark.hash.copy();
  }

  /** Brings everything to the disk and closes the file. */
  async finish(): Promise<{ size: number; sha256: string }> {
    const end = await this.flush();
    await this.#file.syncData();
    this.#file.close();
    this.#closed = true;
    return end;
  }

  /** Closes a file that will not be finished; harmless on a finished one. */
  async close(): Promise<void> {
    await this.#writing;
    if (!this.#closed) this.#file.close();
    this.#closed = true;
  }

  async #flush(): Promise<void> {
    if (this.#gathered === 0) return;
    const full = this.#buffer.subarray(0, this.#gathered);
    this.#hash.update(full);
    await this.#settled();
    this.#written += full.length;
    this.#gathered = 0;
    [this.#buffer, this.#spare] = [this.#spare, this.#buffer];
    this.#writing = this.#writeAll(full).catch((error) => {
      this.#failure = error;
    });
  }

  async #settled(): Promise<void> {
    await this.#writing;
    if (this.#failure !== null) throw this.#failure;
  }

  async #writeAll(piece: Uint8Array): Promise<void> {
    for (let done = 0; done < piece.length;) {
      done += await this.#file.write(piece.subarray(done));
    }
  }

  async #readPrefix(size: number): Promise<void> {
    const block = new Uint8Array(BUFFER_BYTES);
    while (this.#written < size) {
      const wanted = Math.min(block.length, size - this.#written);
      const got = await this.#file.read(block.subarray(0, wanted));
      if (got === null) {
        throw new Error(
          `The archive has ${this.#written} bytes, expected ${size}`,
        );
      }
      this.#hash.update(block.subarray(0, got));
      this.#written += got;
    }
  }
}
