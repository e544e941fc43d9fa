import {
  Binary,
  BSONRegExp,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  ObjectId,
  Timestamp,
} from "mongodb";

/** Deeper than MongoDB nests, shallow enough for any stack. */
const MAX_DEPTH = 300;

export type Json = null | boolean | number | string | Json[] | {
  [key: string]: Json;
};

/**
 * A document as strict JSON with its own keys: ids as 24 hex digits, dates ISO, binary as base64, numbers that are not finite as null,
 * 64-bit integers as numbers where exact and else as text, decimals as text. Keys of any name are kept, `__proto__` too.
 */
export function strictJson(value: unknown, depth = 0): Json {
  if (depth > MAX_DEPTH || value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "boolean") return value;
  if (typeof value === "bigint") return exact(value);
  if (Array.isArray(value)) return value.map((v) => strictJson(v, depth + 1));
  if (typeof value !== "object") return null;
  const scalar = special(value);
  if (scalar !== undefined) return scalar;
  const object: { [key: string]: Json } = Object.create(null);
  for (const [key, v] of Object.entries(value)) {
    object[key.toWellFormed()] = strictJson(v, depth + 1);
  }
  return object;
}

/** The kinds of BSON that are no plain object; undefined for one that is. */
function special(value: object): Json | undefined {
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? null : value.toISOString();
  }
  if (value instanceof Binary) return value.toString("base64");
  if (value instanceof Uint8Array) return value.toBase64();
  if (value instanceof Timestamp) return value.toString();
  if (value instanceof Long) return exact(value.toBigInt());
  if (value instanceof Decimal128) {
    return Number.isFinite(Number(value.toString())) ? value.toString() : null;
  }
  if (value instanceof Double || value instanceof Int32) {
    return strictJson(value.valueOf());
  }
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
  if (value instanceof RegExp) return String(value);
  if (value instanceof Code) return value.code;
  if (value instanceof DBRef) return String(value.oid);
  if ("_bsontype" in value && !Object.hasOwn(value, "_bsontype")) {
    return String((value as { _bsontype: unknown })._bsontype);
  }
  return undefined;
}

function exact(value: bigint): Json {
  const isExact = value >= BigInt(Number.MIN_SAFE_INTEGER) &&
    value <= BigInt(Number.MAX_SAFE_INTEGER);
  return isExact ? Number(value) : value.toString();
}
