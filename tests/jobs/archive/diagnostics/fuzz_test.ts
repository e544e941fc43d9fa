import { expect } from "expect";
import { decodingOf } from "../../../../jobs/archive/diagnostics/decoding.ts";
import { f8, pickled, type TestValue } from "../../../pickles.ts";

const MUTATIONS = 20_000;
const LONGEST_MS = 1000;
const GROWTH_BYTES = 256 * 1024 * 1024;

const SEED: TestValue = new Map<string, TestValue>([
  ["Description", "spectra"],
  ["kx", { type: "f8", shape: [4], bytes: f8(0, 1, 2, 3) }],
  ["time", [{ type: "f8", shape: [], bytes: f8(1), scalar: true }]],
  ["Qes", [1, 2].map((n) => ({ type: "f8", shape: [2], bytes: f8(n, n) }))],
  ["nx0", 13],
  ["list", [1.5, 2.5, [true, null, "x"]]],
]);

Deno.test("decodingOf() stays in its limits with 20,000 damaged pickles", () => {
  const seeds = [
    pickled(SEED),
    pickled(SEED, { core: "core" }),
    pickled(SEED, { protocol: 4 }),
  ];
  const next = random(20_261_125);
  const before = memory();
  let longest = 0;
  let refused = 0;
  for (let n = 0; n < MUTATIONS; n++) {
    const bytes = mutated(seeds[n % seeds.length]!, next);
    const begin = performance.now();
    // Anything but a decoding or a warning would throw here.
    const files = decodingOf("d.pkl", bytes);
    longest = Math.max(longest, performance.now() - begin);
    if (files[0]!.path.endsWith(".txt")) refused++;
  }
  expect(longest).toBeLessThan(LONGEST_MS);
  expect(memory() - before).toBeLessThan(GROWTH_BYTES);
  expect(refused).toBeGreaterThan(MUTATIONS / 4);
  expect(refused).toBeLessThan(MUTATIONS);
});

/** Bytes of this thread alone: other test files run in the same process. */
function memory(): number {
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

/** Changes some bytes, repeats, drops or moves a part. */
function mutated(seed: Uint8Array, next: (below: number) => number) {
  let bytes = [...seed];
  for (let i = 0; i <= next(4); i++) {
    const at = 2 + next(bytes.length - 2);
    const part = bytes.slice(at, at + next(40));
    switch (next(4)) {
      case 0:
        bytes[at] = next(256);
        break;
      case 1:
        bytes.splice(at, part.length);
        break;
      case 2:
        bytes.splice(at, 0, ...Array(next(20)).fill(part).flat());
        break;
      case 3:
        bytes = [...bytes.slice(0, 2), ...part, ...bytes.slice(2)];
    }
  }
  return new Uint8Array(bytes);
}

/** The same numbers for the same seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return function next(below) {
    state = Math.imul(state ^ (state >>> 15), state | 1);
    state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
    return ((state ^ (state >>> 14)) >>> 0) % below;
  };
}
