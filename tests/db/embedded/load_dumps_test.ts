import { gzipSync } from "node:zlib";
import { expect } from "expect";
import { BSON, Double, Int32, Long, MongoClient, ObjectId } from "mongodb";
import { loadDumps } from "../../../db/embedded/load_dumps.ts";
import { withFolder } from "./folders.ts";

const mongoUrl = Deno.env.get("TEST_MONGO_URL");
if (!mongoUrl) {
  throw new Error("TEST_MONGO_URL is not set: run tests with deno task test");
}

/** Types and an order of keys that a decoding and encoding driver would change. */
const tricky = BSON.serialize(
  new Map<string, unknown>([
    ["_id", new ObjectId("65f000000000000000000001")],
    ["10", new Int32(1)],
    ["9", new Double(1)],
    ["long", Long.fromNumber(3)],
    ["nan", new Double(NaN)],
  ]),
);
const plain = BSON.serialize({ _id: new ObjectId(), word: "é" });
const big = BSON.serialize({ _id: new ObjectId(), data: new Uint8Array(5e6) });
const chunk = BSON.serialize({ _id: new ObjectId(), files_id: 1, n: 0 });

Deno.test("a folder of dumps is loaded byte by byte, once", async () => {
  await withLoader(async ({ folder, load, stored }) => {
    await Deno.mkdir(`${folder}/mgk_fusion`);
    await write(`${folder}/mgk_fusion/LinearRuns.bson`, tricky, big, big2());
    await write(`${folder}/mgk_fusion/fs.chunks.bson.gz`, chunk);
    await Deno.writeTextFile(
      `${folder}/mgk_fusion/LinearRuns.metadata.json`,
      "{}",
    );

    const first = await load();
    const second = await load();

    expect(first).toEqual([
      { collection: "fs.chunks", inserted: 1, skipped: 0 },
      { collection: "LinearRuns", inserted: 3, skipped: 0 },
    ]);
    expect(second.map(({ inserted, skipped }) => [inserted, skipped]))
      .toEqual([[0, 1], [0, 3]]);
    const [loaded] = await stored("LinearRuns");
    expect(new Uint8Array(loaded!)).toEqual(tricky);
  });
});

Deno.test("a new document beside known ones is loaded by the next call", async () => {
  await withLoader(async ({ folder, load }) => {
    await write(`${folder}/NonlinRuns.bson`, tricky);
    await load();
    await write(`${folder}/NonlinRuns.bson`, plain, tricky);
    expect(await load()).toEqual([
      { collection: "NonlinRuns", inserted: 1, skipped: 1 },
    ]);
  });
});

Deno.test("a damaged dump is refused with its file and offset", async (t) => {
  const cut = plain.subarray(0, plain.length - 3);
  const wrong = new Uint8Array(plain);
  wrong[wrong.length - 1] = 7;
  const absurd = new Uint8Array([255, 255, 255, 127, 0]);
  const at = `at byte ${tricky.length}`;
  const damages: Record<string, [Uint8Array, string]> = {
    "a document cut off": [join(tricky, cut), at],
    "an impossible length": [join(tricky, absurd), at],
    "a document without its end": [join(tricky, wrong), at],
    "a length cut off": [join(tricky, plain.subarray(0, 2)), at],
  };
  for (const [name, [bytes, words]] of Object.entries(damages)) {
    await t.step(name, async () => {
      await withLoader(async ({ folder, load }) => {
        await Deno.writeFile(`${folder}/LinearRuns.bson`, bytes);
        const refusal = expect(load()).rejects;
        await refusal.toThrow(`${folder}/LinearRuns.bson is damaged: ${words}`);
      });
    });
  }
  await t.step("a gzip file cut off", async () => {
    await withLoader(async ({ folder, load }) => {
      const packed = gzipSync(join(tricky, plain));
      const path = `${folder}/LinearRuns.bson.gz`;
      await Deno.writeFile(path, packed.subarray(0, packed.length - 12));
      await expect(load()).rejects.toThrow(`${path} is damaged: at byte`);
    });
  });
});

Deno.test("a folder without dumps, or with those of several databases, is refused in words", async () => {
  await withLoader(async ({ folder, load }) => {
    await expect(load()).rejects.toThrow("has no dumps");
    for (const name of ["a", "b"]) {
      await Deno.mkdir(`${folder}/${name}`);
      await write(`${folder}/${name}/LinearRuns.bson`, plain);
    }
    await expect(load()).rejects.toThrow("several databases");
  });
});

interface Loader {
  folder: string;
  load: () => ReturnType<typeof loadDumps>;
  /** The raw documents of a collection, in the order of their ids. */
  stored: (collection: string) => Promise<Uint8Array[]>;
}

async function withLoader(use: (loader: Loader) => Promise<void>) {
  const dbName = `t_${crypto.randomUUID().replaceAll("-", "")}`;
  const client = await new MongoClient(mongoUrl!).connect();
  const db = client.db(dbName);
  try {
    await withFolder((folder) =>
      use({
        folder,
        load: () =>
          loadDumps({ folder, mongoUrl: mongoUrl!, dbName, log: () => {} }),
        stored: async (name) =>
          await db.collection(name).find({}, { raw: true, sort: { _id: 1 } })
            .toArray() as unknown as Uint8Array[],
      })
    );
  } finally {
    await db.dropDatabase();
    await client.close();
  }
}

/** A second big document: two do not fit into one batch. */
function big2(): Uint8Array {
  return BSON.serialize({ _id: new ObjectId(), data: new Uint8Array(6e6) });
}

async function write(path: string, ...documents: Uint8Array[]) {
  const bytes = join(...documents);
  await Deno.writeFile(path, path.endsWith(".gz") ? gzipSync(bytes) : bytes);
}

function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}
