import { database, test } from "../setup.ts";
import { expect } from "expect";
import { MongoClient, ObjectId } from "mongodb";
import { sql } from "../../db/sql.ts";
import { closeSource, watchCommands } from "../../db/source/client.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import {
  createPass,
  listPasses,
  listUnreadable,
  saveProgress,
} from "../../db/sync_passes.ts";
import {
  hasSharedDocuments,
  rawDocuments,
  type SharedSet,
} from "../db/source/shared_documents.ts";
import { insertBroken } from "../db/source/insert_broken.ts";
import { imasDocument } from "../db/source/make_document.ts";

const READ_COMMANDS = [
  "aggregate",
  "endSessions",
  "find",
  "getMore",
  "hello",
  "killCursors",
  "ping",
  "ismaster",
];

const client = await new MongoClient(Deno.env.get("TEST_MONGO_URL")!).connect();
const source = client.db(database);

Deno.test.beforeEach(async () => {
  await source.dropDatabase();
  await source.collection("fs.chunks").createIndex({ files_id: 1, n: 1 }, {
    unique: true,
  });
  await sql`truncate runs, vanished_runs, unreadable_documents, sync_passes`;
});

Deno.test.afterAll(async () => {
  await closeSource();
  await source.dropDatabase();
  await client.close();
});

test("syncCatalogue() reads new documents and leaves known ones alone", async () => {
  await insert(imasDocument({ suffix: "a" }), imasDocument({ suffix: "b" }));
  await syncCatalogue({ pass: "new" });
  await insert(imasDocument({ suffix: "c" }));
  await syncCatalogue({ pass: "new" });
  await syncCatalogue({ pass: "full" });
  expect((await runs()).map((r) => r.suffix)).toEqual(["a", "b", "c"]);
  const passes = (await listPasses()).toReversed().map((
    p,
  ) => [p.kind, p.seen, p.added, p.changed]);
  expect(passes).toEqual([["full", 2, 2, 0], ["new", 3, 1, 0], [
    "full",
    3,
    0,
    0,
  ]]);
});

test("a full pass changes the rows whose document changed", async () => {
  const document = imasDocument({ suffix: "a" });
  await insert(document);
  await syncCatalogue({ pass: "new" });
  await source.collection("LinearRuns").updateOne({ _id: document._id }, {
    $set: { "gyrokineticsIMAS.flux_surface.q": -3.5 },
  });
  await syncCatalogue({ pass: "full" });
  expect((await runs())[0]!.q).toBe(3.5);
  expect((await listPasses())[0]!.changed).toBe(1);
});

test("a run keeps its number and stays hidden when it is uploaded again", async () => {
  const old = imasDocument({ suffix: "a" });
  await insert(old, imasDocument({ suffix: "b" }));
  await syncCatalogue({ pass: "new" });
  const [before] = await runs();
  await sql`update runs set hidden_at = now(), hidden_reason = 'wrong input' where id = ${
    before!.id
  }`;
  await source.collection("LinearRuns").deleteOne({ _id: old._id });
  await syncCatalogue({ pass: "new" });
  expect((await runs()).map((r) => r.suffix)).toEqual(["b"]);
  const again = imasDocument({ suffix: "a" });
  await insert(again);
  await syncCatalogue({ pass: "new" });
  const after = (await runs()).find((r) => r.suffix === "a")!;
  expect([after.id, after.source_id, after.hidden_reason]).toEqual([
    before!.id,
    again._id.toHexString(),
    "wrong input",
  ]);
  expect((await listPasses())[0]!.rehomed).toBe(1);
  await insert(imasDocument({ suffix: "c" }));
  await syncCatalogue({ pass: "new" });
  expect(new Set((await runs()).map((r) => r.id)).size).toBe(3);
});

test("living documents that share a natural key are runs of their own", async () => {
  await insert(imasDocument({ suffix: "a" }), imasDocument({ suffix: "a" }));
  await syncCatalogue({ pass: "new" });
  expect((await runs()).map((r) => r.suffix)).toEqual(["a", "a"]);
});

test("a source that lists nothing takes nothing out of the catalogue", async () => {
  await insert(imasDocument({ suffix: "a" }));
  await syncCatalogue({ pass: "new" });
  await source.collection("LinearRuns").drop();
  await expect(syncCatalogue({ pass: "new" })).rejects.toThrow(
    "lists no documents",
  );
  expect((await runs()).length).toBe(1);
  expect((await listPasses())[0]!.error).toMatch("lists no documents");
});

test("documents that cannot be shown are named with the reason, until they are gone", async () => {
  const bare = new ObjectId();
  await source.collection<{ _id: unknown }>("LinearRuns").insertMany(
    [{ _id: bare }, { _id: "a text" }] as never,
  );
  await insert(imasDocument({ suffix: "a" }));
  await syncCatalogue({ pass: "new" });
  expect((await listUnreadable()).map((u) => [u.source_id, u.reason])).toEqual([
    [
      bare.toHexString(),
      "It has neither a folder name nor gyrokinetic content",
    ],
    ["a text", "Its _id is no ObjectId"],
  ]);
  await source.collection("LinearRuns").deleteOne({ _id: bare });
  await syncCatalogue({ pass: "new" });
  expect((await listUnreadable()).map((u) => u.source_id)).toEqual(["a text"]);
  expect((await runs()).length).toBe(1);
});

test("a run that Postgres refuses is named with the reason and takes no other with it", async () => {
  await sql`alter table runs add constraint no_bad check (case when suffix = 'bad' then 1 / (n_files * 0) = 0 else true end)`;
  await insert(
    imasDocument({ suffix: "a" }),
    imasDocument({ suffix: "bad" }),
    imasDocument({ suffix: "c" }),
  );
  await syncCatalogue({ pass: "new" });
  await sql`alter table runs drop constraint no_bad`;
  expect((await runs()).map((r) => r.suffix)).toEqual(["a", "c"]);
  expect((await listUnreadable())[0]!.reason).toBe(
    "It cannot be stored: division by zero",
  );
});

test("a document that MongoDB holds broken is named, and a run again once it is whole", async () => {
  const _id = new ObjectId();
  await insertBroken(database, "LinearRuns", _id);
  await insert(imasDocument({ suffix: "a" }));
  await syncCatalogue({ pass: "new" });
  expect((await listUnreadable()).map((u) => u.source_id)).toEqual([
    _id.toHexString(),
  ]);
  await source.collection("LinearRuns").deleteOne({ _id });
  await insert({ ...imasDocument({ suffix: "b" }), _id });
  await syncCatalogue({ pass: "full" });
  expect(await listUnreadable()).toEqual([]);
  expect((await runs()).map((r) => r.suffix)).toEqual(["a", "b"]);
});

test("two passes at once take turns and write each run once", async () => {
  await insert(
    ...Array.from(
      { length: 30 },
      (_, k) => imasDocument({ suffix: String(k) }),
    ),
  );
  await Promise.all([
    syncCatalogue({ pass: "new" }),
    syncCatalogue({ pass: "full" }),
    syncCatalogue({ pass: "new" }),
  ]);
  expect((await runs()).length).toBe(30);
  expect((await listPasses()).reduce((sum, p) => sum + p.added, 0)).toBe(30);
});

test("an interrupted full pass goes on behind its last batch", async () => {
  const documents = [
    imasDocument({ suffix: "a" }),
    imasDocument({ suffix: "b" }),
  ].sort((a, b) => String(a._id) < String(b._id) ? -1 : 1);
  await insert(...documents);
  const pass = await createPass("full");
  await saveProgress({
    ...pass,
    cursor: { collection: "LinearRuns", id: documents[0]!._id.toHexString() },
  });
  await syncCatalogue({ pass: "new" });
  expect((await runs()).map((r) => r.source_id)).toEqual([
    documents[1]!._id.toHexString(),
  ]);
  expect(
    (await listPasses()).map((p) => [p.id, p.kind, p.finished_at !== null]),
  ).toEqual([[pass.id, "full", true]]);
  await syncCatalogue({ pass: "new" });
  expect((await runs()).length).toBe(2);
});

test("a pass that was told to stop ends between batches", async () => {
  await insert(imasDocument({ suffix: "a" }));
  await expect(syncCatalogue({ pass: "new" }, { signal: AbortSignal.abort() }))
    .rejects.toThrow();
  expect((await runs()).length).toBe(0);
});

test("a text with NUL, a lone surrogate and keys of any name does not stop the sync", async () => {
  const document = imasDocument({ suffix: "a", comments: "a\0b \ud800 c" });
  Object.assign(document.Files, {
    ["__proto__x"]: null,
    "a\u202eb": "None",
    toString: "None",
  });
  await insert(document);
  await syncCatalogue({ pass: "new" });
  expect((await runs()).length).toBe(1);
});

test("only commands of MongoDB's read role are sent", async () => {
  await insert(imasDocument({ suffix: "a" }));
  const sent = new Set<string>();
  const stop = await watchCommands((name) => sent.add(name));
  await syncCatalogue({ pass: "full" });
  await closeSource();
  stop();
  expect([...sent].filter((name) => !READ_COMMANDS.includes(name))).toEqual([]);
  expect(sent.has("find")).toBe(true);
});

Deno.test({
  name:
    "every real and troubled document is a run, with the bytes and the missing files of its expected values",
  ignore: !hasSharedDocuments(),
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    for (const set of ["real", "trouble"] as const) await load(set);
    await syncCatalogue({ pass: "new" });
    expect(await listUnreadable()).toEqual([]);
    const { expectedDocuments } = await import(
      "../db/source/shared_documents.ts"
    );
    const rows = new Map((await runs()).map((r) => [r.source_id, r]));
    expect(rows.size).toBe(71);
    for (
      const want of [
        ...await expectedDocuments("real"),
        ...await expectedDocuments("trouble"),
      ]
    ) {
      const got = rows.get(want._id)!;
      // contract.md: a text of 24 hex digits that names a file is an id. In t21 it is nrg_0001 of 3,072 bytes.
      const textIds = want.files.filter((f) =>
        f.state === "string" && /^[0-9a-f]{24}$/.test(String(f.value))
      ).length;
      const n_missing = want.files.filter((f) =>
        f.state === "broken" || f.state === "dangling"
      ).length;
      const n_files = n_missing + textIds + want.files.filter((f) =>
        f.state === "ok"
      ).length;
      const bytes = (want.bytes ?? want.ok_bytes!) + textIds * 3072;
      expect([want._id, got.bytes, got.n_missing, got.n_files]).toEqual([
        want._id,
        bytes,
        n_missing,
        n_files,
      ]);
    }
    const plots = await sql<{ folder: string; n: number }[]>`
      select folder, jsonb_array_length(detail->'plots') as n from runs where 'plots' = any(has) order by folder`;
    expect(plots.map((p) => [p.folder, p.n])).toEqual([[
      "old/nonlin_kinetic_b",
      6,
    ], ["trouble/t17_bad_plots", 6]]);
  },
});

interface Row {
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

async function runs(): Promise<Row[]> {
  return await sql<Row[]>`select * from runs order by suffix, source_id`;
}

async function insert(
  ...documents: ReturnType<typeof imasDocument>[]
): Promise<void> {
  await source.collection("LinearRuns").insertMany(documents);
}

async function load(set: SharedSet): Promise<void> {
  for (const name of ["LinearRuns", "NonlinRuns", "fs.files", "fs.chunks"]) {
    const { BSON } = await import("mongodb");
    const documents = (await rawDocuments(set, name)).map((raw) =>
      BSON.deserialize(raw, { promoteValues: false })
    );
    if (documents.length > 0) {
      await source.collection(name).insertMany(documents);
    }
  }
}
