import { database, test } from "../../setup.ts";
import { expect } from "expect";
import { BSON, MongoClient, ObjectId } from "mongodb";
import { closeSource, fromSource } from "../../../db/source/client.ts";
import { listDocuments, readDocuments } from "../../../db/source/documents.ts";
import { readPlot } from "../../../db/source/plots.ts";
import { readDocument } from "../../../db/source/whole_document.ts";
import {
  type CollectionName,
  readSimulation,
} from "../../../db/source/simulation.ts";
import { insertBroken } from "./insert_broken.ts";
import { imasDocument } from "./make_document.ts";
import { hasSharedDocuments, rawDocuments } from "./shared_documents.ts";

const client = await new MongoClient(Deno.env.get("TEST_MONGO_URL")!).connect();
const source = client.db(database);

Deno.test.beforeEach(async () => void await source.dropDatabase());
Deno.test.afterAll(async () => {
  await closeSource();
  await source.dropDatabase();
  await client.close();
});

test("listDocuments() lists ids of every type in both collections, over more than one page", async () => {
  const ids = Array.from({ length: 10_003 }, () => new ObjectId());
  await source.collection("LinearRuns").insertMany(ids.map((_id) => ({ _id })));
  await source.collection<{ _id: unknown }>("LinearRuns").insertMany(
    [{ _id: 7 }, { _id: "seven" }] as never,
  );
  await source.collection("NonlinRuns").insertOne({ _id: new ObjectId() });
  const listed = await fromSource(listDocuments);
  expect(listed.length).toBe(10_006);
  expect(new Set(listed.map((d) => d.id)).size).toBe(10_006);
  expect(listed.filter((d) => !d.is_object_id).map((d) => d.id)).toEqual([
    "7",
    "seven",
  ]);
});

test("readDocuments() names a document whose BSON is broken and reads the others", async () => {
  const good = imasDocument({ suffix: "good" });
  const broken = new ObjectId();
  await source.collection("LinearRuns").insertOne(good);
  await insertBroken(database, "LinearRuns", broken);
  const ids = [good._id, broken].map((id) => id.toHexString()).sort();
  const readings = await fromSource((db) =>
    readDocuments(db, "LinearRuns", ids)
  );
  expect(readings.map((r) => [r.id, r.unreadable === undefined]).sort())
    .toEqual(ids.map((id) => [id, id === good._id.toHexString()]));
  expect(readings.find((r) => r.unreadable)!.unreadable).toMatch(
    "cannot be decoded",
  );
});

test("readDocuments() leaves out what has gone and reads more than one answer of MongoDB holds", async () => {
  const documents = Array.from(
    { length: 8 },
    (_, k) => ({
      ...imasDocument({ suffix: String(k) }),
      Diagnostics: { big: "x".repeat(5_000_000) },
    }),
  );
  await source.collection("LinearRuns").insertMany(documents);
  const ids = [
    ...documents.map((d) => d._id.toHexString()),
    new ObjectId().toHexString(),
  ].sort();
  const readings = await fromSource((db) =>
    readDocuments(db, "LinearRuns", ids)
  );
  expect(readings.map((r) => r.simulation!.source.suffix).sort()).toEqual(
    documents.map((_, k) => String(k)),
  );
});

test("readPlot() gives PNG bytes only", async () => {
  const png = new Uint8Array([
    0x89,
    0x50,
    0x4e,
    0x47,
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    1,
    2,
    3,
  ]);
  const { _id } = await store({
    good: png.toBase64(),
    html: btoa("<script>alert(1)</script>"),
    broken: "no base64 !!",
    none: null,
    "a.b": png.toBase64(),
  });
  const plot = (name: string) => fromSource((db) => readPlot(db, _id, name));
  expect(await plot("good")).toEqual(png);
  expect(await plot("a.b")).toEqual(png);
  for (
    const name of ["html", "broken", "none", "toString", "__proto__", "absent"]
  ) expect([name, await plot(name)]).toEqual([name, null]);
  const [reading] = await fromSource((db) =>
    readDocuments(db, "LinearRuns", [_id])
  );
  expect(reading!.simulation!.plots).toEqual(["good", "a.b"]);
});

test("readDocument() finds a document in either collection", async () => {
  const document = imasDocument();
  await source.collection("NonlinRuns").insertOne(document);
  const id = document._id.toHexString();
  expect((await fromSource((db) => readDocument(db, id)))!._id).toEqual(
    document._id,
  );
  expect(
    await fromSource((db) => readDocument(db, new ObjectId().toHexString())),
  ).toBeNull();
});

Deno.test({
  name:
    "a projected read of every real and troubled document says the same as the whole document",
  ignore: !hasSharedDocuments(),
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    for (const set of ["real", "trouble"] as const) {
      for (const name of ["LinearRuns", "NonlinRuns"] as CollectionName[]) {
        const raw = await rawDocuments(set, name);
        await source.collection(name).insertMany(
          raw.map((bytes) => BSON.deserialize(bytes, { promoteValues: false })),
        );
        for (const bytes of raw) {
          const whole = readSimulation(
            BSON.deserialize(bytes, { promoteBuffers: false }),
            name,
          );
          const [projected] = await fromSource((db) =>
            readDocuments(db, name, [whole.id])
          );
          expect({ ...projected!.simulation, plots: [] }).toEqual(
            whole.simulation,
          );
        }
      }
    }
  },
});

async function store(Plots: Record<string, unknown>): Promise<{ _id: string }> {
  const document = { ...imasDocument(), Plots };
  await source.collection("LinearRuns").insertOne(document);
  return { _id: document._id.toHexString() };
}
