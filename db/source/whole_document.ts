import { type Db, type Document, ObjectId } from "mongodb";
import { decode } from "./bson.ts";
import { MAX_TIME_MS } from "./client.ts";
import { COLLECTION_NAMES, type CollectionName } from "./simulation.ts";

/** The BSON of a document is broken; the message says how. */
export class BrokenDocument extends Error {
  override name = "BrokenDocument";
}

/** The whole document of a run as it is stored, or null when it has gone. @throws {BrokenDocument} */
export async function readDocument(
  db: Db,
  source_id: string,
  collection?: CollectionName,
): Promise<Record<string, unknown> | null> {
  const bytes = await readWhole(db, source_id, {}, collection);
  if (bytes === null) return null;
  const decoded = decode(bytes);
  if (decoded.document === null) throw new BrokenDocument(decoded.reason);
  return decoded.document;
}

/** The stored bytes of a document, or of the part that a projection names; null when it has gone. */
export async function readWhole(
  db: Db,
  source_id: string,
  projection: Document,
  collection?: CollectionName,
): Promise<Uint8Array | null> {
  const order = collection
    ? [collection, ...COLLECTION_NAMES.filter((c) => c !== collection)]
    : COLLECTION_NAMES;
  for (const name of order) {
    const [found] = await db.collection(name).find({
      _id: new ObjectId(source_id),
    }, {
      projection,
      limit: 1,
      singleBatch: true,
      maxTimeMS: MAX_TIME_MS,
      raw: true,
    }).toArray() as unknown as Uint8Array[];
    if (found) return found;
  }
  return null;
}
