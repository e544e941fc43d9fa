import { expect } from "expect";
import { BSON, type Db, MongoClient, ObjectId } from "mongodb";
import { bulkChunks } from "../../../db/source/bulk_chunks.ts";
import { DriverChunks } from "../../../db/source/chunk_source.ts";
import {
  type WireAddress,
  wireAddress,
} from "../../../db/source/driver_internals.ts";
import { ReplyBuffers } from "../../../db/source/reply_buffers.ts";
import { WireChunks } from "../../../db/source/wire_chunks.ts";
import { WireConnection } from "../../../db/source/wire_connection.ts";
import { mongoTest, putFile, source } from "../../mongo.ts";
import { noise } from "../../noise.ts";

const PASSWORD = "p@ss:w/ord, näïve";
const server = Deno.env.get("TEST_MONGO_URL")!;
const { port } = new URL(server);

for (const mechanism of ["SCRAM-SHA-1", "SCRAM-SHA-256"]) {
  mongoTest(`a wire connection logs in by ${mechanism}`, async () => {
    const user = `reader_${mechanism}`;
    await source.command({
      createUser: user,
      pwd: PASSWORD,
      mechanisms: [mechanism],
      roles: ["read"],
    });
    const client = new MongoClient(urlOf(user, PASSWORD));
    const address = wireAddress(client.db(source.databaseName))!;
    const connection = await open(address);
    const buffers = new ReplyBuffers(1);
    const reply = await connection.ask(
      "admin",
      { connectionStatus: 1 },
      buffers,
    );
    connection.close();
    expect(BSON.deserialize(reply).authInfo.authenticatedUsers)
      .toEqual([{ user, db: source.databaseName }]);

    const stranger = new MongoClient(urlOf(user, "wrong"));
    const wrong = wireAddress(stranger.db(source.databaseName))!;
    await expect(open(wrong)).rejects
      .toThrow("Authentication failed");
  });
}

mongoTest(
  "WireChunks passes on what the server refuses, and goes on",
  async () => {
    const file = await putFile(noise(100));
    const chunks = new WireChunks(wireAddress(source)!);
    const sort = { n: 1 } as const;
    await expect(chunks.find({ filter: { $nonsense: 1 }, sort })).rejects
      .toThrow("unknown top level operator: $nonsense");
    const filter = { files_id: new ObjectId(file.id) };
    const [chunk] = await chunks.find({ filter, sort });
    expect(chunk).toEqual({ files_id: file.id, n: 0, data: noise(100) });
    chunks.close();
  },
);

mongoTest("WireChunks uses given back memory again", async () => {
  const file = await putFile(noise(100));
  const chunks = new WireChunks(wireAddress(source)!);
  const query = {
    filter: { files_id: new ObjectId(file.id) },
    sort: { n: 1 } as const,
  };
  const [first] = await chunks.find(query);
  const { buffer } = first!.data as Uint8Array;
  const [second] = await chunks.find(query);
  expect((second!.data as Uint8Array).buffer).not.toBe(buffer);
  chunks.release(buffer);
  const [third] = await chunks.find(query);
  expect((third!.data as Uint8Array).buffer).toBe(buffer);
  chunks.close();
});

mongoTest(
  "WireChunks asks nothing once it is told to stop while it connects",
  async () => {
    const chunks = new WireChunks(wireAddress(source)!);
    const stop = new AbortController();
    const answer = chunks.find({
      filter: {},
      sort: { n: 1 },
      signal: stop.signal,
    });
    stop.abort(new Error("No longer wanted"));
    await expect(answer).rejects.toThrow("No longer wanted");
    chunks.close();
  },
);

mongoTest("a wire connection gives up a server that is silent", async () => {
  const { client, silent } = silentServer({ connectTimeoutMS: 300 });
  const address = wireAddress(client.db("x"))!;
  await expect(open(address)).rejects
    .toThrow("The connection was closed");
  silent.close();
});

mongoTest(
  "WireChunks stops at once while a silent server lets it wait for its log-in",
  async () => {
    const { client, silent } = silentServer({ connectTimeoutMS: 30_000 });
    const way = new WireChunks(wireAddress(client.db("x"))!);
    const stop = new AbortController();
    const query = { filter: {}, sort: { n: 1 } } as const;
    const stopped = way.find({ ...query, signal: stop.signal });
    const closed = way.find(query);
    const begin = performance.now();
    await new Promise((done) => setTimeout(done, 100));
    stop.abort(new Error("No longer wanted"));
    await expect(stopped).rejects.toThrow("No longer wanted");
    way.close();
    await expect(closed).rejects.toThrow("The reading has ended");
    expect(performance.now() - begin).toBeLessThan(1000);
    silent.close();
  },
);

mongoTest("a wire connection refuses what is no reply", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const answered = listener.accept().then(async (conn) => {
    await conn.write(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n"));
    return conn;
  });
  const { port } = listener.addr as Deno.NetAddr;
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/`);
  await expect(open(wireAddress(client.db("x"))!)).rejects
    .toThrow("something else than a reply");
  (await answered).close();
  listener.close();
});

mongoTest("bulkChunks() takes the driver where only it knows the way", () => {
  const way = (db: Db) => bulkChunks(db).constructor;
  expect(way(source)).toBe(WireChunks);
  for (
    const url of [
      "mongodb://one.example,two.example/",
      "mongodb://one.example/?tls=true",
      "mongodb://one.example/?proxyHost=proxy.example",
      "mongodb://%2Ftmp%2Fmongodb-27017.sock/",
    ]
  ) {
    expect(way(new MongoClient(url).db("x"))).toBe(DriverChunks);
  }
  // As of a replica set whose address names one member: the driver has found the other.
  const servers = new Map([["one:27017", {}], ["two:27017", {}]]);
  const found = Object.assign(new MongoClient("mongodb://one/"), {
    topology: { description: { servers } },
  });
  expect(way(found.db("x"))).toBe(DriverChunks);
  const versioned = new MongoClient(server, { serverApi: "1" });
  expect(way(versioned.db("x"))).toBe(DriverChunks);
  return Promise.resolve();
});

function urlOf(user: string, password: string): string {
  const login = `${user}:${encodeURIComponent(password)}`;
  return `mongodb://${login}@127.0.0.1:${port}/?directConnection=true&authSource=${source.databaseName}`;
}

/** A server that takes a connection and says nothing. */
function open(address: WireAddress): Promise<WireConnection> {
  return WireConnection.open(address, new AbortController().signal);
}

function silentServer({ connectTimeoutMS }: { connectTimeoutMS: number }) {
  const silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = silent.addr as Deno.NetAddr;
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/`, {
    connectTimeoutMS,
  });
  return { client, silent };
}
