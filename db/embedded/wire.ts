import { BSON } from "mongodb";

const OP_MSG = 2013;
const HEADER_BYTES = 16;
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
    command: async (db, body, documents = []) => {
      const [name] = Object.keys(body);
      const message = encode(++requests, { ...body, $db: db }, documents);
      for (let at = 0; at < message.length;) {
        at += await connection.write(message.subarray(at));
      }
      const reply = await readReply(connection);
      if (reply.ok !== 1) throw new Error(`${name}: ${reply.errmsg}`);
      return reply;
    },
    close: () => connection.close(),
  };
}

/** An OP_MSG: header, flags, the body as section 0, the documents as section 1 (MongoDB manual, "MongoDB Wire Protocol"). */
function encode(
  id: number,
  body: Record<string, unknown>,
  documents: Uint8Array[],
): Uint8Array {
  const parts: Uint8Array[] = [
    int32s(0),
    new Uint8Array([0]),
    BSON.serialize(body),
  ];
  if (documents.length) {
    const identifier = new TextEncoder().encode("documents\0");
    const bytes = documents.reduce((sum, d) => sum + d.length, 0);
    parts.push(
      new Uint8Array([1]),
      int32s(4 + identifier.length + bytes),
      identifier,
      ...documents,
    );
  }
  const length = parts.reduce((sum, p) => sum + p.length, HEADER_BYTES);
  return concat([int32s(length, id, 0, OP_MSG), ...parts], length);
}

async function readReply(from: Deno.Conn): Promise<Record<string, unknown>> {
  const header = await readExactly(from, HEADER_BYTES);
  const length = new DataView(header.buffer).getInt32(0, true);
  const message = await readExactly(from, length - HEADER_BYTES);
  // Flags (4 bytes) and the kind of the first section (1 byte) stand before the document.
  return BSON.deserialize(message.subarray(5));
}

async function readExactly(
  from: Deno.Conn,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const read = await from.read(bytes.subarray(at));
    if (read === null) throw new Error("mongod closed the connection");
    at += read;
  }
  return bytes;
}

function int32s(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setInt32(4 * i, value, true));
  return bytes;
}

function concat(parts: Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
