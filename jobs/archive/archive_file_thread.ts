import type { Reply, Request } from "./archive_file_worker.ts";

type Written = Extract<Reply, { kind: "written" }>;
type State = Extract<Reply, { kind: "state" }>;

/**
 * The thread that writes one archive: requests are done one after another, and each gets its answer.
 *
 * A failure rejects with the `code` of the operating system, such as ENOSPC, and so does every later request but `close`.
 */
export class ArchiveFileThread {
  #worker = new Worker(import.meta.resolve("./archive_file_worker.ts"), {
    type: "module",
  });
  #waiting: PromiseWithResolvers<Reply>[] = [];
  /** Why it answers no more. */
  #gone: { reason: unknown } | null = null;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      const next = this.#waiting.shift();
      if (data.kind === "failed") next?.reject(failed(data));
      else next?.resolve(data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.end(new Error(`The archive's writer failed: ${event.message}`));
    };
  }

  /** Does what has no answer but that it is done. */
  async run(request: Exclude<Request, { kind: "write" }>): Promise<void> {
    await this.#ask(request);
  }

  /** Adds the bytes of a buffer, which is the thread's until it comes back with the answer. */
  write(request: Extract<Request, { kind: "write" }>): Promise<Written> {
    return this.#ask(request, [request.buffer]) as Promise<Written>;
  }

  /** Tells what is written so far; `finish` brings it to the disk, too. */
  state(kind: "state" | "finish"): Promise<State> {
    return this.#ask({ kind }) as Promise<State>;
  }

  /** Ends the thread, whatever it does; what it has not answered is rejected with the reason. */
  end(reason: unknown): void {
    this.#gone ??= { reason };
    this.#worker.terminate();
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }

  #ask(request: Request, transfer: ArrayBuffer[] = []): Promise<Reply> {
    if (this.#gone) return Promise.reject(this.#gone.reason);
    const reply = Promise.withResolvers<Reply>();
    this.#waiting.push(reply);
    this.#worker.postMessage(request, transfer);
    return reply.promise;
  }
}

function failed({ message, code }: Extract<Reply, { kind: "failed" }>): Error {
  return Object.assign(new Error(message), code ? { code } : {});
}
