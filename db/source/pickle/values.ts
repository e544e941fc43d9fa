/** The pickle is refused; the message is the reason in words. Its bytes can still be handed on untouched. */
export class RefusedPickle extends Error {
  override name = "RefusedPickle";
}

/** Kind of a number or text as numpy writes it: logical, signed, unsigned, floating, complex, bytes, text. */
export type DtypeKind = "b" | "i" | "u" | "f" | "c" | "S" | "U";

/** What the elements of an array are. */
export interface Dtype {
  kind: DtypeKind;
  /** Bytes of one element. */
  size: number;
  /** `<` little-endian, `>` big-endian, `|` where there is no order. */
  order: "<" | ">" | "|";
}

/** A numpy array, or with no dimension a numpy scalar. */
export class NumpyArray {
  readonly dtype: Dtype;
  readonly shape: number[];
  /** True when the first index runs fastest. */
  readonly fortran: boolean;
  /** Elements one behind the other, as many as the shape says. */
  readonly data: Uint8Array;

  constructor(
    { dtype, shape, fortran, data }: Pick<
      NumpyArray,
      "dtype" | "shape" | "fortran" | "data"
    >,
  ) {
    this.dtype = dtype;
    this.shape = shape;
    this.fortran = fortran;
    this.data = data;
  }
}

/** A dict in its order; a later entry of the same key wins. */
export class PickledDict {
  readonly entries: [PickledKey, PickledValue][] = [];
}

export type PickledKey = string | number | bigint | boolean | null;

/** Data that a pickle can hold: nothing in it can act. Lists and tuples are both arrays. */
export type PickledValue =
  | PickledKey
  | Uint8Array
  | NumpyArray
  | PickledDict
  | PickledValue[];
