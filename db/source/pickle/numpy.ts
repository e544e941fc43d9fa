import { type Dtype, type DtypeKind, RefusedPickle } from "./values.ts";

/** What may be named, and what it stands for here: names are compared, never imported, looked up or called. */
const KNOWN = {
  "numpy.core.multiarray._reconstruct": "reconstruct",
  "numpy._core.multiarray._reconstruct": "reconstruct",
  "numpy.core.multiarray.scalar": "scalar",
  "numpy._core.multiarray.scalar": "scalar",
  "numpy.ndarray": "ndarray",
  "numpy.dtype": "dtype",
  "_codecs.encode": "encode",
} as const;

export type KnownName = (typeof KNOWN)[keyof typeof KNOWN];

const MAX_DIMENSIONS = 32;
const SHOWN_NAME = 80;

/** Sizes in bytes that each kind of number has; texts have any. */
const SIZES: Partial<Record<DtypeKind, number[]>> = {
  b: [1],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
  f: [2, 4, 8, 16],
  c: [8, 16, 32],
};
const TYPE = /^([biufcSU])(\d{1,7})$/;

/** @throws {RefusedPickle} for every name but those that numpy's arrays need */
export function knownName(module: string, name: string): KnownName {
  const full = `${module}.${name}`;
  if (Object.hasOwn(KNOWN, full)) return KNOWN[full as keyof typeof KNOWN];
  throw new RefusedPickle(
    `It names ${
      JSON.stringify(full.slice(0, SHOWN_NAME))
    }, which plain data do not need`,
  );
}

/** The type that numpy writes as `f8` or `U5`; its order comes later. */
export function dtypeOf(type: unknown): Dtype {
  const [, kind, digits] = TYPE.exec(typeof type === "string" ? type : "") ??
    [];
  if (!kind) throw new RefusedPickle("It holds elements of an unknown type");
  const size = Number(digits) * (kind === "U" ? 4 : 1);
  const sizes = SIZES[kind as DtypeKind];
  if (sizes && !sizes.includes(size)) {
    throw new RefusedPickle(`It holds elements of the unknown type ${type}`);
  }
  return { kind: kind as DtypeKind, size, order: orderOf("<", size, kind) };
}

/** The type with the order that its state names. @throws {RefusedPickle} if it is made of fields */
export function withState(dtype: Dtype, state: unknown): Dtype {
  const [, order, subtype, names, fields] = Array.isArray(state) ? state : [];
  const isPlain = subtype === null && names === null && fields === null;
  const known = order === "<" || order === ">" || order === "|" ||
    order === "=";
  if (!isPlain || !known) {
    throw new RefusedPickle("It holds elements made of fields");
  }
  return { ...dtype, order: orderOf(order, dtype.size, dtype.kind) };
}

/** The numbers of a shape. @throws {RefusedPickle} if they do not fit the bytes */
export function shapeOf(
  shape: unknown,
  { size }: Dtype,
  data: Uint8Array,
): number[] {
  const isShape = Array.isArray(shape) && shape.length <= MAX_DIMENSIONS &&
    shape.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!isShape) throw new RefusedPickle("It holds an array without a shape");
  const numbers = shape as number[];
  if (numbers.reduce((all, n) => all * n, size) !== data.length) {
    throw new RefusedPickle(
      `It holds an array of shape (${
        numbers.join(", ")
      }) with ${data.length} bytes`,
    );
  }
  return [...numbers];
}

function orderOf(order: string, size: number, kind: string): Dtype["order"] {
  if (kind === "S" || (size === 1 && kind !== "U")) return "|";
  return order === ">" ? ">" : "<";
}
