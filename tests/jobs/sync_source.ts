/** An empty source and an empty catalogue before each test of the sync. Import it behind tests/setup.ts. */
import { BSON, MongoClient } from "mongodb";
import { closeSource } from "../../db/source/client.ts";
import { sql } from "../../db/sql.ts";
import type { imasDocument } from "../db/source/make_document.ts";
import { rawDocuments, type SharedSet } from "../db/source/shared_documents.ts";
import { database } from "../setup.ts";

const client = await new MongoClient(Deno.env.get("TEST_MONGO_URL")!).connect();

/** The source's database, to be written by tests only. */
export const source = client.db(database);

Deno.test.beforeEach(async () => {
  await source.dropDatabase();
  await source.collection("fs.chunks").createIndex({ files_id: 1, n: 1 }, {
    unique: true,
  });
  await sql`truncate runs, vanished_runs, unreadable_documents, sync_passes cascade`;
});

Deno.test.afterAll(async () => {
  await closeSource();
  await source.dropDatabase();
  await client.close();
});

/** What the tests look at in a row of the catalogue. */
export interface Row {
  id: number;
  source_id: string;
  suffix: string;
  folder: string;
  q: number | null;
  bytes: number;
  n_missing: number;
  n_files: number;
  has: string[];
  hidden_reason: string | null;
}

/** The catalogue, by suffix. */
export async function runs(): Promise<Row[]> {
  return await sql<Row[]>`select * from runs order by suffix, source_id`;
}

/** Uploads linear runs. */
export async function insert(
  ...documents: ReturnType<typeof imasDocument>[]
): Promise<void> {
  await source.collection("LinearRuns").insertMany(documents);
}

/** Loads a set of the shared documents with its files. */
export async function load(set: SharedSet): Promise<void> {
  for (const name of ["LinearRuns", "NonlinRuns", "fs.files", "fs.chunks"]) {
    const documents = (await rawDocuments(set, name)).map((raw) =>
      BSON.deserialize(raw, { promoteValues: false })
    );
    await source.collection(name).insertMany(documents);
  }
}
