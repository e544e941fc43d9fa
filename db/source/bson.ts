import { BSON } from "mongodb";

/** A decoded document, or why it cannot be decoded. */
export type Decoded = { document: Record<string, unknown> } | {
  document: null;
  id: string;
  reason: string;
};

/** Decodes one document. Invalid UTF-8 becomes replacement characters; other damage is a reason. */
export function decode(bytes: Uint8Array): Decoded {
  try {
    return {
      document: BSON.deserialize(bytes, {
        validation: { utf8: false },
        promoteBuffers: false,
        // A pattern that only Perl understands would throw.
        bsonRegExp: true,
      }),
    };
  } catch (error) {
    return {
      document: null,
      id: idOf(bytes),
      reason: `Its BSON cannot be decoded: ${
        error instanceof Error ? error.message : error
      }`,
    };
  }
}

/** The id of a document that may be broken. `_id` comes first in a stored document: type 7, its name, 12 bytes. */
export function idOf(bytes: Uint8Array): string {
  const isObjectId = bytes[4] === 7 &&
    new TextDecoder().decode(bytes.subarray(5, 9)) === "_id\0";
  return isObjectId ? bytes.subarray(9, 21).toHex() : `damaged-${bytes.length}`;
}
