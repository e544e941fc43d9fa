import {
  dtypeOf,
  type KnownName,
  knownName,
  shapeOf,
  withState,
} from "./numpy.ts";
import { type Dtype, NumpyArray, RefusedPickle } from "./values.ts";

/** Bytes that contents of arrays may take once decoded: two pickles of the largest size that the uploader stores. */
const MAX_ENCODED_BYTES = 20_000_000;

/** A name of the allow-list on the stack. */
class Name {
  constructor(readonly known: KnownName) {}
}

/** A type of elements, complete when its state came. */
class TypeBox {
  constructor(public dtype: Dtype) {}
}

/** An array, empty before its state came. */
export class ArrayBox {
  array: NumpyArray | null = null;
}

/** Makes what numpy's own way of pickling makes, without calling anything that the pickle names. */
export class Constructor {
  #encoded = 0;

  /** @throws {RefusedPickle} unless the name is one of those that arrays need */
  name(module: unknown, name: unknown): unknown {
    return new Name(knownName(String(module), String(name)));
  }

  /** What a call of this name with these arguments would give. */
  reduce(name: unknown, args: unknown): unknown {
    if (!(name instanceof Name) || !Array.isArray(args)) {
      throw new RefusedPickle("It calls something that is no array");
    }
    switch (name.known) {
      case "encode":
        return this.#encode(args[0], args[1]);
      case "reconstruct":
        if (args[0] instanceof Name && args[0].known === "ndarray") {
          return new ArrayBox();
        }
        break;
      case "dtype":
        return new TypeBox(dtypeOf(args[0]));
      case "scalar":
        return arrayOf({
          type: args[0],
          shape: [],
          fortran: false,
          data: args[1],
        });
    }
    throw new RefusedPickle(`It calls ${name.known} as numpy never does`);
  }

  /** Gives a thing its state. */
  build(thing: unknown, state: unknown): void {
    if (thing instanceof TypeBox) {
      thing.dtype = withState(thing.dtype, state);
    } else if (
      thing instanceof ArrayBox && Array.isArray(state) && state.length === 5
    ) {
      const [, shape, type, fortran, data] = state;
      thing.array = arrayOf({ type, shape, fortran, data });
    } else {
      throw new RefusedPickle("It changes something that is no array");
    }
  }

  /** Contents come as a text whose characters are the bytes. */
  #encode(text: unknown, encoding: unknown): Uint8Array {
    if (typeof text !== "string" || encoding !== "latin1") {
      throw new RefusedPickle("It encodes something other than bytes");
    }
    this.#encoded += text.length;
    if (this.#encoded > MAX_ENCODED_BYTES) {
      throw new RefusedPickle(
        `Its arrays take more than ${MAX_ENCODED_BYTES} bytes`,
      );
    }
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 255) throw new RefusedPickle("It holds bytes above 255");
      bytes[i] = code;
    }
    return bytes;
  }
}

function arrayOf(
  { type, shape, fortran, data }: {
    type: unknown;
    shape: unknown;
    fortran: unknown;
    data: unknown;
  },
): NumpyArray {
  if (!(type instanceof TypeBox) || !(data instanceof Uint8Array)) {
    throw new RefusedPickle("It holds an array of other things than numbers");
  }
  // A copy, for the pickle may change the type later.
  const dtype = { ...type.dtype };
  return new NumpyArray({
    dtype,
    shape: shapeOf(shape, dtype, data),
    fortran: fortran === true,
    data,
  });
}
