import {
  type Collection,
  type Db,
  type Document,
  MongoBulkWriteError,
  MongoClient,
} from "mongodb";
import { type Demo, makeDemo } from "./make.ts";

/** Raise it when the demo's contents change: an older load is then replaced. */
export const DEMO_VERSION = 1;

/** Remembers what was loaded; written before the first document and again, as complete, after the last. */
const MARKER_COLLECTION = "demo_marker";

/** Documents per insert: the largest hold 160 kB, a chunk 255 kB. */
const BATCH = 60;

/** MongoDB's code for a key that is there already. */
const DUPLICATE_KEY = 11000;

export interface DemoCounts {
  linear: number;
  nonlinear: number;
  files: number;
  /** Sum of the files' lengths. */
  bytes: number;
}

interface Marker extends DemoCounts {
  _id: string;
  version: number;
  complete: boolean;
  ids: Record<string, unknown[]>;
}

/**
 * Fills an embedded MongoDB with the demo runs and says what is in it.
 *
 * Does nothing when this version is there already, completes a load that was
 * cut off (ids are the same every time), and replaces an older version. Never
 * meant for a database that somebody else owns.
 */
export async function loadDemoRuns(
  mongoUrl: string,
  dbName: string,
  log: (line: string) => void,
): Promise<DemoCounts> {
  const client = new MongoClient(mongoUrl, { serverSelectionTimeoutMS: 5000 });
  try {
    await client.connect();
    return await load(client.db(dbName), log);
  } finally {
    await client.close();
  }
}

async function load(db: Db, log: (line: string) => void): Promise<DemoCounts> {
  const markers = db.collection<Marker>(MARKER_COLLECTION);
  const before = await markers.findOne({ _id: "demo" });
  if (before?.complete && before.version === DEMO_VERSION) {
    return countsOf(before);
  }
  if (before && before.version !== DEMO_VERSION) await remove(db, before);

  log("Making demo runs (analytic, not code output)");
  const demo = makeDemo();
  const marker = markerOf(demo);
  await markers.replaceOne({ _id: "demo" }, marker, { upsert: true });
  await gridfsIndexes(db);
  await insert(db.collection("fs.chunks"), demo.chunks);
  await insert(db.collection("fs.files"), demo.files);
  await insert(db.collection("LinearRuns"), demo.linear);
  await insert(db.collection("NonlinRuns"), demo.nonlinear);
  await markers.updateOne({ _id: "demo" }, { $set: { complete: true } });
  const counts = countsOf(marker);
  log(
    `Loaded ${
      counts.linear + counts.nonlinear
    } demo runs with ${counts.files} files (${
      Math.round(counts.bytes / 1e6)
    } MB)`,
  );
  return counts;
}

function markerOf({ linear, nonlinear, files, bytes }: Demo): Marker {
  const ids = (documents: Document[]) => documents.map((d) => d._id);
  return {
    _id: "demo",
    version: DEMO_VERSION,
    complete: false,
    linear: linear.length,
    nonlinear: nonlinear.length,
    files: files.length,
    bytes,
    ids: {
      LinearRuns: ids(linear),
      NonlinRuns: ids(nonlinear),
      "fs.files": ids(files),
    },
  };
}

function countsOf({ linear, nonlinear, files, bytes }: Marker): DemoCounts {
  return { linear, nonlinear, files, bytes };
}

/** The two indexes that any GridFS writer makes. */
async function gridfsIndexes(db: Db): Promise<void> {
  await db.collection("fs.files").createIndex({ filename: 1, uploadDate: 1 });
  await db.collection("fs.chunks").createIndex({ files_id: 1, n: 1 }, {
    unique: true,
  });
}

/** Inserts in batches; what an earlier, cut-off load left is kept. */
async function insert(
  collection: Collection,
  documents: Document[],
): Promise<void> {
  for (let at = 0; at < documents.length; at += BATCH) {
    const batch = documents.slice(at, at + BATCH);
    await collection.insertMany(batch, { ordered: false }).catch(
      allowDuplicates,
    );
  }
}

function allowDuplicates(error: unknown): void {
  const errors = error instanceof MongoBulkWriteError
    ? [error.writeErrors].flat()
    : [];
  if (errors.length === 0 || errors.some((e) => e.code !== DUPLICATE_KEY)) {
    throw error;
  }
}

/** Takes out exactly what an older version of the demo put in. */
async function remove(db: Db, { ids }: Marker): Promise<void> {
  await db.collection("fs.chunks").deleteMany({
    files_id: { $in: ids["fs.files"] ?? [] },
  });
  for (const [name, list] of Object.entries(ids)) {
    await db.collection(name).deleteMany({ _id: { $in: list } } as Document);
  }
}
