import type { NumpyArray } from "../../../db/source/pickle/values.ts";

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
/** The content begins at a multiple of this, as the format asks. */
const ALIGNMENT = 64;

/** What an `.npy` file holds. */
export type NpyArray = Pick<NumpyArray, "dtype" | "shape" | "fortran" | "data">;

/** An array as an `.npy` file of format 1.0 (NEP 1), in the pieces header and content. */
export function npyPieces(array: NpyArray): Uint8Array[] {
  const { shape, fortran, data } = array;
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${dtypeText(array)}', 'fortran_order': ${
    fortran ? "True" : "False"
  }, 'shape': (${axes}), }`;
  const used = MAGIC.length + 2 + text.length + 1;
  const length = Math.ceil(used / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(length).fill(0x20);
  header.set(MAGIC);
  new DataView(header.buffer).setUint16(8, length - 10, true);
  header.set(new TextEncoder().encode(text), 10);
  header[length - 1] = 10;
  return [header, data];
}

/** The type of the elements as numpy writes it: `<f8`. */
export function dtypeText({ dtype }: Pick<NpyArray, "dtype">): string {
  const { kind, size, order } = dtype;
  return `${order}${kind}${kind === "U" ? size / 4 : size}`;
}
