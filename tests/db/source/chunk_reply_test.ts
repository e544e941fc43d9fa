import { expect } from "expect";
import fc from "fast-check";
import {
  Binary,
  BSON,
  BSONRegExp,
  Code,
  DBRef,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from "mongodb";
import { chunksOf } from "../../../db/source/chunk_reply.ts";

/** A value of every type that BSON has, but the ones no driver can write any more. */
const anyValue = fc.oneof(
  fc.double(),
  fc.string(),
  fc.boolean(),
  fc.constantFrom<unknown>(null, new MinKey(), new MaxKey()),
  fc.date({ noInvalidDate: true }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(Long.fromBigInt),
  fc.integer().map((n) => new Int32(n)),
  fc.uint8Array().map((bytes) => new Binary(bytes)),
  fc.constantFrom<unknown>(
    new ObjectId(),
    new BSONRegExp("^a.*b$", "i"),
    new Code("return 1"),
    new Code("return x", { x: 1 }),
    new DBRef("runs", new ObjectId()),
    Decimal128.fromString("1.5"),
    Timestamp.fromNumber(7),
    { nested: [1, "two", { three: null }] },
    [],
  ),
);

const fieldName = fc.string({ minLength: 1 })
  .filter((name) => !name.includes("\0"));

const anyFields = fc.dictionary(fieldName, anyValue, { maxKeys: 4 });

const anyChunk: fc.Arbitrary<Document> = fc.record({
  before: anyFields,
  files_id: fc.oneof(fc.constant(new ObjectId()), anyValue),
  n: fc.oneof(fc.nat().map((n) => new Int32(n)), anyValue),
  data: fc.oneof(fc.uint8Array().map((b) => new Binary(b)), anyValue),
  after: anyFields,
}, { requiredKeys: [] }).map(({ before, after, ...chunk }) => ({
  ...before,
  ...chunk,
  ...after,
}));

/** For the driver a timestamp is a Long, too. */
function isInt64(value: unknown): value is Long {
  return Long.isLong(value) && !(value instanceof Timestamp);
}

/** What the driver's own decoder makes of the batch. */
function decoded(reply: Uint8Array) {
  const { cursor } = BSON.deserialize(reply, { bsonRegExp: true });
  return cursor.firstBatch.map(({ files_id, n, data }: Document) => ({
    files_id: files_id instanceof ObjectId ? files_id.toHexString() : "",
    n: typeof n === "number" ? n : isInt64(n) ? n.toNumber() : undefined,
    data: data instanceof Binary ? new Uint8Array(data.buffer) : undefined,
  }));
}

Deno.test("chunksOf() reads what the driver reads, whatever stands around it", () => {
  fc.assert(
    fc.property(
      fc.array(anyChunk, { maxLength: 4 }),
      anyFields,
      anyFields,
      (firstBatch, before, after) => {
        const cursor = { ...before, firstBatch, id: Long.ZERO };
        const { cursor: _, ...rest } = after;
        const reply = BSON.serialize({ ...rest, cursor, ok: new Double(1) });
        const found = chunksOf(reply)!.map((chunk) => ({
          ...chunk,
          data: chunk.data && new Uint8Array(chunk.data as Uint8Array),
        }));
        expect(found).toEqual(decoded(reply));
      },
    ),
  );
});

Deno.test("chunksOf() reads binary data of the old form without its second length", () => {
  const old = new Binary(new Uint8Array([1, 2, 3]), 2);
  const reply = BSON.serialize({ cursor: { firstBatch: [{ data: old }] } });
  expect(chunksOf(reply)![0]!.data).toEqual(new Uint8Array([1, 2, 3]));
});

Deno.test("chunksOf() copies nothing", () => {
  const data = new Binary(new Uint8Array(1000));
  const reply = BSON.serialize({ cursor: { firstBatch: [{ data, n: 0 }] } });
  const [chunk] = chunksOf(reply)!;
  expect((chunk!.data as Uint8Array).buffer).toBe(reply.buffer);
});

Deno.test("chunksOf() finds no chunks in an error", () => {
  const reply = BSON.serialize({ ok: 0, errmsg: "not authorized", code: 13 });
  expect(chunksOf(reply)).toBeNull();
});

Deno.test("chunksOf() refuses a reply that is cut or overwritten, and never reads past its end", () => {
  const data = new Binary(new Uint8Array(40).fill(255));
  const reply = BSON.serialize({
    cursor: { firstBatch: [{ files_id: new ObjectId(), n: 3, data }] },
  });
  fc.assert(
    fc.property(
      fc.nat(reply.length - 1),
      fc.nat(255),
      fc.nat(reply.length),
      (at, byte, length) => {
        const broken = reply.slice();
        broken[at] = byte;
        try {
          for (const { data } of chunksOf(broken.subarray(0, length)) ?? []) {
            const bytes = (data ?? new Uint8Array()) as Uint8Array;
            expect(bytes.length).toBeLessThanOrEqual(length);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      },
    ),
    { numRuns: 2000 },
  );
  for (let length = 0; length < reply.length; length++) {
    expect(() => chunksOf(reply.subarray(0, length))).toThrow(RangeError);
  }
});
