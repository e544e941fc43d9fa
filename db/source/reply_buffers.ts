/** Memory is asked for in such steps, so that a reply fits where a slightly smaller one was. */
const STEP_BYTES = 256 * 1024;

/** Buffers that go round between a connection's replies, instead of being collected and allocated again. */
export class ReplyBuffers {
  #spare: ArrayBuffer[] = [];
  #most: number;

  /** @param most Buffers that are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  /** A buffer of at least so many bytes, with anything in it. */
  take(bytes: number): ArrayBuffer {
    const fitting = this.#spare.findIndex((spare) => spare.byteLength >= bytes);
    if (fitting >= 0) return this.#spare.splice(fitting, 1)[0]!;
    return new ArrayBuffer(Math.ceil(bytes / STEP_BYTES) * STEP_BYTES);
  }

  /** Takes a buffer back; nobody may look at it any more. One that a thread has taken over is passed over: it comes back later. */
  give(buffer: ArrayBuffer): void {
    if (buffer.detached || this.#spare.includes(buffer)) return;
    this.#spare.unshift(buffer);
    if (this.#spare.length > this.#most) this.#spare.pop();
  }
}
