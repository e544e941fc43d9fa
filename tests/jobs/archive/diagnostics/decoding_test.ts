import { expect } from "expect";
import { decodingOf } from "../../../../jobs/archive/diagnostics/decoding.ts";
import {
  hasSharedDocuments,
  sharedDocuments,
} from "../../../db/source/shared_documents.ts";
import { noise } from "../../../noise.ts";
import {
  bytesOf,
  f8,
  pickled,
  type TestArray,
  type TestValue,
} from "../../../pickles.ts";
import { output } from "../readers.ts";

const READ_BACK = new URL("./read_back.py", import.meta.url).pathname;

Deno.test("decodingOf() gives what Python reads from the same pickle", async () => {
  const step = (n: number): TestArray => ({
    type: "f8",
    shape: [2, 3],
    bytes: f8(...Array.from({ length: 6 }, (_, i) => n + i)),
  });
  const diagnostic: TestValue = new Map<string, TestValue>([
    ["time", [1, 2, 3].map((n) => ({ ...step(0), ...scalar(n) }))],
    ["Qes", [step(0), step(10), step(20)]],
    ["unequal", [step(0), { ...step(0), shape: [3, 2] }]],
    ["nested", [[0.5, 1.5], [2.5, 3.5], [NaN, Infinity]]],
    ["fortran", [{ ...step(0), fortran: true }, { ...step(1), fortran: true }]],
    ["swapped", { ...step(5), type: "f8", order: ">" }],
    ["words", ["phi", "apar"]],
    ["ky", NaN],
    ["a/../b\u202e", { type: "c16", shape: [2], bytes: noise(32) }],
    ["A~2", { type: "U2", shape: [1], bytes: noise(8) }],
    ["a", step(0)],
    ["A", step(1)],
    ["__proto__", step(2)],
    ["empty", { type: "f8", shape: [2, 0], bytes: new Uint8Array() }],
  ]);
  for (const core of ["core", "_core"] as const) {
    expect(await readBack(pickled(diagnostic, { core }))).toBe(14);
  }
});

Deno.test("decodingOf() warns beside what it does not decode", () => {
  const [warning, ...others] = decodingOf(
    "run/diagnostics/Grid.pkl",
    bytesOf([0x80, 2], "cposix\ngetcwd\n)R."),
  );
  expect(others).toEqual([]);
  expect(warning!.path).toBe("run/diagnostics/Grid.not-decoded.txt");
  const words = new TextDecoder().decode(warning!.pieces[0]);
  expect(words).toContain("Grid.pkl is stored here as it was uploaded");
  expect(words).toContain('It names "posix.getcwd"');
});

Deno.test({
  name:
    "decodingOf() decodes every diagnostic of the real documents but the planted one",
  ignore: !hasSharedDocuments(),
  fn: async () => {
    const compared: number[] = [];
    for (const bytes of await realDiagnostics("real")) {
      compared.push(await readBack(bytes));
    }
    expect(compared.length).toBe(13);
    expect(compared.reduce((sum, n) => sum + n, 0)).toBe(310);
    const planted = (await realDiagnostics("trouble"))
      .filter((bytes) => bytes.length === 36)
      .map((bytes) => decodingOf("Grid.pkl", bytes)[0]!.path);
    expect(planted).toEqual(["Grid.not-decoded.txt"]);
  },
});

function scalar(n: number): Partial<TestArray> {
  return { shape: [], bytes: f8(n), scalar: true };
}

/** Has Python compare a pickle with its decoding. -> number of arrays */
async function readBack(bytes: Uint8Array): Promise<number> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/d.pkl`, bytes);
    const files = decodingOf("d.pkl", bytes);
    for (const { path, pieces } of files) {
      await Deno.writeFile(
        `${folder}/${path}`,
        await new Blob(pieces as BlobPart[]).bytes(),
      );
    }
    const names = ["d.pkl", "d.json", ...files.length > 1 ? ["d.npz"] : []];
    const paths = names.map((name) => `${folder}/${name}`);
    return Number(await output("python3", [READ_BACK, ...paths]));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The stored bytes of each diagnostic. */
async function realDiagnostics(set: "real" | "trouble"): Promise<Uint8Array[]> {
  const documents = [
    ...await sharedDocuments(set, "LinearRuns"),
    ...await sharedDocuments(set, "NonlinRuns"),
  ];
  const chunks = Map.groupBy(
    await sharedDocuments(set, "fs.chunks") as unknown as Chunk[],
    ({ files_id }) => String(files_id),
  );
  return documents.flatMap(({ Diagnostics }) =>
    Object.values(Diagnostics ?? {}).flatMap((id) => {
      const own = chunks.get(String(id))?.toSorted((a, b) => a.n - b.n);
      return own ? [joined(own)] : [];
    })
  );
}

interface Chunk {
  files_id: unknown;
  n: number;
  data: { buffer: Uint8Array };
}

function joined(chunks: Chunk[]): Uint8Array {
  return new Uint8Array(chunks.flatMap(({ data }) => [...data.buffer]));
}
