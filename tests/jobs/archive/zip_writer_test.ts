import { expect } from "expect";
import JSZip from "jszip";
import { createHash } from "node:crypto";
import {
  type EntryOptions,
  ZipWriter,
} from "../../../jobs/archive/zip_writer.ts";
import { noise } from "../../noise.ts";
import { readWithPython, testWithUnzip } from "./readers.ts";

const TEXT = new TextEncoder().encode("n_species = 2\n".repeat(30_000));

/** Files around the sizes at which writing changes. */
const FILES: [string, Uint8Array][] = [
  ["a/empty", noise(0)],
  ["a/one byte", noise(1)],
  ["a/Ångström_密度.dat", noise(5000, 3)],
  ["a/gathered", noise(131_071, 4)],
  ["a/direct", noise(131_072, 5)],
  ["a/text", TEXT],
  ["b/large", noise(3_000_000, 6)],
];

for (const deflate of [false, true]) {
  for (
    const [way, write] of [
      ["whole", whole],
      ["in pieces", inPieces],
      ["in pieces of unknown length", unknown],
      ["from buffers that it may take", lent],
    ] as const
  ) {
    Deno.test(`ZipWriter writes files ${way}${deflate ? ", packed" : ""}, for every reader`, async () => {
      const path = await Deno.makeTempFile({ suffix: ".zip" });
      const zip = ZipWriter.create(path);
      const digests = [];
      for (const [name, content] of FILES) {
        const entry = await write(zip, name, content, { deflate });
        expect(entry.bytes).toBe(content.length);
        digests.push(entry.sha256);
      }
      await zip.flush();
      expect(await Promise.all(digests))
        .toEqual(FILES.map(([, content]) => sha256(content)));
      expect(zip.entries).toBe(FILES.length);
      await expectReadable(path, await zip.finish(), FILES);
      await Deno.remove(path);
    });
  }
}

Deno.test("ZipWriter packs text to a fraction and stores what does not get smaller", async () => {
  const path = await Deno.makeTempFile();
  const zip = ZipWriter.create(path);
  await zip.add("text", [TEXT.subarray(0, 1000), TEXT.subarray(1000)], {
    deflate: true,
  });
  await zip.add("noise", [noise(100_000)], { deflate: true });
  await zip.finish();
  const [text, dense] = await readWithPython(path);
  expect(text!.packed).toBeLessThan(TEXT.length / 20);
  expect(dense!.packed).toBe(100_000);
  await Deno.remove(path);
});

Deno.test("ZipWriter gives the same bytes for the same input, with fixed modes and times", async () => {
  const sums = [];
  for (let n = 0; n < 2; n++) {
    const path = await Deno.makeTempFile();
    const zip = ZipWriter.create(path);
    await zip.add("a", [noise(10)]);
    await inPieces(zip, "b", noise(1000), { deflate: true });
    sums.push((await zip.finish()).sha256);
    for (const { mode, date } of await readWithPython(path)) {
      expect([mode, date]).toEqual([0o100644, [1980, 1, 1, 0, 0, 0]]);
    }
    await Deno.remove(path);
  }
  expect(sums[0]).toBe(sums[1]);
});

Deno.test("ZipWriter rolls an entry back to its first byte", async () => {
  const path = await Deno.makeTempFile();
  const zip = ZipWriter.create(path);
  await zip.add("before", [noise(100)]);
  const { size } = zip;
  for (const deflate of [false, true]) {
    await zip.begin("gone", { size: 500_000, deflate });
    for (let n = 0; n < 3; n++) await zip.write([noise(n * 100_000, n)]);
    await zip.write([noise(2_000_000)], () => {});
    await zip.rollback();
    expect(zip.size).toBe(size);
  }
  await zip.begin("gone at once");
  await zip.rollback();
  await zip.rollback();
  await zip.add("after", [noise(200)]);
  const files: [string, Uint8Array][] = [["before", noise(100)], [
    "after",
    noise(200),
  ]];
  await expectReadable(path, await zip.finish(), files);
  await Deno.remove(path);
});

Deno.test("ZipWriter gives every buffer back that it took, written before it is used again", async () => {
  const path = await Deno.makeTempFile();
  const zip = ZipWriter.create(path);
  const content = noise(20_000_000);
  const spare = Array.from({ length: 6 }, () => new ArrayBuffer(2_000_000));
  let waiting: (() => void) | undefined;
  const giveBack = (buffer: ArrayBuffer) => {
    new Uint8Array(buffer).fill(0);
    spare.push(buffer);
    waiting?.();
  };
  await zip.begin("large", { size: content.length });
  for (let at = 0; at < content.length; at += 2_000_000) {
    while (spare.length === 0) {
      await new Promise<void>((resolve) => waiting = resolve);
    }
    const memory = new Uint8Array(spare.pop()!);
    memory.set(content.subarray(at, at + 2_000_000));
    const [first, second] = [memory.subarray(0, 7), memory.subarray(7)];
    await zip.write([first, second], giveBack);
    expect(memory.buffer.detached).toBe(true);
  }
  await zip.end();
  await zip.flush();
  expect(spare.map((buffer) => buffer.byteLength)).toEqual(
    Array(6).fill(2_000_000),
  );
  await expectReadable(path, await zip.finish(), [["large", content]]);
  await Deno.remove(path);
});

Deno.test("ZipWriter copies pieces of several buffers, and few bytes", async () => {
  const path = await Deno.makeTempFile();
  const zip = ZipWriter.create(path);
  const pieces = [noise(600_000, 1), noise(600_000, 2), noise(10, 3)];
  const never = () => expect("given back").toBe("kept");
  await zip.begin("a");
  await zip.write(pieces.slice(0, 2), never);
  await zip.write(pieces.slice(2), never);
  await zip.write([], never);
  expect(pieces.some(({ buffer }) => (buffer as ArrayBuffer).detached))
    .toBe(false);
  await zip.end();
  const content = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
  await expectReadable(path, await zip.finish(), [["a", content]]);
  await Deno.remove(path);
});

Deno.test("ZipWriter goes on from a saved state, to the same bytes", async () => {
  const [first, second] = [
    await Deno.makeTempFile(),
    await Deno.makeTempFile(),
  ];
  const whole = ZipWriter.create(first);
  const early = ZipWriter.create(second);
  for (const zip of [whole, early]) {
    for (const [name, bytes] of FILES.slice(0, 4)) await zip.add(name, [bytes]);
  }
  const { written } = await early.state();
  await early.add("lost with the process", [noise(3_000_000)]);
  await early.begin("lost, too");
  await early.write([noise(300_000)]);
  const state = await written;
  await early.close();
  const late = await ZipWriter.resume(second, state);
  expect(late.entries).toBe(4);
  for (const zip of [whole, late]) {
    for (const [name, bytes] of FILES.slice(4)) await zip.add(name, [bytes]);
  }
  const end = await late.finish();
  expect(end).toEqual(await whole.finish());
  await expectReadable(second, end, FILES);
  await Promise.all([first, second].map((path) => Deno.remove(path)));
});

Deno.test("ZipWriter.resume() refuses a file that is shorter than its state, or changed", async () => {
  const path = await Deno.makeTempFile();
  const zip = ZipWriter.create(path);
  await zip.add("a", [noise(1000)]);
  const state = await (await zip.state()).written;
  await zip.close();
  const bytes = await Deno.readFile(path);
  bytes[500]! ^= 1;
  await Deno.writeFile(path, bytes);
  await expect(ZipWriter.resume(path, state)).rejects.toThrow("have changed");
  await Deno.truncate(path, 100);
  await expect(ZipWriter.resume(path, state)).rejects
    .toThrow("has 100 bytes, expected 1031");
  await Deno.remove(path);
});

Deno.test("ZipWriter.resume() stops reading the kept bytes when it is told to", async () => {
  const path = await Deno.makeTempFile();
  await Deno.truncate(path, 20_000_000_000);
  const state = { offset: 20_000_000_000, sha256: "", central: noise(0) };
  const stop = new AbortController();
  const begin = performance.now();
  setTimeout(() => stop.abort(new Error("No longer wanted")), 200);
  await expect(ZipWriter.resume(path, state, stop.signal)).rejects
    .toThrow("No longer wanted");
  expect(performance.now() - begin).toBeLessThan(2000);
  await Deno.remove(path);
});

Deno.test("ZipWriter refuses a length other than promised, and two entries at once", async () => {
  const path = await Deno.makeTempFile();
  const zip = ZipWriter.create(path);
  await zip.begin("a", { size: 10 });
  await zip.write([noise(9)]);
  await expect(zip.end()).rejects.toThrow("Entry has 9 bytes, expected 10");
  await expect(zip.begin("b")).rejects.toThrow("begins inside another one");
  await expect(zip.add("b", [])).rejects.toThrow("begins inside another one");
  await expect(zip.finish()).rejects.toThrow("unfinished");
  await zip.rollback();
  await expect(zip.write([noise(1)])).rejects.toThrow("No entry has begun");
  await zip.close();
  await zip.close();
  await Deno.remove(path);
});

Deno.test("ZipWriter writes more entries than 16 bits count, in little memory", async () => {
  const path = await Deno.makeTempFile();
  const zip = ZipWriter.create(path);
  const name = (n: number) => `run ${n % 100}/file ${n}.dat`;
  for (let n = 0; n < 70_000; n++) await zip.add(name(n), [noise(n % 7, n)]);
  expect(zip.centralSize).toBeLessThan(70_000 * 80);
  const { size, sha256 } = await zip.finish();
  await testWithUnzip(path);
  const entries = await readWithPython(path);
  expect(entries.length).toBe(70_000);
  expect(entries[69_999]).toMatchObject({
    name: name(69_999),
    size: 69_999 % 7,
  });
  expect(createHash("sha256").update(await Deno.readFile(path)).digest("hex"))
    .toBe(sha256);
  expect((await Deno.stat(path)).size).toBe(size);
  const read = await JSZip.loadAsync(await Deno.readFile(path), {
    createFolders: false,
  });
  expect(Object.keys(read.files).length).toBe(70_000);
  await Deno.remove(path);
});

Deno.test("ZipWriter says at the next occasion that its file cannot be made", async () => {
  const zip = ZipWriter.create("/no/such/folder/a.zip");
  await zip.add("a", [noise(10)]);
  await expect(zip.flush()).rejects.toMatchObject({ code: "ENOENT" });
  await zip.close();
});

Deno.test("ZipWriter passes on a full disk and leaves the file closed", async () => {
  const zip = ZipWriter.create("/dev/full");
  const digests: Promise<string>[] = [];
  const writing = (async () => {
    for (let n = 0; n < 100; n++) {
      digests.push((await zip.add(`${n}`, [noise(200_000)])).sha256);
    }
  })();
  await expect(writing).rejects.toMatchObject({ code: "ENOSPC" });
  await expect(digests[0]).rejects.toThrow(/No space left/);
  await expect(zip.state()).rejects.toThrow(/No space left/);
  await zip.close();
});

for (const lent of [true, false]) {
  Deno.test(`ZipWriter passes on a full disk that each ${lent ? "buffer it takes" : "copy"} meets before the next one comes`, async () => {
    const zip = ZipWriter.create("/dev/full");
    await zip.begin("large");
    const writing = (async () => {
      for (let n = 0; n < 20; n++) {
        await zip.write([noise(1_500_000)], lent ? () => {} : undefined);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    })();
    await expect(writing).rejects.toMatchObject({ code: "ENOSPC" });
    await zip.close();
  });
}

/** Every reader sees these files and nothing else, and the file is what the writer said. */
async function expectReadable(
  path: string,
  end: { size: number; sha256: string },
  files: [string, Uint8Array][],
): Promise<void> {
  const all = await Deno.readFile(path);
  expect(end).toEqual({ size: all.length, sha256: sha256(all) });
  await testWithUnzip(path);
  const expected = files.map(([name, bytes]) => ({
    name,
    size: bytes.length,
    sha256: sha256(bytes),
  }));
  expect(await readWithPython(path)).toMatchObject(expected);
  const read = await JSZip.loadAsync(all, {
    checkCRC32: true,
    createFolders: false,
  });
  expect(Object.keys(read.files)).toEqual(files.map(([name]) => name));
  for (const [name, bytes] of files) {
    expect(sha256(await read.files[name]!.async("uint8array"))).toBe(
      sha256(bytes),
    );
  }
}

function whole(
  zip: ZipWriter,
  name: string,
  bytes: Uint8Array,
  options: EntryOptions,
) {
  const middle = Math.floor(bytes.length / 2);
  return zip.add(
    name,
    [bytes.subarray(0, middle), bytes.subarray(middle)],
    options,
  );
}

async function inPieces(
  zip: ZipWriter,
  name: string,
  bytes: Uint8Array,
  options: EntryOptions,
) {
  return await pieces(zip, name, bytes, { ...options, size: bytes.length });
}

async function unknown(
  zip: ZipWriter,
  name: string,
  bytes: Uint8Array,
  options: EntryOptions,
) {
  return await pieces(zip, name, bytes, options);
}

async function lent(
  zip: ZipWriter,
  name: string,
  bytes: Uint8Array,
  options: EntryOptions,
) {
  await zip.begin(name, options);
  for (let at = 0; at < bytes.length; at += 1_500_000) {
    const buffer = bytes.slice(at, at + 1_500_000);
    const middle = buffer.length >> 1;
    const halves = [buffer.subarray(0, middle), buffer.subarray(middle)];
    await zip.write(halves, () => {});
  }
  return await zip.end();
}

async function pieces(
  zip: ZipWriter,
  name: string,
  bytes: Uint8Array,
  options: EntryOptions & { size?: number },
) {
  await zip.begin(name, options);
  for (let at = 0; at < bytes.length; at += 261_120) {
    await zip.write([bytes.subarray(at, at + 261_120)]);
  }
  return await zip.end();
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
