import { expect } from "expect";
import { Binary, BSON, Decimal128, Long, ObjectId, Timestamp } from "mongodb";
import { strictJson } from "../../../db/source/json.ts";

Deno.test("strictJson() writes every kind of BSON as JSON that any parser takes", () => {
  const id = new ObjectId("69bd36fc6d676b64620003e9");
  const document = {
    _id: id,
    at: new Date("2026-01-02T03:04:05Z"),
    never: new Date(NaN),
    nan: NaN,
    inf: -Infinity,
    x: 0.1,
    small: Long.fromNumber(42),
    large: Long.fromString("9007199254740993"),
    decimal: Decimal128.fromString("1.5"),
    bytes: new Binary(new Uint8Array([1, 2, 255])),
    stamp: new Timestamp({ t: 1, i: 2 }),
    pattern: /a/i,
    nested: [{ a: null, b: [true, undefined] }],
    lone: "\ud800",
  };
  expect(JSON.parse(JSON.stringify(strictJson(document)))).toEqual({
    _id: "69bd36fc6d676b64620003e9",
    at: "2026-01-02T03:04:05.000Z",
    never: null,
    nan: null,
    inf: null,
    x: 0.1,
    small: 42,
    large: "9007199254740993",
    decimal: "1.5",
    bytes: "AQL/",
    stamp: "4294967298",
    pattern: "/a/i",
    nested: [{ a: null, b: [true, null] }],
    lone: "\ufffd",
  });
});

Deno.test("strictJson() keeps keys such as __proto__ and cuts what is nested without end", () => {
  const hostile = BSON.deserialize(
    BSON.serialize(
      JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}'),
    ),
  );
  expect(JSON.stringify(strictJson(hostile))).toBe(
    '{"__proto__":{"admin":true},"constructor":1}',
  );
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
  let deep: unknown = 1;
  for (let k = 0; k < 100_000; k++) deep = [deep];
  expect(JSON.stringify(strictJson(deep)).length).toBeLessThan(1000);
});
