import { BSON } from "mongodb";

const OP_MSG = 2013;
const HEADER_BYTES = 16;
/** Flags, and the kind of the first section. */
const BEFORE_BODY_BYTES = 5;
/** No server sends more (`maxMessageSizeBytes`). */
const MAX_MESSAGE_BYTES = 48_000_000;

/** The server does not answer, or what it sends is no answer. */
export class WireError extends Error {
  override name = "WireError";
}

/**
 * Sends one message.
 * @param documents Raw BSON that travels beside the command as its `documents`.
 */
export async function sendMessage(
  to: Pick<Deno.Conn, "write">,
  id: number,
  command: Record<string, unknown>,
  documents: Uint8Array[] = [],
): Promise<void> {
  const message = encoded(id, command, documents);
  for (let at = 0; at < message.length;) {
    at += await to.write(message.subarray(at));
  }
}

/**
 * Reads one message. -> its BSON document
 * @param take Gives the memory for it: so many bytes or more.
 * @throws {WireError} if the server hangs up or speaks something else
 */
export async function readMessage(
  from: Pick<Deno.Conn, "read">,
  take = (bytes: number) => new ArrayBuffer(bytes),
): Promise<Uint8Array<ArrayBuffer>> {
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  await fill(from, new Uint8Array(header.buffer));
  const length = header.getInt32(0, true) - HEADER_BYTES;
  const fits = length > BEFORE_BODY_BYTES && length <= MAX_MESSAGE_BYTES;
  if (!fits || header.getInt32(12, true) !== OP_MSG) {
    throw new WireError("The server sent something else than a reply");
  }
  const message = new Uint8Array(take(length), 0, length);
  await fill(from, message);
  return message.subarray(BEFORE_BODY_BYTES);
}

/** An OP_MSG: header, flags, the command as section 0, the documents as section 1 (MongoDB manual, "MongoDB Wire Protocol"). */
function encoded(
  id: number,
  command: Record<string, unknown>,
  documents: Uint8Array[],
): Uint8Array {
  const parts: Uint8Array[] = [
    int32s(0),
    new Uint8Array([0]),
    BSON.serialize(command),
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

async function fill(
  from: Pick<Deno.Conn, "read">,
  bytes: Uint8Array,
): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const read = await from.read(bytes.subarray(at));
    if (read === null) throw new WireError("The server hung up");
    at += read;
  }
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
