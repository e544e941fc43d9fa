import { expect } from "expect";
import { Buffer } from "node:buffer";
import { fileURLToPath } from "node:url";
import { type Db, MongoClient } from "mongodb";
import {
  mongodBinary,
  thisMachine,
} from "../../../db/embedded/mongod_binary.ts";
import { freePort } from "../../../db/embedded/ports.ts";
import { DriverChunks } from "../../../db/source/chunk_source.ts";
import { piecesOf, readFiles } from "../../../db/source/gridfs_reader.ts";
import { putFile } from "../../mongo.ts";
import { noise } from "../../noise.ts";

Deno.test({
  name:
    "the driver goes on speaking to a replica set whose replies were read and given back",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await withReplicaSet(async (db) => {
      const content = noise(10_000_000);
      const file = await putFile(content, { db });
      const chunks = new DriverChunks(db);
      for (let n = 0; n < 3; n++) {
        const read: Uint8Array[] = [];
        const options = { chunks, release: true };
        for await (const outcome of readFiles(db, [file, file], options)) {
          if (outcome.kind === "damaged") throw new Error(outcome.reason);
          for await (const piece of piecesOf(outcome)) read.push(piece.slice());
        }
        const twice = Buffer.concat([content, content]);
        expect(Buffer.concat(read).equals(twice)).toBe(true);
        // The cluster time of the replies goes out again with this.
        expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
      }
    });
  },
});

/** A replica set of one, on a mongod of its own. */
async function withReplicaSet(use: (db: Db) => Promise<void>): Promise<void> {
  const dbpath = await Deno.makeTempDir();
  const binDir = fileURLToPath(new URL("../../../data/bin", import.meta.url));
  const port = freePort();
  const mongod = new Deno.Command(
    await mongodBinary({ binDir, log: () => {}, machine: thisMachine() }),
    {
      args: [
        ...["--dbpath", dbpath, "--port", String(port), "--replSet", "rs0"],
        ...["--bind_ip", "127.0.0.1", "--nounixsocket", "--quiet"],
        ...["--wiredTigerCacheSizeGB", "0.25", "--oplogSize", "64"],
      ],
      stdout: "null",
    },
  ).spawn();
  const host = `127.0.0.1:${port}`;
  try {
    const first = await connected(`mongodb://${host}/?directConnection=true`);
    const members = [{ _id: 0, host }];
    await first.db("admin").command({
      replSetInitiate: { _id: "rs0", members },
    });
    await first.close();
    const client = await connected(`mongodb://${host}/?replicaSet=rs0`);
    await use(client.db("archive"));
    await client.close();
  } finally {
    mongod.kill("SIGKILL");
    await mongod.status;
    await Deno.remove(dbpath, { recursive: true });
  }
}

/** Asks until the server is there. */
async function connected(url: string): Promise<MongoClient> {
  const end = Date.now() + 30_000;
  while (true) {
    const client = new MongoClient(url, { serverSelectionTimeoutMS: 1000 });
    try {
      return await client.connect();
    } catch (error) {
      await client.close();
      if (Date.now() > end) throw error;
    }
  }
}
