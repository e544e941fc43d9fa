import { expect } from "expect";
import {
  decodePickle,
  MAX_PICKLE_BYTES,
} from "../../../../db/source/pickle/decode.ts";
import {
  NumpyArray,
  PickledDict,
  RefusedPickle,
} from "../../../../db/source/pickle/values.ts";
import { noise } from "../../../noise.ts";
import {
  bytesOf,
  f8,
  pickled,
  type Piece,
  type TestValue,
  text,
  u32,
} from "../../../pickles.ts";

const GRID = f8(0.5, -1, Math.PI);
const DIAGNOSTIC: TestValue = new Map<string, TestValue>([
  ["Description", "k_x in 1/ρ"],
  ["kx", { type: "f8", shape: [3], bytes: GRID }],
  ["phi", { type: "c16", shape: [2, 2], fortran: true, bytes: noise(64) }],
  ["time", [{ type: "f8", shape: [], bytes: f8(2.5), scalar: true }]],
  ["nx0", 13],
  ["converged", [true, false, null]],
]);

Deno.test("decodePickle() reads what numpy writes, by its old and new names", () => {
  for (const core of ["core", "_core"] as const) {
    for (const protocol of [2, 4] as const) {
      const value = decodePickle(pickled(DIAGNOSTIC, { core, protocol }));
      expect((value as PickledDict).entries).toEqual([
        ["Description", "k_x in 1/ρ"],
        ["kx", array("f", 8, [3], GRID)],
        ["phi", array("c", 16, [2, 2], noise(64), true)],
        ["time", [array("f", 8, [], f8(2.5))]],
        ["nx0", 13],
        ["converged", [true, false, null]],
      ]);
    }
  }
});

Deno.test("decodePickle() reads whole numbers of every size", () => {
  const cases: [Piece, unknown][] = [
    [[0x4b, 255], 255],
    [[0x4d, 0, 1], 256],
    [[0x4a, 254, 255, 255, 255], -2],
    [[0x8a, 0], 0],
    [[0x8a, 1, 0x80], -128],
    [[0x8a, 8, [0, 0, 0, 0, 0, 0, 0, 0x80]], -(2n ** 63n)],
  ];
  for (const [piece, number] of cases) {
    expect(decodePickle(bytesOf(0x80, 2, piece, "."))).toEqual(number);
  }
});

const REFUSED: [string, Piece, RegExp][] = [
  ["a call of the system", "cos\nsystem\n(X\u0001\0\0\0atR", /"os.system"/],
  ["a class", "cbuiltins\nobject\n)\x81", /"builtins.object"/],
  ["eval by its parts", [text("builtins"), text("eval"), 0x93], /eval/],
  ["an attribute of numpy", "cnumpy\nload\n", /"numpy.load"/],
  ["a name of objects", "cnumpy\n__proto__\n", /__proto__/],
  ["an instance of old style", "(i__main__\nX\n", /opcode 0x69/],
  ["a persistent id", "P1\n", /opcode 0x50/],
  ["an extension code", [0x82, 1], /opcode 0x82/],
  ["a call with keywords", [0x92], /opcode 0x92/],
  ["a number of 70 kB", [0x8b, u32(70_000), noise(70_000)], /64 bits/],
  ["a call of what is no name", [0x4e, 0x29, 0x52], /calls something/],
  ["a name alone", "cnumpy\nndarray\n", /part of an array/],
  ["a type alone", ["cnumpy\ndtype\n", text("f8"), 0x85, 0x52], /part of/],
  ["objects", ["cnumpy\ndtype\n", text("O8"), 0x85, 0x52], /unknown type/],
  ["numbers of 3 bytes", ["cnumpy\ndtype\n", text("f3"), 0x85, 0x52], /f3/],
  ["an array with a hole", array3(2), /shape \(3\) with 16 bytes/],
  ["too few values", [0x86], /more values/],
  ["values below a mark", [0x4e, 0x28, 0x85], /more values/],
  ["what it never stored", [0x68, 9], /does not hold/],
  ["a list as a key", [0x7d, 0x5d, 0x4e, 0x73], /key/],
  ["items of a number", [0x4b, 1, 0x4e, 0x61], /no list/],
  ["a list in itself", [0x5d, 0x71, 0, 0x68, 0, 0x61], /deeper than 32/],
  ["40 lists in another", Array(40).fill(0x85).toSpliced(0, 0, 0x4e), /deeper/],
  ["lists of lists of lists", laughs(), /more than 2000000 values/],
  ["one long text again and again", longTexts(), /texts have more/],
  ["a text that is none", [0x58, u32(1), 0xff], /UTF-8/],
];

for (const [what, content, reason] of REFUSED) {
  Deno.test(`decodePickle() refuses ${what}`, () => {
    const bytes = bytesOf(0x80, 2, content, ".");
    expect(() => decodePickle(bytes)).toThrow(RefusedPickle);
    expect(() => decodePickle(bytes)).toThrow(reason);
  });
}

Deno.test("decodePickle() refuses what is cut, too large, too long or of an old protocol", () => {
  const whole = pickled(DIAGNOSTIC);
  for (let length = 0; length < whole.length; length++) {
    expect(() => decodePickle(whole.subarray(0, length))).toThrow(
      RefusedPickle,
    );
  }
  expect(() => decodePickle(new Uint8Array(MAX_PICKLE_BYTES + 1)))
    .toThrow("It has 10485761 bytes");
  const lists = new Uint8Array(3_000_000).fill(0x5d);
  lists.set([0x80, 2]);
  expect(() => decodePickle(lists)).toThrow("operations");
  expect(() => decodePickle(bytesOf("(lp0\n."))).toThrow("protocol");
});

/** An array of three numbers that brings the bytes of `n`. */
function array3(n: number): Piece {
  const bytes = f8(...Array(n).fill(1));
  return pickled({ type: "f8", shape: [3], bytes }).subarray(2, -1);
}

/** Nine levels, each ten times the one below. */
function laughs(): Piece {
  return [
    [0x5d, 0x71, 0, 0x30],
    ...Array.from({ length: 9 }, (_, i): Piece => [
      [0x5d, 0x28, ...Array(10).fill([0x68, i]), 0x65],
      [0x71, i + 1, 0x30],
    ]),
    [0x68, 9],
  ];
}

function longTexts(): Piece {
  return [
    [0x5d, 0x28, text("x".repeat(100_000)), 0x71, 0],
    ...Array(50).fill([0x68, 0]),
    0x65,
  ];
}

function array(
  kind: "f" | "c",
  size: number,
  shape: number[],
  data: Uint8Array,
  fortran = false,
): NumpyArray {
  const dtype = { kind, size, order: "<" as const };
  return new NumpyArray({ dtype, shape, fortran, data });
}
