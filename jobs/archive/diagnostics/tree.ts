import {
  NumpyArray,
  PickledDict,
  type PickledValue,
} from "../../../db/source/pickle/values.ts";
import { type Json, strictJson } from "../../../db/source/json.ts";
import { NameSet, safeName } from "../entry_names.ts";
import { dtypeText, type NpyArray } from "./npy.ts";

/** Names of `.npy` files in one folder of the `.npz` end with this. */
const ENDING = ".npy";

/** A diagnostic taken apart: its numbers as arrays, its structure as JSON that names them. */
export interface Decoded {
  /** By the name of their file in the `.npz`. */
  arrays: Map<string, NpyArray>;
  /** The structure; in place of an array stands `{"array": <key in the .npz>, "dtype": ..., "shape": [...]}`. */
  structure: Json;
}

/**
 * Takes a decoded diagnostic apart.
 *
 * A list of two or more arrays of one type and shape (a record over time) becomes one array with one more index in front, a list of
 * two or more decimal numbers likewise. Single numbers stay in the structure.
 */
export function takeApart(value: PickledValue): Decoded {
  const arrays = new Map<string, NpyArray>();
  return { arrays, structure: new Shelf(arrays).place(value, []) };
}

class Shelf {
  #arrays: Map<string, NpyArray>;
  #names = new Map<string, NameSet>();

  constructor(arrays: Map<string, NpyArray>) {
    this.#arrays = arrays;
  }

  /** Puts all arrays of a value on the shelf. -> its structure */
  place(value: PickledValue, path: string[]): Json {
    const whole = stacked(value);
    if (whole instanceof NumpyArray) return this.#array(whole, path);
    if (Array.isArray(whole)) return this.#list(whole, path);
    if (whole instanceof PickledDict) return this.#dict(whole, path);
    return strictJson(whole);
  }

  #array(array: NumpyArray, path: string[]): Json {
    const plain = plainNumber(array);
    if (plain !== undefined) return plain;
    const folder = path.slice(0, -1);
    const name = this.#claim(folder, (path.at(-1) ?? "value") + ENDING);
    const file = [...folder, name].join("/");
    this.#arrays.set(file, array);
    const key = file.slice(0, -ENDING.length);
    return { array: key, dtype: dtypeText(array), shape: array.shape };
  }

  #list(list: PickledValue[], path: string[]): Json {
    if (list.every((item) => item === null || typeof item !== "object")) {
      return strictJson(list);
    }
    const folder = this.#folder(path);
    return list.map((item, i) => this.place(item, [...folder, String(i)]));
  }

  #dict(dict: PickledDict, path: string[]): Json {
    const folder = this.#folder(path);
    const structure: { [key: string]: Json } = Object.create(null);
    for (const [key, item] of new Map(dict.entries)) {
      const name = safeName(String(key), "value", 100);
      structure[String(key).toWellFormed()] = this.place(item, [
        ...folder,
        name,
      ]);
    }
    return structure;
  }

  #folder(path: string[]): string[] {
    const above = path.slice(0, -1);
    const name = path.at(-1);
    return name === undefined ? [] : [...above, this.#claim(above, name)];
  }

  #claim(folder: string[], name: string): string {
    const key = folder.join("/");
    const names = this.#names.get(key) ?? new NameSet();
    this.#names.set(key, names);
    return names.claim(name, "value");
  }
}

/** A list of equal arrays or of decimal numbers as one array; everything else as it is. */
function stacked(value: PickledValue): PickledValue {
  if (!Array.isArray(value) || value.length < 2) return value;
  const items = value.map(stacked);
  if (items.every((item) => typeof item === "number")) {
    return items.every(Number.isInteger) ? value : decimals(items as number[]);
  }
  const first = items[0];
  const equal = first instanceof NumpyArray && first.shape.length < 32 &&
    items.every((item) => item instanceof NumpyArray && isLike(item, first));
  return equal ? joined(items as NumpyArray[]) : items;
}

function isLike(a: NumpyArray, b: NumpyArray): boolean {
  return dtypeText(a) === dtypeText(b) &&
    a.shape.length === b.shape.length &&
    a.shape.every((n, i) => n === b.shape[i]) &&
    isC(a) && isC(b);
}

/** In an array of one index both orders are the same. */
function isC({ fortran, shape }: NumpyArray): boolean {
  return !fortran || shape.length < 2;
}

function joined(arrays: NumpyArray[]): NumpyArray {
  const { dtype, shape, data: { length } } = arrays[0]!;
  const data = new Uint8Array(arrays.length * length);
  arrays.forEach((array, i) => data.set(array.data, i * length));
  return new NumpyArray({
    dtype,
    shape: [arrays.length, ...shape],
    fortran: false,
    data,
  });
}

function decimals(numbers: number[]): NumpyArray {
  const view = new DataView(new ArrayBuffer(8 * numbers.length));
  numbers.forEach((number, i) => view.setFloat64(8 * i, number, true));
  return new NumpyArray({
    dtype: { kind: "f", size: 8, order: "<" },
    shape: [numbers.length],
    fortran: false,
    data: new Uint8Array(view.buffer),
  });
}

/** A numpy scalar that JSON can hold as it is; undefined for others. */
function plainNumber({ dtype, shape, data }: NumpyArray): Json | undefined {
  if (shape.length > 0) return undefined;
  const little = dtype.order !== ">";
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  switch (`${dtype.kind}${dtype.size}`) {
    case "f8":
      return strictJson(view.getFloat64(0, little));
    case "f4":
      return strictJson(view.getFloat32(0, little));
    case "i4":
      return view.getInt32(0, little);
    case "i8":
      return strictJson(view.getBigInt64(0, little));
    case "b1":
      return view.getUint8(0) !== 0;
  }
  return undefined;
}
