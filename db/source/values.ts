import { Binary, Decimal128, Long, ObjectId } from "mongodb";
import { z } from "zod";
import type { Maybe } from "../../physics/simulation.ts";

/** IMAS writes these for "nothing": +-9e40 for a float, +-999999999 for a whole number (schema.md 4.2). */
const MIN_EMPTY_FLOAT = 9e39;
const EMPTY_INT = 999_999_999;

/** Longest text, list and table that is taken over; beyond it lies somebody's mistake. */
const MAX_TEXT = 20_000;
const MAX_ITEMS = 200_000;

/** A number, or null where the value is none: absent, no number, not finite, or a stand-in for "nothing". */
export function real(value: unknown): Maybe {
  const x = typeof value === "number"
    ? value
    : Long.isLong(value)
    ? value.toNumber()
    : value instanceof Decimal128
    ? Number(value.toString())
    : NaN;
  return Number.isFinite(x) && Math.abs(x) < MIN_EMPTY_FLOAT &&
      Math.abs(x) !== EMPTY_INT
    ? x
    : null;
}

/** A text without NUL (Postgres cannot hold it), or null when the value is neither text nor number. */
export function text(value: unknown): string | null {
  if (typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  if (Long.isLong(value)) return value.toString();
  return typeof value === "string"
    ? value.slice(0, MAX_TEXT).replaceAll("\0", "\uFFFD").toWellFormed()
    : null;
}

/** A text with something in it, trimmed; "None", "null" and "" are nothing. */
export function words(value: unknown): string | null {
  const trimmed = text(value)?.trim() ?? "";
  return /^(none|null|)$/i.test(trimmed) ? null : trimmed;
}

/** Booleans, also written as 0 and 1. */
export function yesNo(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const x = real(value);
  return x === 0 ? false : x === 1 ? true : null;
}

/** 24 hex digits of an ObjectId or of a text of that form, else null. */
export function hexId(value: unknown): string | null {
  if (value instanceof ObjectId) return value.toHexString();
  return typeof value === "string" && /^[0-9a-f]{24}$/i.test(value)
    ? value.toLowerCase()
    : null;
}

/** Numbers of a list; a bare value or anything else is an empty list. */
export function vector(value: unknown): Maybe[] {
  return Array.isArray(value) ? value.slice(0, MAX_ITEMS).map(real) : [];
}

/** One number per species; a further axis (GX keeps k_x) is summed. */
export function perSpecies(value: unknown): Maybe[] {
  return Array.isArray(value)
    ? value.slice(0, MAX_ITEMS).map((v) => Array.isArray(v) ? sum(v) : real(v))
    : [];
}

/** [species][k_y or time]; an axis between them (GX keeps k_x) is summed. */
export function table(value: unknown): Maybe[][] {
  if (!Array.isArray(value)) return [];
  return value.filter((row) => Array.isArray(row)).map((row) =>
    Array.isArray(row[0]) ? summedRows(row) : vector(row)
  );
}

function summedRows(rows: unknown[]): Maybe[] {
  const columns = rows.map(vector);
  const length = Math.min(...columns.map((c) => c.length));
  return Array.from({ length }, (_, k) => sum(columns.map((c) => c[k])));
}

function sum(values: unknown[]): Maybe {
  let total = 0;
  for (const value of values) {
    const x = Array.isArray(value) ? sum(value) : real(value);
    if (x === null) return null;
    total += x;
  }
  return Number.isFinite(total) ? total : null;
}

/** A sub-document as a plain record; anything else is an empty one. */
export function record(value: unknown): Record<string, unknown> {
  const isOne = typeof value === "object" && value !== null &&
    !Array.isArray(value) && !("_bsontype" in value) &&
    !(value instanceof Date) &&
    !(value instanceof Binary);
  return isOne ? value as Record<string, unknown> : {};
}

export const Real = z.unknown().transform(real);
export const Text = z.unknown().transform(text);
export const Words = z.unknown().transform(words);
export const YesNo = z.unknown().transform(yesNo);
export const Vector = z.unknown().transform(vector);
export const PerSpecies = z.unknown().transform(perSpecies);
export const Table = z.unknown().transform(table);

/** A part of a document: whatever stands there, its fields are read as the shape says, and a missing part has all of them empty. */
export function part<T extends z.ZodRawShape>(shape: T) {
  const keys = Object.keys(shape);
  return z.unknown().transform((value) => {
    const given = record(value);
    // zod refuses an absent key, but not one that is there and undefined.
    return Object.fromEntries(keys.map((key) => [key, given[key]]));
  }).pipe(z.object(shape));
}

/** A list of parts; anything else is an empty list. */
export function parts<T extends z.ZodType>(item: T) {
  return z.unknown().transform((value) =>
    Array.isArray(value) ? value.slice(0, MAX_ITEMS) as unknown[] : []
  ).pipe(z.array(item));
}
