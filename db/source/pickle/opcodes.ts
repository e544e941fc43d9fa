import type { ByteReader } from "./byte_reader.ts";
import type { Constructor } from "./construct.ts";
import type { Stack } from "./stack.ts";
import { PickledDict, type PickledKey, RefusedPickle } from "./values.ts";

const MAX_INTEGER_BYTES = 8;

/** What an opcode works on. */
export interface Machine {
  input: ByteReader;
  stack: Stack;
  make: Constructor;
}

/**
 * The opcodes of protocols 2 to 5 that data and numpy's arrays need, by their code (CPython `Lib/pickle.py`). Absent are those that
 * import by number, call with keywords, make instances, sets and byte arrays, reach out of the pickle, or are of older protocols.
 */
export const OPCODES: Record<number, (machine: Machine) => void> = {
  // NONE, NEWTRUE, NEWFALSE
  0x4e: ({ stack }) => stack.push(null),
  0x88: ({ stack }) => stack.push(true),
  0x89: ({ stack }) => stack.push(false),
  // BININT, BININT1, BININT2, LONG1, LONG4, BINFLOAT
  0x4a: ({ stack, input }) => stack.push(input.i32()),
  0x4b: ({ stack, input }) => stack.push(input.u8()),
  0x4d: ({ stack, input }) => stack.push(input.u16()),
  0x8a: ({ stack, input }) => stack.push(integer(input, input.u8())),
  0x8b: ({ stack, input }) => stack.push(integer(input, input.u32())),
  0x47: ({ stack, input }) => stack.push(input.f64()),
  // BINUNICODE, SHORT_BINUNICODE, BINUNICODE8
  0x58: ({ stack, input }) => stack.push(input.text(input.u32())),
  0x8c: ({ stack, input }) => stack.push(input.text(input.u8())),
  0x8d: ({ stack, input }) => stack.push(input.text(input.u64())),
  // BINBYTES, SHORT_BINBYTES, BINBYTES8
  0x42: ({ stack, input }) => stack.push(input.bytes(input.u32())),
  0x43: ({ stack, input }) => stack.push(input.bytes(input.u8())),
  0x8e: ({ stack, input }) => stack.push(input.bytes(input.u64())),
  // EMPTY_LIST, EMPTY_TUPLE, EMPTY_DICT
  0x5d: ({ stack }) => stack.push([]),
  0x29: ({ stack }) => stack.push([]),
  0x7d: ({ stack }) => stack.push(new PickledDict()),
  // TUPLE, TUPLE1, TUPLE2, TUPLE3
  0x74: ({ stack }) => stack.push(stack.popMark()),
  0x85: ({ stack }) => stack.push(stack.popMany(1)),
  0x86: ({ stack }) => stack.push(stack.popMany(2)),
  0x87: ({ stack }) => stack.push(stack.popMany(3)),
  // APPEND, APPENDS, SETITEM, SETITEMS
  0x61: ({ stack }) => append(stack, stack.popMany(1)),
  0x65: ({ stack }) => append(stack, stack.popMark()),
  0x73: ({ stack }) => setItems(stack, stack.popMany(2)),
  0x75: ({ stack }) => setItems(stack, stack.popMark()),
  // MARK, POP, POP_MARK
  0x28: ({ stack }) => stack.mark(),
  0x30: ({ stack }) => void stack.pop(),
  0x31: ({ stack }) => void stack.popMark(),
  // BINPUT, LONG_BINPUT, MEMOIZE, BINGET, LONG_BINGET
  0x71: ({ stack, input }) => stack.remember(input.u8()),
  0x72: ({ stack, input }) => stack.remember(input.u32()),
  0x94: ({ stack }) => stack.remember(),
  0x68: ({ stack, input }) => stack.recall(input.u8()),
  0x6a: ({ stack, input }) => stack.recall(input.u32()),
  // FRAME: only a hint for readers of streams
  0x95: ({ input }) => void input.u64(),
  // GLOBAL, STACK_GLOBAL, REDUCE, BUILD
  0x63: ({ stack, input, make }) =>
    stack.push(make.name(input.line(), input.line())),
  0x93: ({ stack, make }) => {
    const [module, name] = stack.popMany(2);
    stack.push(make.name(module, name));
  },
  0x52: ({ stack, make }) => {
    const [name, args] = stack.popMany(2);
    stack.push(make.reduce(name, args));
  },
  0x62: ({ stack, make }) => {
    const state = stack.pop();
    make.build(stack.top(), state);
  },
};

/** A little-endian whole number; a plain one where that is exact. */
function integer(input: ByteReader, length: number): number | bigint {
  if (length > MAX_INTEGER_BYTES) {
    throw new RefusedPickle("It holds a whole number of more than 64 bits");
  }
  const value = input.bytes(length)
    .reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const signed = BigInt.asIntN(8 * length, value);
  const plain = Number(signed);
  return Number.isSafeInteger(plain) ? plain : signed;
}

function append(stack: Stack, values: unknown[]): void {
  const list = stack.top();
  if (!Array.isArray(list)) {
    throw new RefusedPickle("It adds to something that is no list");
  }
  for (const value of values) list.push(value);
}

function setItems(stack: Stack, items: unknown[]): void {
  const dict = stack.top();
  if (!(dict instanceof PickledDict) || items.length % 2) {
    throw new RefusedPickle("It sets items of something that is no dict");
  }
  for (let i = 0; i < items.length; i += 2) {
    if (!isKey(items[i])) {
      throw new RefusedPickle("It has a key that is neither text nor number");
    }
    dict.entries.push([items[i] as PickledKey, items[i + 1] as never]);
  }
}

function isKey(value: unknown): value is PickledKey {
  return value === null ||
    ["string", "number", "bigint", "boolean"].includes(typeof value);
}
