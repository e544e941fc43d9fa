import { ArchiveFileThread } from "./archive_file_thread.ts";
import type { Part, Span } from "./archive_file_worker.ts";
import { total } from "./deflater.ts";

/** One write for so much: one per small file costs 30 times as much. */
const BUFFER_BYTES = 1024 * 1024;
/** Buffers that are filled, on their way or being written. */
const BUFFERS = 6;
/** Buffers of others that are on their way or being written: 4 MB each, mostly. */
const LENT_BUFFERS = 4;
/** Fewer bytes are copied: they may share their buffer with somebody else's. */
const LENT_BYTES = BUFFER_BYTES;

/** Takes a buffer back whose bytes are written. */
export type GiveBack = (buffer: ArrayBuffer) => void;

/** A place that a file under construction can be cut back to: the latest only. */
export interface Mark {
  size: number;
}

/** Bytes of a file and the SHA-256 of all of them, lower-case hex. */
export interface FileState {
  size: number;
  sha256: string;
}

/**
 * A growing file with the SHA-256 of all it holds, so that no second pass is needed at the end.
 *
 * Pieces are copied into buffers, so that their memory is free at once, or lent with the buffer they are in; a thread of the file's
 * own hashes and writes.
 * An error of the disk is thrown by a later call.
 */
export class ArchiveFile {
  #thread = new ArchiveFileThread();
  #size = 0;
  #buffer = new Uint8Array(BUFFER_BYTES);
  #gathered = 0;
  #spans: Span[] = [];
  #spare: Uint8Array<ArrayBuffer>[] = [];
  #made = 1;
  #lent = 0;
  /** The first write that failed: nothing after it can be right. */
  #failed: { error: unknown } | null = null;
  /** Writes under way, oldest first. */
  #writing: Promise<void>[] = [];
  #digests: PromiseWithResolvers<string>[] = [];
  #closed = false;

  /** Makes the file, or empties it, while the caller goes on: where that fails a later call throws. */
  static create(path: string): ArchiveFile {
    const file = new ArchiveFile();
    file.#thread.run({ kind: "create", path })
      .catch((error) => file.#failed ??= { error });
    return file;
  }

  /**
   * Opens a file whose first `size` bytes are good, drops the rest and reads the good ones once for the hash.
   * @throws {Error} if they are fewer, or not those with this SHA-256; and the signal's reason
   */
  static async resume(
    path: string,
    state: FileState,
    signal?: AbortSignal,
  ): Promise<ArchiveFile> {
    signal?.throwIfAborted();
    const file = new ArchiveFile();
    const abort = () => file.#thread.end(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    try {
      await file.#thread.run({ kind: "resume", path, ...state });
    } catch (error) {
      await file.close();
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
    file.#size = state.size;
    return file;
  }

  /** Bytes so far, those in buffers included. */
  get size(): number {
    return this.#size;
  }

  /** Adds a piece; waits only while all buffers are on their way. The piece may be changed afterwards. */
  async append(piece: Uint8Array): Promise<void> {
    await this.#add(piece, { ofFile: false });
  }

  /**
   * Adds pieces without copying them, where they are all views of one buffer: it is detached here and comes back when they are
   * written. Few bytes are copied all the same.
   */
  async lend(pieces: Uint8Array[], giveBack: GiveBack): Promise<void> {
    const [bytes, buffer] = [total(pieces), pieces[0]?.buffer];
    const one = pieces.every((piece) => piece.buffer === buffer);
    if (bytes < LENT_BYTES || !one || !(buffer instanceof ArrayBuffer)) {
      for (const piece of pieces) await this.append(piece);
      return;
    }
    await this.#send();
    while (this.#lent >= LENT_BUFFERS) await this.#writing[0];
    this.#throwFailure();
    const parts = pieces.map(({ byteOffset: from, length }) => (
      { from, to: from + length }
    ));
    this.#size += bytes;
    this.#lent++;
    this.#write(buffer, { parts, spans: [] }, giveBack)
      .finally(() => this.#lent--).catch(() => {});
  }

  /** Adds a file. -> its SHA-256, as soon as its last byte is written: see `flush()` */
  async appendFile(
    pieces: Uint8Array[],
  ): Promise<{ sha256: Promise<string> }> {
    const digest = Promise.withResolvers<string>();
    digest.promise.catch(() => {});
    this.#digests.push(digest);
    for (const piece of pieces) await this.#add(piece, { ofFile: true });
    this.#endSpan();
    return { sha256: digest.promise };
  }

  /** Sends everything on its way to the operating system. `written` settles when a killed process would lose none of it. */
  async flush(): Promise<{ written: Promise<FileState> }> {
    await this.#send();
    return { written: this.#thread.state("state") };
  }

  /** A point to come back to. */
  async mark(): Promise<Mark> {
    await this.#send();
    await this.#thread.run({ kind: "mark" });
    return { size: this.#size };
  }

  /** Forgets everything behind the mark. */
  async cutBack({ size }: Mark): Promise<void> {
    this.#gathered = 0;
    this.#spans = [];
    await this.#thread.run({ kind: "cut_back" });
    this.#size = size;
  }

  /** Brings everything to the disk and closes the file. */
  async finish(): Promise<FileState> {
    await this.#send();
    const { size, sha256 } = await this.#thread.state("finish");
    await this.close();
    return { size, sha256 };
  }

  /** Closes a file, finished or not; harmless on a closed one. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#thread.run({ kind: "close" }).catch(() => {});
    this.#thread.end(new Error("The archive's file is closed"));
  }

  /** Copies a piece into buffers. `ofFile`: its bytes count for the SHA-256 of the file that is being added. */
  async #add(piece: Uint8Array, { ofFile }: { ofFile: boolean }) {
    for (let at = 0; at < piece.length;) {
      if (this.#gathered === BUFFER_BYTES) await this.#send();
      const from = this.#gathered;
      const fitting = piece.subarray(at, at + BUFFER_BYTES - from);
      this.#buffer.set(fitting, from);
      this.#gathered += fitting.length;
      this.#size += fitting.length;
      at += fitting.length;
      if (ofFile) {
        this.#spans.push({ from, to: this.#gathered, last: false });
      }
    }
  }

  /** The file that is being added ends here. */
  #endSpan(): void {
    const [end, latest] = [this.#gathered, this.#spans.at(-1)];
    if (latest && !latest.last) latest.last = true;
    else this.#spans.push({ from: end, to: end, last: true });
  }

  /** Gives the buffer to the thread and takes an empty one. */
  async #send(): Promise<void> {
    this.#throwFailure();
    if (this.#gathered === 0 && this.#spans.length === 0) return;
    const parts = [{ from: 0, to: this.#gathered }];
    const spans = this.#spans;
    [this.#gathered, this.#spans] = [0, []];
    this.#write(
      this.#buffer.buffer,
      { parts, spans },
      (buffer) => this.#spare.push(new Uint8Array(buffer)),
    );
    this.#buffer = await this.#empty();
  }

  #write(
    buffer: ArrayBuffer,
    what: { parts: Part[]; spans: Span[] },
    back: GiveBack,
  ): Promise<void> {
    const reply = this.#thread.write({ kind: "write", buffer, ...what });
    const write = this.#written(reply, back);
    write.catch(() => {});
    this.#writing.push(write);
    return write;
  }

  #throwFailure(): void {
    if (this.#failed) throw this.#failed.error;
  }

  async #written(
    reply: Promise<{ buffer: ArrayBuffer; digests: string[] }>,
    back: GiveBack,
  ): Promise<void> {
    try {
      const { buffer, digests } = await reply;
      back(buffer);
      for (const digest of digests) this.#digests.shift()!.resolve(digest);
    } catch (error) {
      this.#failed ??= { error };
      for (const { reject } of this.#digests.splice(0)) reject(error);
      throw error;
    } finally {
      this.#writing.shift();
    }
  }

  /** A buffer that came back, a new one while there are few, or the next one to come back. */
  async #empty(): Promise<Uint8Array<ArrayBuffer>> {
    while (this.#spare.length === 0) {
      if (this.#made < BUFFERS) {
        this.#made++;
        return new Uint8Array(BUFFER_BYTES);
      }
      // A buffer whose write failed does not come back.
      this.#throwFailure();
      await this.#writing[0];
    }
    return this.#spare.pop()!;
  }
}
