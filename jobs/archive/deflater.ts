import { createDeflateRaw, deflateRawSync } from "node:zlib";

/** Level 1 makes floating-point data larger than they were, 6 is three times slower for 3 %. */
const LEVEL = 2;
const SAMPLE_BYTES = 4096;

/** Whether a file begins like text: no control characters but tab, line ends and form feed. */
export function looksLikeText(start: Uint8Array): boolean {
  return start.subarray(0, SAMPLE_BYTES)
    .every((byte) => byte >= 32 || (byte >= 9 && byte <= 13));
}

/** The raw deflate form of a whole file; null where that is no smaller. */
export function packedIfSmaller(pieces: Uint8Array[]): Uint8Array | null {
  const packed = deflateRawSync(joined(pieces), { level: LEVEL });
  return packed.length < total(pieces) ? packed : null;
}

/** Bytes of all pieces. */
export function total(pieces: Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

/** Packs a file piece by piece. The result does not depend on how it was cut into pieces. */
export class Deflater {
  #stream = createDeflateRaw({ level: LEVEL });
  #ready: Uint8Array[] = [];

  constructor() {
    this.#stream.on("data", (piece: Uint8Array) => this.#ready.push(piece));
  }

  /** Packs a piece. -> what is ready so far, often nothing */
  async push(piece: Uint8Array): Promise<Uint8Array[]> {
    await new Promise<void>((resolve, reject) => {
      this.#stream.write(
        piece,
        (error) => error ? reject(error) : resolve(),
      );
    });
    return this.#ready.splice(0);
  }

  /** -> the rest */
  async end(): Promise<Uint8Array[]> {
    await new Promise<void>((resolve, reject) => {
      this.#stream.once("end", resolve).once("error", reject).end();
    });
    return this.#ready.splice(0);
  }

  /** Lets go of a file that will not be finished. */
  stop(): void {
    this.#stream.destroy();
  }
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(total(pieces));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
