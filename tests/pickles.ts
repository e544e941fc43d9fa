/** Writes pickles as numpy and Python do, byte by byte, and such as nobody honest would write. */

/** A number's bytes of an array. */
export interface TestArray {
  /** As numpy names it: `f8`. */
  type: string;
  order?: "<" | ">" | "|";
  shape: number[];
  fortran?: boolean;
  bytes: Uint8Array;
  /** Written as a scalar, not as an array. */
  scalar?: boolean;
}

export type TestValue =
  | null
  | boolean
  | number
  | string
  | TestValue[]
  | TestArray
  | Map<string | number, TestValue>;

/** How to write. */
export interface PickleOptions {
  /** Old numpy has `numpy.core`, new numpy `numpy._core`. */
  core?: "core" | "_core";
  protocol?: 2 | 4;
}

/** A whole pickle of this value. */
export function pickled(
  value: TestValue,
  { core = "_core", protocol = 2 }: PickleOptions = {},
): Uint8Array {
  return bytesOf([0x80, protocol], written(value, { core, protocol }), 0x2e);
}

/** Bytes, numbers and nested lists of them, one behind the other. */
export type Piece = number | string | Uint8Array | Piece[];

/** Joins pieces; text is taken as UTF-8. */
export function bytesOf(...pieces: Piece[]): Uint8Array {
  const flat = (piece: Piece): number[] => {
    if (typeof piece === "number") return [piece];
    if (typeof piece === "string") return [...new TextEncoder().encode(piece)];
    return piece instanceof Uint8Array ? [...piece] : piece.flatMap(flat);
  };
  return new Uint8Array(pieces.flatMap(flat));
}

/** A four-byte length, little-endian. */
export function u32(value: number): Uint8Array {
  return new Uint8Array(new Uint32Array([value]).buffer);
}

/** Float64 values as little-endian bytes. */
export function f8(...values: number[]): Uint8Array {
  return new Uint8Array(new Float64Array(values).buffer);
}

/** A text of this content, as BINUNICODE. */
export function text(content: string): Piece {
  const utf8 = new TextEncoder().encode(content);
  return [0x58, u32(utf8.length), utf8];
}

function written(value: TestValue, options: Required<PickleOptions>): Piece {
  if (value === null) return 0x4e;
  if (typeof value === "boolean") return value ? 0x88 : 0x89;
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) {
    return [0x5d, 0x28, value.map((item) => written(item, options)), 0x65];
  }
  if (!(value instanceof Map)) return array(value, options);
  const items = [...value].map(([key, item]) => [
    written(key, options),
    written(item, options),
  ]);
  return [0x7d, 0x28, items, 0x75];
}

function number(value: number): Piece {
  if (Number.isInteger(value) && value >= 0 && value < 256) {
    return [0x4b, value];
  }
  return [0x47, f8(value).reverse()];
}

function array(
  { type, order = "<", shape, fortran = false, bytes, scalar = false }:
    TestArray,
  { core, protocol }: Required<PickleOptions>,
): Piece {
  const name = (module: string, name: string): Piece =>
    protocol === 4
      ? [text(module), text(name), 0x93]
      : ["c", module, "\n", name, "\n"];
  const content = protocol === 4 ? [0x42, u32(bytes.length), bytes] : [
    name("_codecs", "encode"),
    text(Array.from(bytes, (b) => String.fromCharCode(b)).join("")),
    text("latin1"),
    [0x86, 0x52],
  ];
  const dtype = [
    name("numpy", "dtype"),
    [text(type), 0x89, 0x88, 0x87, 0x52],
    [0x28, [0x4b, 3], text(order), 0x4e, 0x4e, 0x4e],
    [[0x4a, 255, 255, 255, 255], [0x4a, 255, 255, 255, 255], [0x4b, 0]],
    [0x74, 0x62],
  ];
  const module = `numpy.${core}.multiarray`;
  if (scalar) return [name(module, "scalar"), dtype, content, 0x86, 0x52];
  return [
    name(module, "_reconstruct"),
    [name("numpy", "ndarray"), [0x4b, 0], 0x85, text("b"), 0x87, 0x52],
    [0x28, [0x4b, 1], [0x28, shape.map((n) => [0x4b, n]), 0x74]],
    [dtype, fortran ? 0x88 : 0x89, content, 0x74, 0x62],
  ];
}
