import { BSON, type Db, type Document, ObjectId } from "mongodb";
import { MAX_TIME_MS } from "./client.ts";
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
const PNG_AS_BASE64 = "iVBORw0KGgo";
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

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
    document !== null && isObject(document.Plots) ? [document._id] : []
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

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
    left = left.slice(left.indexOf(idOf(last)) + 1);
  }
  return all;
}

/** Names of the pictures that begin like a PNG, without reading them. Only documents before September 2024 have any. */
export async function plotNames(
  db: Db,
  collection: CollectionName,
  ids: unknown[],
): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const isPng = {
    $cond: [{ $eq: [{ $type: "$$plot.v" }, "string"] }, {
      $eq: [{
        $indexOfBytes: ["$$plot.v", PNG_AS_BASE64, 0, PNG_AS_BASE64.length],
      }, 0],
    }, false],
  };
  const pngs = {
    $filter: { input: { $objectToArray: "$Plots" }, as: "plot", cond: isPng },
  };
  const found = await db.collection(collection).aggregate([
    {
      $match: {
        _id: { $in: ids },
        Plots: { $type: "object", $ne: {} },
      },
    },
    {
      $project: {
        names: { $map: { input: pngs, as: "plot", in: "$$plot.k" } },
      },
    },
  ], { maxTimeMS: MAX_TIME_MS, batchSize: BATCH_SIZE }).toArray();
  return new Map(
    found.map((d) => [
      String(d._id),
      (d.names as string[]).map((name) => text(name)!),
    ]),
  );
}

/** The whole document of a run as it is stored, or null when it has gone. @throws {Error} when its BSON is broken */
export async function readDocument(
  db: Db,
  source_id: string,
  collection?: CollectionName,
): Promise<Record<string, unknown> | null> {
  const bytes = await readWhole(db, source_id, {}, collection);
  if (bytes === null) return null;
  const decoded = decode(bytes);
  if (decoded.document === null) throw new Error(decoded.reason);
  return decoded.document;
}

/** A stored picture as PNG bytes; null when there is none of that name, or what is there is no PNG. */
export async function readPlot(
  db: Db,
  source_id: string,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await readWhole(db, source_id, { Plots: 1 });
  const plots = bytes === null ? null : decode(bytes).document?.Plots as
    | Record<string, unknown>
    | null
    | undefined;
  const stored =
    plots && typeof plots === "object" && Object.hasOwn(plots, name)
      ? plots[name]
      : null;
  return typeof stored === "string" ? pngOf(stored) : null;
}

/** The bytes of a picture as documents store it, or null when it is no PNG. */
export function pngOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    const png = Uint8Array.fromBase64(base64);
    return PNG_SIGNATURE.every((byte, k) => png[k] === byte) ? png : null;
  } catch {
    return null;
  }
}

async function readWhole(
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

type Decoded = { document: Record<string, unknown> } | {
  document: null;
  id: string;
  reason: string;
};

/** Invalid UTF-8 becomes replacement characters; other damage is a reason. */
function decode(bytes: Uint8Array): Decoded {
  try {
    return {
      document: BSON.deserialize(bytes, {
        validation: { utf8: false },
        promoteBuffers: false,
        // A pattern that only Perl understands would throw.
        bsonRegExp: true,
      }),
    };
  } catch (error) {
    return {
      document: null,
      id: idOf(bytes),
      reason: `Its BSON cannot be decoded: ${
        error instanceof Error ? error.message : error
      }`,
    };
  }
}

/** `_id` comes first in a stored document: type 7, its name, 12 bytes. */
function idOf(bytes: Uint8Array): string {
  const isObjectId = bytes[4] === 7 &&
    new TextDecoder().decode(bytes.subarray(5, 9)) === "_id\0";
  return isObjectId ? bytes.subarray(9, 21).toHex() : `damaged-${bytes.length}`;
}
