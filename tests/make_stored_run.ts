/** Runs that are both in the source and in the catalogue, with GridFS files of known content. */
import { ObjectId } from "mongodb";
import { config } from "../config.ts";
import { makeRun } from "./make_run.ts";
import { putFile, source } from "./mongo.ts";

Object.assign(config, { MONGO_DB: source.databaseName });

/** What a key of `Files` or `Diagnostics` holds: bytes, a file without its last chunk, an id without a file, or nothing. */
export type Stored = Uint8Array | { short: Uint8Array } | "dangling" | null;

/** A run as a test knows it. */
export interface StoredRun {
  id: number;
  source_id: string;
  /** Bytes by key, of the whole files. */
  bytes: Map<string, Uint8Array>;
}

/** Stores a document with files and lists it in the catalogue. */
export async function makeStoredRun(
  { files = {}, diagnostics = {}, plots = {}, suffix = "_0001" }: {
    files?: Record<string, Stored>;
    diagnostics?: Record<string, Stored>;
    plots?: Record<string, string>;
    suffix?: string;
  } = {},
): Promise<StoredRun> {
  const _id = new ObjectId();
  const folder_path = `/scratch/person/${_id.toHexString().slice(-6)}_scan`;
  const entries = [
    ...await storeAll("Files", files),
    ...await storeAll("Diagnostics", diagnostics),
  ];
  const block = (name: string) =>
    Object.fromEntries(
      entries.filter((e) => e.block === name).map((e) => [e.key, e.id]),
    );
  await source.collection("LinearRuns").insertOne({
    _id,
    Metadata: {
      DBtag: { run_collection_name: folder_path, run_suffix: suffix },
    },
    Files: block("Files"),
    Diagnostics: block("Diagnostics"),
    Plots: plots,
  });
  const details = entries.map(({ id, stored, ...e }) => ({
    ...e,
    id: id?.toHexString() ?? null,
    length: stored instanceof Uint8Array ? stored.length : null,
    state: stateOf(stored),
  }));
  const missing = details.filter((d) =>
    ["dangling", "damaged"].includes(d.state)
  );
  const run = await makeRun({
    source_id: _id.toHexString(),
    folder_path,
    run_suffix: suffix,
    n_missing: missing.length,
  }, { files: details });
  const bytes = new Map(
    entries.flatMap(({ key, stored }) =>
      stored instanceof Uint8Array ? [[key, stored] as const] : []
    ),
  );
  return { ...run, bytes };
}

async function storeAll(block: string, files: Record<string, Stored>) {
  const entries = [];
  for (const [key, stored] of Object.entries(files)) {
    entries.push({ block, key, stored, id: await store(key, stored) });
  }
  return entries;
}

async function store(key: string, stored: Stored): Promise<ObjectId | null> {
  if (stored === null) return null;
  if (stored === "dangling") return new ObjectId();
  const bytes = stored instanceof Uint8Array ? stored : stored.short;
  const file = await putFile(bytes, { filename: key.replaceAll("_", ".") });
  const files_id = new ObjectId(file.id);
  if (stored instanceof Uint8Array) return files_id;
  const n = Math.ceil(bytes.length / file.chunk_size) - 1;
  await source.collection("fs.chunks").deleteOne({ files_id, n });
  return files_id;
}

function stateOf(stored: Stored): string {
  if (stored instanceof Uint8Array) return "ok";
  if (stored === null) return "not stored";
  return stored === "dangling" ? "dangling" : "damaged";
}
