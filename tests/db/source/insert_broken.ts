import { Binary, BSON, type ObjectId } from "mongodb";

const OP_MSG = 2013;
const HEADER_BYTES = 16;
const OLD_BINARY = 2;

/**
 * Stores a document that MongoDB keeps and the driver cannot decode: binary data of the old subtype whose inner length is wrong.
 *
 * The driver would not write it, so it goes over the wire by hand.
 */
export async function insertBroken(
  database: string,
  collection: string,
  _id: ObjectId,
): Promise<void> {
  const document = {
    _id,
    Metadata: { DBtag: { run_collection_name: "/a/broken" } },
    Files: { bad: new Binary(new Uint8Array(3), OLD_BINARY) },
  };
  const command = BSON.serialize({
    insert: collection,
    documents: [document],
    $db: database,
  });
  // Total length (inner length + 4), subtype, inner length, data.
  const at = indexOf(command, [7, 0, 0, 0, OLD_BINARY, 3, 0, 0, 0]);
  command[at + 5] = 99;
  const reply = await send(command);
  if (reply.ok !== 1 || reply.writeErrors) {
    throw new Error(
      `MongoDB refused the broken document: ${JSON.stringify(reply)}`,
    );
  }
}

async function send(command: Uint8Array): Promise<Record<string, unknown>> {
  const { hostname, port } = new URL(
    Deno.env.get("TEST_MONGO_URL")!.replace("mongodb:", "http:"),
  );
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const message = new Uint8Array(HEADER_BYTES + 5 + command.length);
  const view = new DataView(message.buffer);
  [message.length, 1, 0, OP_MSG, 0].forEach((word, k) =>
    view.setInt32(4 * k, word, true)
  );
  message.set(command, HEADER_BYTES + 5);
  await connection.write(message);
  const buffer = new Uint8Array(65_536);
  const length = await connection.read(buffer);
  return BSON.deserialize(buffer.subarray(HEADER_BYTES + 5, length!));
}

function indexOf(bytes: Uint8Array, wanted: number[]): number {
  const at = bytes.findIndex((_, k) =>
    wanted.every((byte, n) => bytes[k + n] === byte)
  );
  if (at < 0) throw new Error("The binary value is not where it was expected");
  return at;
}
