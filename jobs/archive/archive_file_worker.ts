import { createHash, type Hash } from "node:crypto";

/** Written bytes are handed to the disk after so many, so that little is left to wait for at the end. */
const SYNC_BYTES = 64 * 1024 * 1024;
const BLOCK_BYTES = 1024 * 1024;

/** A stretch of a buffer. */
export interface Part {
  from: number;
  to: number;
}

/** A stretch of a buffer that belongs to one file. */
export interface Span extends Part {
  /** The file ends here: its SHA-256 is wanted. */
  last: boolean;
}

/** What the thread is asked to do, in this order. */
export type Request =
  | { kind: "create"; path: string }
  | { kind: "resume"; path: string; size: number; sha256: string }
  | { kind: "write"; buffer: ArrayBuffer; parts: Part[]; spans: Span[] }
  | { kind: "mark" }
  | { kind: "cut_back" }
  | { kind: "state" }
  | { kind: "finish" }
  | { kind: "close" };

/** One for each request. */
export type Reply =
  | { kind: "written"; buffer: ArrayBuffer; digests: string[] }
  | { kind: "state"; size: number; sha256: string }
  | { kind: "done" }
  | { kind: "failed"; message: string; code: string | null };

/** What a worker thread may do; the checker only knows the main thread's. */
interface ThreadScope {
  postMessage(reply: Reply, transfer?: ArrayBuffer[]): void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
}

/** Grows one file and the SHA-256 of all it holds, on a thread of its own: hashing and writing cost as much as reading the source. */
class GrowingFile {
  #file: Deno.FsFile;
  #path: string;
  #hash = createHash("sha256");
  #size = 0;
  #unsynced = 0;
  #syncing = false;
  #span: Hash | null = null;
  #mark: { size: number; hash: Hash } | null = null;

  constructor(path: string, how: { create: boolean }) {
    const options = { read: true, write: true, create: how.create };
    this.#file = Deno.openSync(path, { ...options, truncate: how.create });
    this.#path = path;
  }

  /** Keeps the first bytes of the file, which must be those with this SHA-256, and drops the rest. */
  keep({ size, sha256 }: { size: number; sha256: string }): void {
    const block = new Uint8Array(BLOCK_BYTES);
    while (this.#size < size) {
      const wanted = Math.min(block.length, size - this.#size);
      const got = this.#file.readSync(block.subarray(0, wanted));
      if (got === null) {
        throw new Error(
          `The archive has ${this.#size} bytes, expected ${size}`,
        );
      }
      this.#hash.update(block.subarray(0, got));
      this.#size += got;
    }
    if (this.state().sha256 !== sha256) {
      throw new Error(`The first ${size} bytes of ${this.#path} have changed`);
    }
    this.#file.truncateSync(size);
  }

  write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    for (let done = 0; done < bytes.length;) {
      done += this.#file.writeSync(bytes.subarray(done));
    }
    this.#size += bytes.length;
    this.#unsynced += bytes.length;
    if (this.#unsynced >= SYNC_BYTES) this.#syncAhead();
  }

  /** Hashes bytes of a file. -> its SHA-256 when they are the last, or nothing */
  digestOf(bytes: Uint8Array, { last }: { last: boolean }): string[] {
    this.#span ??= createHash("sha256");
    this.#span.update(bytes);
    if (!last) return [];
    const digest = this.#span.digest("hex");
    this.#span = null;
    return [digest];
  }

  mark(): void {
    this.#mark = { size: this.#size, hash: this.#hash.copy() };
  }

  /** Forgets everything behind the mark. */
  cutBack(): void {
    const { size, hash } = this.#mark!;
    this.#file.truncateSync(size);
    this.#file.seekSync(size, Deno.SeekMode.Start);
    this.#size = size;
    this.#hash = hash.copy();
  }

  state(): { size: number; sha256: string } {
    return { size: this.#size, sha256: this.#hash.copy().digest("hex") };
  }

  /** Brings everything to the disk. */
  sync(): void {
    this.#file.syncDataSync();
  }

  close(): void {
    this.#file.close();
  }

  /** On a handle of its own, or the next write would wait. What fails here is met by the last sync. */
  #syncAhead(): void {
    if (this.#syncing) return;
    this.#syncing = true;
    this.#unsynced = 0;
    Deno.open(this.#path).then(async (file) => {
      await file.syncData().finally(() => file.close());
    }).catch(() => {}).finally(() => this.#syncing = false);
  }
}

const scope = self as unknown as ThreadScope;
let file: GrowingFile | null = null;
/** After a failure the file's place is unknown: nothing more is written. */
let failure: Reply | null = null;

scope.onmessage = ({ data }) => {
  try {
    const reply = failure && data.kind !== "close" ? failure : answer(data);
    scope.postMessage(reply, reply.kind === "written" ? [reply.buffer] : []);
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    failure = { kind: "failed", message, code: code ?? null };
    scope.postMessage(failure);
  }
};

function answer(request: Request): Reply {
  switch (request.kind) {
    case "create":
      file = new GrowingFile(request.path, { create: true });
      break;
    case "resume":
      file = new GrowingFile(request.path, { create: false });
      file.keep(request);
      break;
    case "write": {
      const { buffer, parts, spans } = request;
      const bytes = ({ from, to }: Part) =>
        new Uint8Array(buffer, from, to - from);
      for (const part of parts) file!.write(bytes(part));
      const digests = spans.flatMap((span) =>
        file!.digestOf(bytes(span), span)
      );
      return { kind: "written", buffer, digests };
    }
    case "mark":
      file!.mark();
      break;
    case "cut_back":
      file!.cutBack();
      break;
    case "state":
      return { kind: "state", ...file!.state() };
    case "finish":
      file!.sync();
      return { kind: "state", ...file!.state() };
    case "close":
      file?.close();
  }
  return { kind: "done" };
}
