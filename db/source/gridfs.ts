import { type Db, type Document, Long, ObjectId, type WithId } from "mongodb";
import { z } from "zod";
import { askAhead } from "./ask_ahead.ts";

/** Rows of `fs.files` asked for at once: more would stop the event loop for tenths of a second. */
const ROWS_PER_QUERY = 1000;
/** Queries under way beside the one that is awaited: a long line costs half as much, and memory holds few rows as documents. */
const QUERIES_AHEAD = 1;

/** How long the server may work on one query. */
const MAX_TIME_MS = 10_000;

/** No document is larger, so no chunk can be. */
const MAX_CHUNK_BYTES = 16 * 1024 * 1024;

/** A larger length is an error of the record: nobody uploads a TiB through GridFS. */
const MAX_FILE_BYTES = 2 ** 40;

/** A file of the source as `fs.files` describes it. Plain values, so that it can be kept as JSON. */
export interface StoredFile {
  /** 24 hex digits. */
  id: string;
  /** As uploaded: any text, not unique, perhaps empty. */
  filename: string;
  /** Bytes. */
  length: number;
  /** Bytes of every chunk but the last. */
  chunk_size: number;
  /** ISO time; null when not stored. */
  uploaded_at: string | null;
  /** Lower-case hex; only drivers before 2022 wrote it. */
  md5: string | null;
}

/** A row of `fs.files`: usable, or the reason why not in words. */
export type FileRow =
  | { ok: true; file: StoredFile }
  | { ok: false; filename: string | null; reason: string };

/** The file's content cannot be trusted: missing, short or changed. The message is the reason in words. */
export class DamagedFile extends Error {
  override name = "DamagedFile";
}

const WholeNumber = z.preprocess(
  (value) => Long.isLong(value) ? value.toNumber() : Number(value ?? NaN),
  z.int().min(0),
);

const Row = z.object({
  filename: z.string().catch(""),
  length: WholeNumber.pipe(z.int().max(MAX_FILE_BYTES)),
  chunkSize: WholeNumber.pipe(z.int().min(1).max(MAX_CHUNK_BYTES)),
  uploadDate: z.date().nullable().catch(null),
  md5: z.string().regex(/^[0-9a-f]{32}$/i).toLowerCase().nullable()
    .catch(null),
});

const PROJECTION = {
  filename: 1,
  length: 1,
  chunkSize: 1,
  uploadDate: 1,
  md5: 1,
};

/**
 * Reads the rows of `fs.files` with these ids (24 hex digits), in batches.
 *
 * An id without a row is not in the result: nothing stands behind it. A row that cannot be used is there with its reason.
 * @throws whatever the driver throws when the server is lost, and the signal's reason
 */
export async function listFiles(
  db: Db,
  ids: Iterable<string>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Map<string, FileRow>> {
  const wanted = [...new Set(ids)];
  const rows = new Map<string, FileRow>();
  const next = askAhead(rowRequests(db, wanted, signal), QUERIES_AHEAD);
  for (let at = 0; at < wanted.length; at += ROWS_PER_QUERY) {
    for (const row of await next()) rows.set(String(row._id), fileRow(row));
  }
  return rows;
}

function* rowRequests(
  db: Db,
  wanted: string[],
  signal?: AbortSignal,
): Generator<() => Promise<WithId<Document>[]>> {
  for (let at = 0; at < wanted.length; at += ROWS_PER_QUERY) {
    const batch = wanted.slice(at, at + ROWS_PER_QUERY);
    yield () =>
      db.collection("fs.files").find(
        { _id: { $in: batch.map((id) => new ObjectId(id)) } },
        {
          projection: PROJECTION,
          batchSize: batch.length,
          singleBatch: true,
          maxTimeMS: MAX_TIME_MS,
          signal,
        },
      ).toArray();
  }
}

/** What one document of `fs.files` says. */
export function fileRow(document: { _id: unknown }): FileRow {
  const parsed = Row.safeParse(document);
  if (!parsed.success) {
    const { filename } = document as { filename?: unknown };
    return {
      ok: false,
      filename: typeof filename === "string" ? filename : null,
      reason: `The file's record is unusable: ${fieldNames(parsed.error)}`,
    };
  }
  const { filename, length, chunkSize, uploadDate, md5 } = parsed.data;
  return {
    ok: true,
    file: {
      id: String(document._id),
      filename,
      length,
      chunk_size: chunkSize,
      uploaded_at: uploadDate?.toISOString() ?? null,
      md5,
    },
  };
}

function fieldNames(error: z.ZodError): string {
  const names = new Set(error.issues.map((issue) => String(issue.path[0])));
  return [...names].map((name) => `${name} is no possible number`).join(", ");
}
