import { readDump } from "./bson_dump.ts";
import type { Log } from "./log.ts";
import { openWire, type Wire } from "./wire.ts";

const BATCH_BYTES = 8_000_000;
const BATCH_DOCUMENTS = 1_000;
const DUPLICATE_KEY = 11000;
const DUMP = /^(.+)\.bson(?:\.gz)?$/;
/** What any GridFS writer makes. */
const INDEXES = {
  "fs.files": [{ key: { filename: 1, uploadDate: 1 } }],
  "fs.chunks": [{ key: { files_id: 1, n: 1 }, unique: true }],
};

/** What became of a collection's documents. */
export interface LoadCounts {
  collection: string;
  inserted: number;
  /** Their `_id` was there already. */
  skipped: number;
}

interface Dump {
  path: string;
  collection: string;
}

/**
 * Loads a folder of BSON dumps into a database of the embedded mongod, byte by byte as they are; what is there stays.
 *
 * Files come before runs, so that a run which shows up is complete. Loading the same folder again changes nothing.
 *
 * @throws {Error} that names the file and the offset when a dump is damaged (earlier documents are in by then).
 */
export async function loadDumps(
  { folder, mongoUrl, dbName, log }: {
    folder: string;
    mongoUrl: string;
    dbName: string;
    log: Log;
  },
): Promise<LoadCounts[]> {
  const dumps = await findDumps(folder, dbName);
  const wire = await openWire(mongoUrl);
  const all: LoadCounts[] = [];
  try {
    await makeIndexes(wire, dbName);
    for (const dump of dumps) {
      const counts = await loadDump(wire, dbName, dump);
      log(
        `${dump.collection}: ${counts.inserted} loaded, ${counts.skipped} were there already`,
      );
      all.push(counts);
    }
    return all;
  } finally {
    wire.close();
  }
}

/** The dumps of a folder, or of its one sub-folder that has some (mongodump makes one per database). */
async function findDumps(folder: string, dbName: string): Promise<Dump[]> {
  const own = await dumpsIn(folder);
  if (own.length > 0) return own;
  const found = new Map<string, Dump[]>();
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const dumps = isDirectory ? await dumpsIn(`${folder}/${name}`) : [];
    if (dumps.length > 0) found.set(name, dumps);
  }
  const [only] = found.size === 1 ? found.values() : [found.get(dbName)];
  if (only) return only;
  throw new Error(
    found.size === 0
      ? `${folder} has no dumps: expected files such as LinearRuns.bson or LinearRuns.bson.gz`
      : `${folder} has dumps of several databases (${
        [...found.keys()].join(", ")
      }): name one of these folders`,
  );
}

async function dumpsIn(folder: string): Promise<Dump[]> {
  const dumps: Dump[] = [];
  for await (const { name, isFile } of readFolder(folder)) {
    const collection = isFile ? DUMP.exec(name)?.[1] : undefined;
    if (!collection || collection.startsWith("system.")) continue;
    dumps.push({
      path: `${folder}/${name}`,
      collection: decodeURIComponent(collection),
    });
  }
  const rank = ({ collection }: Dump) =>
    ["fs.chunks", "fs.files"].indexOf(collection) >>> 0;
  return dumps.sort((a, b) =>
    rank(a) - rank(b) || (a.collection < b.collection ? -1 : 1)
  );
}

async function* readFolder(folder: string): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(folder);
  } catch (cause) {
    throw new Error(
      `${folder} cannot be read: expected a folder of .bson or .bson.gz files`,
      { cause },
    );
  }
}

async function makeIndexes(wire: Wire, dbName: string): Promise<void> {
  for (const [collection, indexes] of Object.entries(INDEXES)) {
    await wire.command(dbName, {
      createIndexes: collection,
      indexes: indexes.map((index) => ({
        ...index,
        name: Object.entries(index.key).flat().join("_"),
      })),
    });
  }
}

async function loadDump(
  wire: Wire,
  dbName: string,
  { path, collection }: Dump,
): Promise<LoadCounts> {
  const counts = { collection, inserted: 0, skipped: 0 };
  let batch: Uint8Array[] = [];
  let bytes = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    await insert(wire, dbName, { collection, batch, counts });
    batch = [];
    bytes = 0;
  };
  for await (const document of readDump(path)) {
    const full = bytes + document.length > BATCH_BYTES;
    if (full || batch.length === BATCH_DOCUMENTS) await flush();
    batch.push(document);
    bytes += document.length;
  }
  await flush();
  return counts;
}

async function insert(
  wire: Wire,
  dbName: string,
  { collection, batch, counts }: {
    collection: string;
    batch: Uint8Array[];
    counts: LoadCounts;
  },
): Promise<void> {
  const reply = await wire.command(
    dbName,
    { insert: collection, ordered: false },
    batch,
  );
  const errors = (reply.writeErrors ?? []) as WriteError[];
  const refused = errors.find((error) => !isThere(error));
  if (refused) throw new Error(`${collection}: ${refused.errmsg}`);
  counts.inserted += Number(reply.n);
  counts.skipped += errors.length;
}

interface WriteError {
  code: number;
  errmsg: string;
  keyPattern?: Record<string, unknown>;
}

function isThere({ code, keyPattern }: WriteError): boolean {
  return code === DUPLICATE_KEY && keyPattern?._id !== undefined;
}
