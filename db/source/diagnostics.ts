import type {
  DiagnosticArray,
  DiagnosticValue,
} from "../../physics/plots/diagnostic_value.ts";
import type { StoredFile } from "../../physics/simulation.ts";
import { fromSource } from "./client.ts";
import { DamagedFile, listFiles } from "./gridfs.ts";
import { readFile } from "./gridfs_reader.ts";
import { decodingOf, MAX_PICKLE_BYTES } from "./pickle/decode.ts";
import {
  type Dtype,
  NumpyArray,
  PickledDict,
  type PickledValue,
  RefusedPickle,
} from "./pickle/values.ts";
import type { CollectionName } from "./simulation.ts";
import { inSlices } from "./slices.ts";
import { record } from "./values.ts";
import { decode } from "./bson.ts";
import { readWhole } from "./whole_document.ts";

/** A diagnostic that cannot be read; the message is the reason in words, without a full stop. */
export class UnreadableDiagnostic extends Error {
  override name = "UnreadableDiagnostic";
}

/**
 * A stored diagnostic as plain data: a pickle from GridFS, decoded in slices and without running anything, or what stands inline in the document.
 *
 * @throws {UnreadableDiagnostic} when it is missing, damaged, too large or more than plain data
 * @throws {SourceUnavailable} while the source is away
 */
export async function readDiagnostic(
  { id, key }: StoredFile,
  document: { id: string; collection: CollectionName },
): Promise<DiagnosticValue> {
  return id === null ? await inline(key, document) : await pickled(id);
}

async function pickled(id: string): Promise<DiagnosticValue> {
  const bytes = await fromSource(async (db) => {
    const row = (await listFiles(db, [id])).get(id);
    if (!row?.ok) {
      throw new UnreadableDiagnostic(
        row?.reason ?? "GridFS has no file of its id",
      );
    }
    if (row.file.length > MAX_PICKLE_BYTES) {
      throw new UnreadableDiagnostic(
        `It is larger than ${MAX_PICKLE_BYTES / 2 ** 20} MiB`,
      );
    }
    const pieces = await Array.fromAsync(await readFile(db, row.file));
    return new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer());
  }).catch(explained);
  try {
    return plain(await inSlices(decodingOf(bytes)));
  } catch (error) {
    return explained(error);
  }
}

async function inline(
  key: string,
  { id, collection }: { id: string; collection: CollectionName },
): Promise<DiagnosticValue> {
  const bytes = await fromSource((db) =>
    readWhole(db, id, { Diagnostics: 1 }, collection)
  );
  const document = bytes === null ? null : decode(bytes).document;
  return fromBson(record(document?.Diagnostics)[key]);
}

function explained(error: unknown): never {
  if (error instanceof DamagedFile || error instanceof RefusedPickle) {
    throw new UnreadableDiagnostic(error.message, { cause: error });
  }
  throw error;
}

function plain(value: PickledValue): DiagnosticValue {
  if (Array.isArray(value)) return numbersOf(value) ?? value.map(plain);
  if (value instanceof PickledDict) {
    return new Map(value.entries.map(([k, item]) => [String(k), plain(item)]));
  }
  if (value instanceof NumpyArray) {
    const array = arrayOf(value);
    return array?.shape.length === 0 ? array.real[0]! : array;
  }
  return typeof value === "number" || typeof value === "string" ? value : null;
}

/** A list of bare numbers as one array. */
function numbersOf(list: unknown[]): DiagnosticArray | null {
  if (list.length === 0 || list.some((v) => typeof v !== "number")) return null;
  const real = Float64Array.from(list as number[]);
  return { shape: [list.length], real, imaginary: null };
}

const MAX_INLINE_DEPTH = 8;

function fromBson(value: unknown, depth = 0): DiagnosticValue {
  if (typeof value === "number" || typeof value === "string") return value;
  if (depth > MAX_INLINE_DEPTH) return null;
  if (Array.isArray(value)) {
    return numbersOf(value) ?? value.map((v) => fromBson(v, depth + 1));
  }
  return typeof value === "object" && value !== null &&
      Object.getPrototypeOf(value) === Object.prototype
    ? new Map(
      Object.entries(value).map(([k, v]) => [k, fromBson(v, depth + 1)]),
    )
    : null;
}

/** Numbers that fit a double; null for texts and longer numbers. */
function arrayOf(array: NumpyArray): DiagnosticArray | null {
  const { dtype, shape, fortran, data } = array;
  const read = READERS[`${dtype.kind}${dtype.size}`];
  if (!read) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const n = data.length / dtype.size;
  const isComplex = dtype.kind === "c";
  const part = (offset: number) =>
    Float64Array.from(
      { length: n },
      (_, k) => read(view, k * dtype.size + offset, dtype.order !== ">"),
    );
  const order = fortran && shape.length > 1 ? fromFortran(shape) : null;
  const arranged = (values: Float64Array) =>
    order ? values.map((_, k) => values[order[k]!]!) : values;
  return {
    shape,
    real: arranged(part(0)),
    imaginary: isComplex ? arranged(part(dtype.size / 2)) : null,
  };
}

type Reader = (view: DataView, at: number, little: boolean) => number;

const READERS: Partial<Record<`${Dtype["kind"]}${number}`, Reader>> = {
  f8: (v, at, le) => v.getFloat64(at, le),
  f4: (v, at, le) => v.getFloat32(at, le),
  c16: (v, at, le) => v.getFloat64(at, le),
  c8: (v, at, le) => v.getFloat32(at, le),
  i8: (v, at, le) => Number(v.getBigInt64(at, le)),
  i4: (v, at, le) => v.getInt32(at, le),
  i2: (v, at, le) => v.getInt16(at, le),
  u1: (v, at) => v.getUint8(at),
};

/** Where each element of an array with the last index fastest stands in one with the first fastest. */
function fromFortran(shape: number[]): number[] {
  const total = shape.reduce((all, n) => all * n, 1);
  return Array.from({ length: total }, (_, k) => {
    let [rest, at] = [k, 0];
    const index = shape.map(() => 0);
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d] = rest % shape[d]!;
      rest = Math.floor(rest / shape[d]!);
    }
    for (let d = shape.length - 1; d >= 0; d--) {
      at = at * shape[d]! + index[d]!;
    }
    return at;
  });
}
