import { BSON } from "mongodb";

/** The folder of real documents beside the project; tests that need it are ignored where it is missing. */
const SHARED = new URL("../../../../shared/data/", import.meta.url);

export type SharedSet = "real" | "trouble";

/** True where the real documents are at hand. */
export function hasSharedDocuments(): boolean {
  try {
    return Deno.statSync(new URL("expected.json", SHARED)).isFile;
  } catch {
    return false;
  }
}

/** The raw bytes of each document of a collection, as mongodump wrote them. */
export async function rawDocuments(
  set: SharedSet,
  collection: string,
): Promise<Uint8Array[]> {
  const file = await Deno.open(new URL(`${set}/${collection}.bson.gz`, SHARED));
  const bytes = await new Response(
    file.readable.pipeThrough(new DecompressionStream("gzip")),
  ).bytes();
  const lengths = new DataView(bytes.buffer);
  const documents: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += lengths.getInt32(at, true)) {
    documents.push(bytes.subarray(at, at + lengths.getInt32(at, true)));
  }
  return documents;
}

/** The documents themselves. */
export async function sharedDocuments(
  set: SharedSet,
  collection: string,
): Promise<Record<string, unknown>[]> {
  return (await rawDocuments(set, collection)).map((raw) =>
    BSON.deserialize(raw, { promoteBuffers: false })
  );
}

/** One document of `expected.json`: values worked out by a separate script. */
export interface Expected {
  _id: string;
  key?: string;
  name?: string;
  files: {
    block: string;
    key: string;
    id?: string;
    filename?: string;
    length?: number;
    value?: unknown;
    state: string;
  }[];
  bytes?: number;
  ok_bytes?: number;
  [value: string]: unknown;
}

export async function expectedDocuments(set: SharedSet): Promise<Expected[]> {
  const path = set === "real" ? "expected.json" : "trouble/expected.json";
  return JSON.parse(await Deno.readTextFile(new URL(path, SHARED))).documents;
}
