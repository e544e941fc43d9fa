import { Binary, type Document, Long, type ObjectId } from "mongodb";
import { createHash } from "node:crypto";
import type { IdMint } from "./ids.ts";

/** GridFS's default, which the uploader keeps: 255 KiB. */
export const CHUNK_BYTES = 261_120;

/** Drivers before this date wrote an MD5 into `fs.files`. */
const LAST_MD5 = Date.UTC(2024, 6, 1);

/** A file as it lies in the uploaded folder. */
export interface DemoFile {
  filename: string;
  /** Absolute path on the uploader's machine. */
  filepath: string;
  code: string;
  data: Uint8Array;
  uploaded: Date;
}

/** The two GridFS collections under construction. */
export class Shelf {
  readonly files: Document[] = [];
  readonly chunks: Document[] = [];
  bytes = 0;

  /** Stores a file and answers its id; `damaged` leaves the last chunk out. */
  add(mint: IdMint, file: DemoFile, { damaged = false } = {}): ObjectId {
    const { data, uploaded, code, filename, filepath } = file;
    const _id = mint.next(uploaded);
    const md5 = uploaded.getTime() < LAST_MD5
      ? { md5: createHash("md5").update(data).digest("hex") }
      : {};
    this.files.push({
      _id,
      encoding: "UTF-8",
      filepath,
      filename,
      simulation_type: code,
      metadata: null,
      chunkSize: CHUNK_BYTES,
      length: Long.fromNumber(data.length),
      uploadDate: uploaded,
      ...md5,
    });
    this.#cut(mint, _id, file, damaged);
    this.bytes += data.length;
    return _id;
  }

  #cut(
    mint: IdMint,
    files_id: ObjectId,
    { data, uploaded }: DemoFile,
    damaged: boolean,
  ): void {
    const count = Math.ceil(data.length / CHUNK_BYTES) - (damaged ? 1 : 0);
    for (let n = 0; n < count; n++) {
      const part = data.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES);
      this.chunks.push({
        _id: mint.next(uploaded),
        files_id,
        n,
        data: new Binary(part),
      });
    }
  }
}
