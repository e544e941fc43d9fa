import { ByteReader } from "./byte_reader.ts";
import { ArrayBox, Constructor } from "./construct.ts";
import { OPCODES } from "./opcodes.ts";
import { Stack } from "./stack.ts";
import {
  NumpyArray,
  PickledDict,
  type PickledValue,
  RefusedPickle,
} from "./values.ts";

/** The uploader stores no diagnostic above 10 MB. */
export const MAX_PICKLE_BYTES = 10 * 1024 * 1024;

/** Real ones of 10 MB have some 1.4 million; more would only fill the memory. */
const MAX_OPERATIONS = 2_000_000;
const MAX_DEPTH = 32;
/** As many as 10 MB can hold: what is more is one value referred to again and again. */
const MAX_NODES = 2_000_000;
const MAX_TEXT_CHARACTERS = 4_000_000;
/** Each array counts as often as it is referred to. */
const MAX_ARRAY_BYTES = 32_000_000;
/** Operations, or values, of one step. */
const STEP = 2048;
const STOP = 0x2e;
const PROTO = 0x80;

/**
 * The data in a Python pickle of protocol 2 or newer, by an own reader that cannot run anything: numbers, texts, lists, dicts and
 * numpy arrays. Time and memory are bounded by the limits above.
 *
 * @throws {RefusedPickle} with the reason in words, for everything else and for what is cut or malformed
 */
export function decodePickle(bytes: Uint8Array): PickledValue {
  const steps = decodingOf(bytes);
  for (;;) {
    const { value, done } = steps.next();
    if (done) return value;
  }
}

/** The same in steps of a millisecond or less, after each of which others may have their turn. @throws as {@linkcode decodePickle} */
export function* decodingOf(
  bytes: Uint8Array,
): Generator<undefined, PickledValue> {
  if (bytes.length > MAX_PICKLE_BYTES) {
    throw new RefusedPickle(
      `It has ${bytes.length} bytes, more than ${MAX_PICKLE_BYTES}`,
    );
  }
  const value = yield* run(bytes);
  return yield* checked(value, { nodes: 0, characters: 0, bytes: 0 }, 0);
}

/** Each opcode once, so that the time grows with the bytes only. */
function* run(bytes: Uint8Array): Generator<undefined, unknown> {
  const input = new ByteReader(bytes);
  const machine = { input, stack: new Stack(), make: new Constructor() };
  const [first, protocol] = [input.u8(), input.u8()];
  if (first !== PROTO || protocol < 2 || protocol > 5) {
    throw new RefusedPickle("It is no pickle of protocol 2 to 5");
  }
  let operations = 0;
  for (let code = input.u8(); code !== STOP; code = input.u8()) {
    if (++operations > MAX_OPERATIONS) {
      throw new RefusedPickle(`It has more than ${MAX_OPERATIONS} operations`);
    }
    if (operations % STEP === 0) yield;
    const opcode = OPCODES[code];
    if (!opcode) {
      throw new RefusedPickle(
        `It has the opcode 0x${
          code.toString(16).padStart(2, "0")
        }, which plain data do not need`,
      );
    }
    opcode(machine);
  }
  return machine.stack.pop();
}

interface Used {
  nodes: number;
  characters: number;
  bytes: number;
}

/** The same value without anything unfinished, and sure to end: a list may hold itself, or one list a thousand times. */
function* checked(
  value: unknown,
  used: Used,
  depth: number,
): Generator<undefined, PickledValue> {
  const inside = depth + 1;
  if (Array.isArray(value)) {
    enter(used, depth);
    const list: PickledValue[] = [];
    for (const item of value) {
      list.push(
        isOpen(item)
          ? yield* checked(item, used, inside)
          : leaf(item, used, inside),
      );
      if (used.nodes % STEP === 0) yield;
    }
    return list;
  }
  if (value instanceof PickledDict) {
    enter(used, depth);
    const dict = new PickledDict();
    for (const [key, item] of value.entries) {
      if (typeof key === "string") counted(key, used);
      dict.entries.push([key, yield* checked(item, used, inside)]);
    }
    return dict;
  }
  return leaf(value, used, depth);
}

/** Has values in it. */
function isOpen(value: unknown): boolean {
  return typeof value === "object" &&
    (Array.isArray(value) || value instanceof PickledDict);
}

function enter(used: Used, depth: number): void {
  used.nodes++;
  if (depth > MAX_DEPTH || used.nodes > MAX_NODES) {
    throw new RefusedPickle(
      `It is nested deeper than ${MAX_DEPTH} levels or has more than ${MAX_NODES} values`,
    );
  }
}

function leaf(value: unknown, used: Used, depth: number): PickledValue {
  enter(used, depth);
  if (typeof value === "string") return counted(value, used);
  if (value === null || typeof value !== "object") {
    return value as PickledValue;
  }
  if (value instanceof ArrayBox && value.array) {
    return fitting(value.array, value.array.data, used);
  }
  if (value instanceof NumpyArray) return fitting(value, value.data, used);
  if (value instanceof Uint8Array) return fitting(value, value, used);
  throw new RefusedPickle("It holds a part of an array instead of one");
}

function fitting<T>(value: T, { length }: Uint8Array, used: Used): T {
  used.bytes += length;
  if (used.bytes > MAX_ARRAY_BYTES) {
    throw new RefusedPickle(
      `Its arrays take more than ${MAX_ARRAY_BYTES} bytes`,
    );
  }
  return value;
}

function counted(text: string, used: Used): string {
  used.characters += text.length;
  if (used.characters > MAX_TEXT_CHARACTERS) {
    throw new RefusedPickle(
      `Its texts have more than ${MAX_TEXT_CHARACTERS} characters`,
    );
  }
  return text;
}
