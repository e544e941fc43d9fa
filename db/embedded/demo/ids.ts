import { ObjectId } from "mongodb";
import { Random } from "./random.ts";

/**
 * Hands out ObjectIds as one uploading process would: seconds, five bytes of
 * the process, a counter. The same seed gives the same ids.
 */
export class IdMint {
  #process: Uint8Array;
  #counter: number;

  constructor(seed: string) {
    const random = new Random(`ids ${seed}`);
    this.#process = Uint8Array.from({ length: 5 }, () => random.integer(256));
    this.#counter = random.integer(0xffffff);
  }

  /** The next id, with `at` in its time part. */
  next(at: Date): ObjectId {
    const bytes = new Uint8Array(12);
    const view = new DataView(bytes.buffer);
    this.#counter = (this.#counter + 1) & 0xffffff;
    view.setUint32(0, Math.floor(at.getTime() / 1000));
    bytes.set(this.#process, 4);
    view.setUint16(9, this.#counter >> 8);
    view.setUint8(11, this.#counter & 0xff);
    return new ObjectId(bytes);
  }
}

/** `yyMMdd-HHmmss`, the uploader's time stamp. */
export function stamp(at: Date): string {
  const text = at.toISOString();
  return `${text.slice(2, 10).replaceAll("-", "")}-${
    text.slice(11, 19).replaceAll(":", "")
  }`;
}
