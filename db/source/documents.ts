import { type Db, type Document, ObjectId } from "mongodb";
import { decode, idOf } from "./bson.ts";
import { MAX_TIME_MS } from "./client.ts";
import { plotNames } from "./plots.ts";
import { PROJECTION } from "./projection.ts";
import {
  COLLECTION_NAMES,
  type CollectionName,
  type Reading,
  readSimulation,
} from "./simulation.ts";
import { text } from "./values.ts";

/** Documents asked for at once (performance.md 0e): more would stop the event loop. */
export const BATCH_SIZE = 200;
const IDS_PER_QUERY = 10_000;

/** One document by its place. */
export interface DocumentId {
  collection: CollectionName;
  /** 24 hex digits; of another kind of id, its text. */
  id: string;
  is_object_id: boolean;
}

/**
 * The ids of every document, in order, from the covered `_id` index.
 *
 * Asked in single batches: a cursor of a server that stops answering would hang.
 */
export async function listDocuments(db: Db): Promise<DocumentId[]> {
  const all: DocumentId[] = [];
  for (const collection of COLLECTION_NAMES) {
    let from: unknown = undefined;
    while (true) {
      const page = await idsFrom(db, collection, from);
      for (const { _id } of page) {
        all.push({
          collection,
          id: idText(_id),
          is_object_id: _id instanceof ObjectId,
        });
      }
      if (page.length < IDS_PER_QUERY) break;
      from = page.at(-1)!._id;
    }
  }
  return all;
}

function idText(id: unknown): string {
  return id instanceof ObjectId
    ? id.toHexString()
    : (text(id) ?? JSON.stringify(id) ?? String(id)).slice(0, 200);
}

/** `min` is inclusive and, unlike `$gt`, crosses types of ids: the first document of a further page is the last one of the page before. */
async function idsFrom(
  db: Db,
  collection: CollectionName,
  from: unknown,
): Promise<Document[]> {
  const isFirst = from === undefined;
  const page = await db.collection(collection).find({}, {
    projection: { _id: 1 },
    sort: { _id: 1 },
    hint: { _id: 1 },
    limit: isFirst ? IDS_PER_QUERY : IDS_PER_QUERY + 1,
    singleBatch: true,
    batchSize: IDS_PER_QUERY + 1,
    maxTimeMS: MAX_TIME_MS,
    ...(isFirst ? {} : { min: { _id: from } }),
  }).toArray();
  return isFirst ? page : page.slice(1);
}

/**
 * Reads documents of one collection, only the paths that the catalogue needs. A document that has gone meanwhile is not in the answer.
 *
 * Each is decoded by itself, so that a broken one is a reading with its reason and takes no other with it.
 * @param ids 24 hex digits each, ascending, at most `BATCH_SIZE`
 */
export async function readDocuments(
  db: Db,
  collection: CollectionName,
  ids: string[],
): Promise<Reading[]> {
  const decoded = (await readRaw(db, collection, ids)).map(decode);
  const pictured = decoded.flatMap(({ document }) =>
    document?.Plots ? [document._id] : []
  );
  const plots = await plotNames(db, collection, pictured);
  return decoded.map((d) => {
    if (d.document === null) return { id: d.id, unreadable: d.reason };
    return readSimulation(
      d.document,
      collection,
      plots.get(String(d.document._id)) ?? [],
    );
  });
}

/** A single batch ends at 16 MB, so what comes after its last document is asked for again until nothing more comes. */
async function readRaw(
  db: Db,
  collection: CollectionName,
  ids: string[],
): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  let left = ids;
  while (left.length > 0) {
    const found = await db.collection(collection).find({
      _id: { $in: left.map((id) => new ObjectId(id)) },
    }, {
      projection: PROJECTION,
      sort: { _id: 1 },
      batchSize: BATCH_SIZE,
      singleBatch: true,
      maxTimeMS: MAX_TIME_MS,
      raw: true,
    }).toArray() as unknown as Uint8Array[];
    const last = found.at(-1);
    if (last === undefined) break;
    all.push(...found);
    const at = left.indexOf(idOf(last));
    left = at < 0 ? [] : left.slice(at + 1);
  }
  return all;
}
