/** Gives a test file a Mongo database of its own on the server of `deno task test`, with the indexes GridFS has. */
import { createHash } from "node:crypto";
import { type Binary, MongoClient, ObjectId } from "mongodb";
import type { StoredFile } from "../db/source/gridfs.ts";

const server = Deno.env.get("TEST_MONGO_URL");
if (!server) {
  throw new Error("TEST_MONGO_URL is not set: run tests with deno task test");
}

const client = await new MongoClient(server, { retryReads: false }).connect();

/** The database of this test file; dropped when its tests are over. */
export const source = client.db(
  `t_${crypto.randomUUID().replaceAll("-", "")}`,
);
await source.collection("fs.chunks")
  .createIndex({ files_id: 1, n: 1 }, { unique: true });

Deno.test.afterAll(async () => {
  await source.dropDatabase();
  await client.close();
});

/** A test that may keep connections open between tests, as the app does. */
export function mongoTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

/** Stores bytes as a GridFS file, as drivers do. */
export async function putFile(
  bytes: Uint8Array,
  {
    filename = "out.dat",
    chunkSize = 261_120,
    md5 = false,
    /** Where to; this file's database unless given. */
    db = source,
  } = {},
): Promise<StoredFile> {
  const _id = new ObjectId();
  const chunks = [];
  for (let n = 0; n * chunkSize < bytes.length; n++) {
    const data = bytes.slice(n * chunkSize, (n + 1) * chunkSize);
    chunks.push({ files_id: _id, n, data: data as unknown as Binary });
  }
  if (chunks.length) await db.collection("fs.chunks").insertMany(chunks);
  const sum = createHash("md5").update(bytes).digest("hex");
  const { length } = bytes;
  const row = { _id, filename, length, chunkSize, uploadDate: new Date() };
  await db.collection("fs.files").insertOne(
    md5 ? { ...row, md5: sum } : row,
  );
  return {
    id: _id.toHexString(),
    filename,
    length,
    chunk_size: chunkSize,
    uploaded_at: row.uploadDate.toISOString(),
    md5: md5 ? sum : null,
  };
}
