import { BSON } from "mongodb";
import { readMessage, sendMessage } from "../source/wire_message.ts";

const CONNECT_MS = 2_000;

/** A connection to the embedded mongod (no log-in, no TLS) that can send documents exactly as they are stored in a dump. */
export interface Wire {
  /**
   * Runs one command of a database.
   *
   * `documents`, if given, travel as raw BSON beside the command: the official driver would decode and encode them, which
   * can change types and the order of keys.
   *
   * @throws {Error} with the server's sentence when it answers `ok: 0`; write errors of single documents are in the reply.
   */
  command(
    db: string,
    body: Record<string, unknown>,
    documents?: Uint8Array[],
  ): Promise<Record<string, unknown>>;
  close(): void;
}

/** Opens a connection to a mongod on this machine, given as `mongodb://127.0.0.1:PORT/...`. */
export async function openWire(mongoUrl: string): Promise<Wire> {
  const { hostname, port } = new URL(mongoUrl);
  const connection = await Deno.connect({
    hostname,
    port: Number(port),
    signal: AbortSignal.timeout(CONNECT_MS),
  });
  let requests = 0;
  return {
    command: async (db, body, documents) => {
      const [name] = Object.keys(body);
      const command = { ...body, $db: db };
      await sendMessage(connection, ++requests, command, documents);
      const reply = BSON.deserialize(await readMessage(connection));
      if (reply.ok !== 1) throw new Error(`${name}: ${reply.errmsg}`);
      return reply;
    },
    close: () => connection.close(),
  };
}
