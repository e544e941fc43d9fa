import { type Db, ObjectId } from "mongodb";
import type { Simulation, StoredFile } from "../../physics/simulation.ts";
import { MAX_TIME_MS } from "./client.ts";
import { type FileRow, listFiles } from "./gridfs.ts";
import { text } from "./values.ts";

/** Ids per aggregation over the index of `fs.chunks`. */
const IDS_PER_QUERY = 1000;

/**
 * Completes the files of these runs with name, length and state, from `fs.files` and the index of `fs.chunks`.
 *
 * A text of 24 hex digits is an id only if it names a file. Chunks are counted from their index alone; where that index is missing the
 * count is left out, and the archive, which reads every byte, is the first to notice.
 */
export async function checkFiles(
  db: Db,
  simulations: Simulation[],
): Promise<void> {
  const files = simulations.flatMap((s) => s.files).filter((f) =>
    f.id !== null
  );
  const rows = await listFiles(db, files.map((f) => f.id!));
  const counts = await chunkCounts(db, [...rows.keys()]);
  for (const file of files) check(file, rows.get(file.id!), counts);
}

function check(
  file: StoredFile,
  row: FileRow | undefined,
  counts: Map<string, number> | null,
): void {
  if (row === undefined && file.note !== null) {
    Object.assign(file, { id: null, state: "not stored" });
    return;
  }
  file.note = null;
  if (row === undefined) {
    Object.assign(file, {
      state: "dangling",
      note: "GridFS has no file of this id",
    });
    return;
  }
  if (!row.ok) {
    Object.assign(file, {
      filename: row.filename === null ? null : text(row.filename),
      state: "damaged",
      note: row.reason,
    });
    return;
  }
  const { filename, length, chunk_size } = row.file;
  const expected = Math.ceil(length / chunk_size);
  const found = counts === null ? expected : counts.get(file.id!) ?? 0;
  const isWhole = length === 0 || found === expected;
  Object.assign(file, {
    filename: text(filename),
    length,
    state: isWhole ? "ok" : "damaged",
    note: isWhole ? null : `${found} of ${expected} chunks`,
  });
}

/** Chunks per file, or null when the index that makes this cheap is missing. */
async function chunkCounts(
  db: Db,
  ids: string[],
): Promise<Map<string, number> | null> {
  const counts = new Map<string, number>();
  for (let at = 0; at < ids.length; at += IDS_PER_QUERY) {
    const batch = ids.slice(at, at + IDS_PER_QUERY).map((id) =>
      new ObjectId(id)
    );
    const found = await countBatch(db, batch);
    if (found === null) return null;
    for (const { _id, n } of found) counts.set(String(_id), n);
  }
  return counts;
}

async function countBatch(
  db: Db,
  ids: ObjectId[],
): Promise<{ _id: ObjectId; n: number }[] | null> {
  try {
    return await db.collection("fs.chunks").aggregate<
      { _id: ObjectId; n: number }
    >([
      { $match: { files_id: { $in: ids } } },
      { $group: { _id: "$files_id", n: { $sum: 1 } } },
    ], {
      hint: { files_id: 1, n: 1 },
      maxTimeMS: MAX_TIME_MS,
      batchSize: IDS_PER_QUERY,
    }).toArray();
  } catch (error) {
    if (error instanceof Error && /hint/i.test(error.message)) return null;
    throw error;
  }
}
