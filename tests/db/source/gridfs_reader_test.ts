import { expect } from "expect";
import { createHash } from "node:crypto";
import { type Binary, type Db, MongoClient, ObjectId } from "mongodb";
import { DriverChunks } from "../../../db/source/chunk_source.ts";
import { wireAddress } from "../../../db/source/driver_internals.ts";
import { DamagedFile, type StoredFile } from "../../../db/source/gridfs.ts";
import {
  piecesOf,
  readFile,
  readFiles,
  type ReadOptions,
} from "../../../db/source/gridfs_reader.ts";
import { WireChunks } from "../../../db/source/wire_chunks.ts";
import { mongoTest, putFile, source } from "../../mongo.ts";
import { noise } from "../../noise.ts";
import { startProxy } from "../../tcp_proxy.ts";

const chunks = source.collection("fs.chunks");

/** The two ways to chunks. Memory that is given back by our own is used again, which must never be seen. */
const WAYS = [
  { over: "the driver", chunks: (db: Db) => new DriverChunks(db) },
  {
    over: "our own connections",
    chunks: (db: Db) => new WireChunks(wireAddress(db)!),
  },
];

/** Sizes around the borders: empty, one byte, one chunk, 16 chunks, one request, several. */
const SIZES = [0, 1, 999, 1000, 1001, 15_999, 16_000, 16_001, 300_000];

/** A change to a stored file whose last chunk is half full, and the words that name it. */
const DAMAGES: [string, (file: StoredFile) => Promise<unknown>, RegExp][] = [
  [
    "the first chunk is missing",
    (f) => chunks.deleteOne(at(f, 0)),
    /^Chunk 1 of \d+ is missing$/,
  ],
  [
    "a chunk in the middle is missing",
    (f) => chunks.deleteOne(at(f, 3)),
    /^Chunk 4 of \d+ is missing$/,
  ],
  [
    "the last chunk is missing",
    (f) => chunks.deleteOne(at(f, -1)),
    /^Chunk (\d+) of \1 is missing$/,
  ],
  [
    "all chunks are missing",
    (f) => chunks.deleteMany({ files_id: new ObjectId(f.id) }),
    /^Chunk 1 of \d+ is missing$/,
  ],
  [
    "a chunk is short",
    (f) => setData(f, 2, noise(f.chunk_size - 1)),
    /^Chunk 3 of \d+ has \d+99 bytes, expected \d+000$/,
  ],
  [
    "a chunk is long",
    (f) => setData(f, 2, noise(f.chunk_size + 1)),
    /^Chunk 3 of \d+ has \d+001 bytes, expected \d+000$/,
  ],
  [
    "the last chunk is short",
    (f) => setData(f, -1, noise(f.chunk_size / 2 - 1)),
    /has \d+99 bytes, expected \d+00$/,
  ],
  [
    "the last chunk is long",
    (f) => setData(f, -1, noise(f.chunk_size / 2 + 1)),
    /has \d+01 bytes, expected \d+00$/,
  ],
  [
    "the last chunk is empty",
    (f) => setData(f, -1, noise(0)),
    /has 0 bytes, expected \d+00$/,
  ],
  [
    "there is a chunk too many",
    (f) => add(f, last(f) + 1, noise(10)),
    /^More chunks are stored/,
  ],
  [
    "there is a chunk before the first",
    (f) => add(f, -1, noise(f.chunk_size)),
    /^Chunk 1 of \d+ is missing$/,
  ],
  [
    "the data are text",
    (f) => set(f, 1, { data: "text" }),
    /^Chunk 2 of \d+ holds no bytes$/,
  ],
  [
    "the data are gone",
    (f) => chunks.updateOne(at(f, 1), { $unset: { data: 1 } }),
    /^Chunk 2 of \d+ holds no bytes$/,
  ],
  ["a number is text", (f) => set(f, 4, { n: "4" }), /is missing$/],
  [
    "a number is a fraction",
    (f) => set(f, 4, { n: 4.5 }),
    /^Chunk 5 of \d+ is missing$/,
  ],
  ["two chunks have changed places", swapped, /^MD5 of the content is/],
  [
    "a byte has changed",
    (f) => setData(f, 2, noise(f.chunk_size, 99)),
    /^MD5 of the content is/,
  ],
];

/** A file that is read in a group, and one of two ranges. */
const KINDS = [
  { kind: "small", length: 6500, chunkSize: 1000 },
  { kind: "large", length: 7_000_000, chunkSize: 400_000 },
];

for (const { over, chunks: open } of WAYS) {
  const whole = (files: StoredFile[], db = source) =>
    contents(files, { chunks: open(db), release: true }, db);

  mongoTest(
    `readFiles() over ${over} gives every file whole and in order`,
    async () => {
      const originals = SIZES.map((size, i) => noise(size, i + 1));
      const files = [];
      for (const bytes of originals) {
        files.push(await putFile(bytes, { chunkSize: 1000, md5: true }));
      }
      const twice = [...files, ...files.toReversed()];
      const read = await whole(twice);
      const expected = [...originals, ...originals.toReversed()];
      expect(read.map((bytes) => (bytes as Uint8Array).length))
        .toEqual(expected.map((bytes) => bytes.length));
      expect(read.map(sha256)).toEqual(expected.map(sha256));
    },
  );

  mongoTest(
    `readFiles() over ${over} reads more small files than fit a group, between large ones`,
    async () => {
      const small = await Promise.all(
        Array.from({ length: 450 }, (_, i) => putFile(noise(i, i))),
      );
      const large = await putFile(noise(9_000_000, 7));
      const files = small.flatMap((file, i) =>
        i % 150 === 75 ? [large, file] : file
      );
      const read = await whole(files);
      expect(read.length).toBe(453);
      for (const [i, file] of files.entries()) {
        expect((read[i] as Uint8Array).length).toBe(file.length);
      }
      expect(sha256(read[75])).toBe(sha256(noise(9_000_000, 7)));
    },
  );

  for (const [what, damage, reason] of DAMAGES) {
    for (const { kind, length, chunkSize } of KINDS) {
      mongoTest(
        `readFiles() over ${over} notices in a ${kind} file that ${what}`,
        async () => {
          const options = { chunkSize, md5: true };
          const file = await putFile(noise(length), options);
          const after = await putFile(noise(length, 3), options);
          await damage(file);
          const read = await whole([file, after, file]);
          expect(read[0]).toMatch(reason);
          expect(sha256(read[1])).toBe(sha256(noise(length, 3)));
          expect(read[2]).toBe(read[0]);
        },
      );
    }
  }

  mongoTest(
    `readFiles() over ${over} takes an empty extra chunk, as the specification asks`,
    async () => {
      const file = await putFile(noise(2000), { chunkSize: 1000 });
      const empty = await putFile(noise(0));
      await add(file, 2, noise(0));
      await add(empty, 0, noise(0));
      expect(await whole([file, empty])).toEqual([noise(2000), noise(0)]);
    },
  );

  mongoTest(
    `readFiles() over ${over} blames no neighbour of a file with far too many chunks`,
    async () => {
      const crowd = await putFile(noise(10));
      const more = Array.from({ length: 70 }, (_, i) => ({
        files_id: new ObjectId(crowd.id),
        n: i + 1,
        data: noise(250_000, i) as unknown as Binary,
      }));
      await chunks.insertMany(more);
      const good = await putFile(noise(5000));
      const read = await whole([crowd, good]);
      expect(read[0]).toMatch(/^More chunks/);
      expect(read[1]).toEqual(noise(5000));
    },
  );

  mongoTest(
    `readFiles() over ${over} goes on where it was when the server comes back`,
    async () => {
      const file = await putFile(noise(20_000_000));
      const server = new URL(Deno.env.get("TEST_MONGO_URL")!);
      const line = startProxy(Number(server.port), { bytesPerSecond: 1e9 });
      const client = await new MongoClient(
        `mongodb://127.0.0.1:${line.port}/?directConnection=true`,
        { serverSelectionTimeoutMS: 300, retryReads: false },
      ).connect();
      const db = client.db(source.databaseName);
      let lost = 0;
      const on_lost = async () => {
        lost++;
        await new Promise((resolve) => setTimeout(resolve, 100));
      };
      const read: Uint8Array[] = [];
      const files = readFiles(db, [file], {
        chunks: open(db),
        on_lost,
      });
      for await (const outcome of files) {
        if (outcome.kind !== "ranges") throw new Error(outcome.kind);
        for await (const piece of piecesOf(outcome)) {
          read.push(new Uint8Array(piece));
          if (read.length !== 10) continue;
          line.cut();
          setTimeout(line.mend, 500);
        }
      }
      await client.close();
      line.close();
      expect(lost).toBeGreaterThan(0);
      expect(sha256(joined(read))).toBe(sha256(noise(20_000_000)));
    },
  );

  mongoTest(
    `readFiles() over ${over} throws when the server is lost and nobody waits`,
    async () => {
      const file = await putFile(noise(100));
      const client = new MongoClient("mongodb://127.0.0.1:1", {
        serverSelectionTimeoutMS: 100,
      });
      await expect(whole([file], client.db("x"))).rejects.not
        .toBeInstanceOf(DamagedFile);
      await client.close();
    },
  );

  mongoTest(
    `readFiles() over ${over} ends within a moment of an abort`,
    async () => {
      const file = await putFile(noise(20_000_000));
      const abort = new AbortController();
      const { signal } = abort;
      let since = 0;
      const reading = (async () => {
        for await (
          const outcome of readFiles(source, [file, file, file], {
            signal,
            chunks: open(source),
          })
        ) {
          if (outcome.kind !== "ranges") throw new Error(outcome.kind);
          for await (const _ of outcome.ranges) {
            since ||= performance.now();
            abort.abort(new Error("Cancelled"));
          }
        }
      })();
      await expect(reading).rejects.toThrow("Cancelled");
      expect(performance.now() - since).toBeLessThan(1000);
    },
  );

  mongoTest(
    `readFiles() over ${over} lets a large file be left early`,
    async () => {
      const large = await putFile(noise(20_000_000));
      const small = await putFile(noise(10));
      const seen = [];
      for await (
        const outcome of readFiles(source, [large, small], {
          chunks: open(source),
        })
      ) {
        seen.push(outcome.kind);
        if (outcome.kind !== "ranges") continue;
        for await (const _ of outcome.ranges) break;
      }
      expect(seen).toEqual(["ranges", "whole"]);
    },
  );

  mongoTest(
    `readFiles() over ${over} passes quickly over a record that promises a TiB`,
    async () => {
      const good = await putFile(noise(10));
      const vast = {
        ...good,
        id: "e".repeat(24),
        length: 2 ** 40,
        chunk_size: 1,
      };
      const since = performance.now();
      const read = await whole([vast, good]);
      expect(read).toEqual([`Chunk 1 of ${2 ** 40} is missing`, noise(10)]);
      expect(performance.now() - since).toBeLessThan(1000);
    },
  );
}

mongoTest(
  "readFile() gives the content and throws before the first byte of a bad beginning",
  async () => {
    for (const length of [0, 10, 6500, 3_000_500]) {
      const file = await putFile(noise(length), { chunkSize: 1000 });
      const pieces = await Array.fromAsync(await readFile(source, file));
      expect(sha256(joined(pieces))).toBe(sha256(noise(length)));
      if (length === 0) continue;
      await chunks.deleteOne(at(file, 0));
      await expect(readFile(source, file)).rejects.toThrow(DamagedFile);
    }
  },
);

mongoTest("readFile() breaks off at a fault further on", async () => {
  const file = await putFile(noise(3_000_500), { chunkSize: 1000 });
  await chunks.deleteOne(at(file, 2500));
  const content = await readFile(source, file);
  await expect(Array.fromAsync(content)).rejects
    .toThrow("Chunk 2501 of 3001 is missing");
});

/** The bytes of each file, or the reason why it is damaged. */
async function contents(
  files: StoredFile[],
  options: ReadOptions = {},
  db = source,
): Promise<(Uint8Array | string)[]> {
  const read: (Uint8Array | string)[] = [];
  for await (const outcome of readFiles(db, files, options)) {
    try {
      read.push(
        outcome.kind === "damaged"
          ? outcome.reason
          : joined(await copies(piecesOf(outcome))),
      );
    } catch (error) {
      if (!(error instanceof DamagedFile)) throw error;
      read.push(error.message);
    }
  }
  return read;
}

/** The pieces' memory may be used again. */
function copies(
  pieces: AsyncIterable<Uint8Array>,
): Promise<Uint8Array[]> {
  return Array.fromAsync(pieces, (piece) => new Uint8Array(piece));
}

/** Compares large contents quickly; a reason stays as it is. */
function sha256(content: Uint8Array | string | undefined): string {
  return content instanceof Uint8Array
    ? createHash("sha256").update(content).digest("hex")
    : String(content);
}

function joined(pieces: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(
    pieces.reduce((sum, { length }) => sum + length, 0),
  );
  let end = 0;
  for (const piece of pieces) {
    all.set(piece, end);
    end += piece.length;
  }
  return all;
}

function last(file: StoredFile): number {
  return Math.ceil(file.length / file.chunk_size) - 1;
}

function at(file: StoredFile, n: number) {
  return { files_id: new ObjectId(file.id), n: n < 0 ? last(file) : n };
}

function set(file: StoredFile, n: number, fields: Record<string, unknown>) {
  return chunks.updateOne(at(file, n), { $set: fields });
}

function setData(file: StoredFile, n: number, data: Uint8Array) {
  return set(file, n, { data });
}

function add(file: StoredFile, n: number, data: Uint8Array) {
  const files_id = new ObjectId(file.id);
  return chunks.insertOne({ files_id, n, data: data as unknown as Binary });
}

async function swapped(file: StoredFile): Promise<void> {
  await set(file, 1, { n: -7 });
  await set(file, 2, { n: 1 });
  await chunks.updateOne(
    { files_id: new ObjectId(file.id), n: -7 },
    { $set: { n: 2 } },
  );
}
