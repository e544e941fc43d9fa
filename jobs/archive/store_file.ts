import { MAX_PICKLE_BYTES } from "../../db/source/pickle/decode.ts";
import { DamagedFile } from "../../db/source/gridfs.ts";
import {
  type FileRange,
  piecesOf,
  type ReadOutcome,
} from "../../db/source/gridfs_reader.ts";
import type { ArchiveOutput, EntryPlace } from "./archive_output.ts";
import { looksLikeText } from "./deflater.ts";
import { decodingOf, warningFor } from "./diagnostics/decoding.ts";
import type { PlannedFile } from "./plan.ts";

/** How a file is stored. */
export interface StoreOptions {
  source_id: string;
  /** Pack what looks like text. */
  compress: boolean;
}

type Ranges = Extract<ReadOutcome, { kind: "ranges" }>;

/** Stores what the reader gave for a planned file; of a damaged one only a line with the reason. */
export async function storeFile(
  output: ArchiveOutput,
  { path, part }: PlannedFile,
  outcome: ReadOutcome,
  { source_id, compress }: StoreOptions,
): Promise<void> {
  const place = { path, source_id };
  try {
    if (outcome.kind === "damaged") throw new DamagedFile(outcome.reason);
    if (part === "diagnostics") {
      await storeDiagnostic(output, place, outcome);
    } else if (outcome.kind === "whole") {
      const { pieces } = outcome;
      const deflate = compress && isText(pieces);
      await output.store(place, pieces, { deflate });
    } else await storeLarge(output, place, outcome, compress);
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    output.omit(place, { status: error.message, missing: true });
  }
  await output.fileDone(outcome.file);
}

async function storeLarge(
  output: ArchiveOutput,
  place: EntryPlace,
  { file, ranges }: Ranges,
  compress: boolean,
): Promise<void> {
  const { first, all } = await peeked(ranges);
  const deflate = compress && looksLikeText(first);
  await output.storeRanges(place, all, { size: file.length, deflate });
}

/** Stores a pickle as it is, with its safe decoding beside it. */
async function storeDiagnostic(
  output: ArchiveOutput,
  place: EntryPlace,
  outcome: Exclude<ReadOutcome, { kind: "damaged" }>,
): Promise<void> {
  const { length } = outcome.file;
  if (length > MAX_PICKLE_BYTES && outcome.kind === "ranges") {
    const reason = `It has ${length} bytes, more than ${MAX_PICKLE_BYTES}`;
    const beside = [warningFor(place.path, reason)];
    return await output.storeRanges(place, outcome.ranges, {
      size: length,
      deflate: false,
      beside,
    });
  }
  const bytes = await joined(outcome, length);
  const beside = decodingOf(place.path, bytes);
  await output.store(place, [bytes], { deflate: false, beside });
}

async function joined(
  outcome: Exclude<ReadOutcome, { kind: "damaged" }>,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for await (const piece of piecesOf(outcome)) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function isText(pieces: Uint8Array[]): boolean {
  return pieces.length > 0 && looksLikeText(pieces[0]!);
}

/** The first piece, and all of them. */
async function peeked(
  ranges: AsyncIterable<FileRange>,
): Promise<{ first: Uint8Array; all: AsyncIterable<FileRange> }> {
  const iterator = ranges[Symbol.asyncIterator]();
  const { value, done } = await iterator.next();
  async function* all() {
    if (!done) yield value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { first: value?.pieces[0] ?? new Uint8Array(), all: all() };
}
