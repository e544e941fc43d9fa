import { expect } from "expect";
import { ObjectId } from "mongodb";
import { createHash } from "node:crypto";
import { listFiles } from "../../../db/source/gridfs.ts";
import { discardArchive } from "../../../jobs/archive/journal.ts";
import { journalPath, lastCheckpoint } from "../../../jobs/archive/journal.ts";
import {
  ArchivePlanner,
  fileReference,
  type PlannedRun,
  type RunToPlan,
} from "../../../jobs/archive/plan.ts";
import {
  type ArchiveOptions,
  type ArchiveResult,
  type RunContent,
  writeArchive,
} from "../../../jobs/archive/write_archive.ts";
import { mongoTest, putFile, source } from "../../mongo.ts";
import { noise } from "../../noise.ts";
import { bytesOf, f8, pickled } from "../../pickles.ts";
import { output, readWithPython, testWithUnzip } from "./readers.ts";

const RUN_A = "a".repeat(24);
const RUN_B = "b".repeat(24);
const PNG = noise(300, 77);
const PICKLE = pickled(
  new Map([["kx", { type: "f8", shape: [3], bytes: f8(0, 1, 2) }]]),
);

mongoTest(
  "writeArchive() writes every file, plot and summary, and names what is missing",
  async () => {
    const small = await putFile(noise(1000), { filename: "input.cgyro" });
    const large = await putFile(noise(9_000_000, 2), { filename: "field.bin" });
    const broken = await putFile(noise(9_000_000, 3), {
      filename: "short.bin",
    });
    const gap = await putFile(noise(500_000, 4), { filename: "gap.bin" });
    const grid = await putFile(PICKLE, { chunkSize: 8 });
    const planted = await putFile(bytesOf([0x80, 2], "cposix\ngetcwd\n)R."));
    const dangling = new ObjectId();
    await removeChunk(broken.id, 34);
    await removeChunk(gap.id, 0);
    const runs = await planned([
      {
        ...run(RUN_A, "/x/first", "_0001"),
        references: [
          fileReference("files", "a", new ObjectId(small.id)),
          fileReference("files", "b", new ObjectId(broken.id)),
          fileReference("files", "c", new ObjectId(large.id)),
          fileReference("files", "d", dangling),
          fileReference("files", "e", "None"),
          fileReference("diagnostics", "omega", { gamma: 0.1 }),
        ],
        plots: ["good", "bad"],
      },
      {
        ...run(RUN_B, "/y/second", ""),
        references: [
          fileReference("files", "gap", new ObjectId(gap.id)),
          fileReference("files", "shared", new ObjectId(large.id)),
          fileReference("diagnostics", "Grid", new ObjectId(grid.id)),
          fileReference("diagnostics", "planted", new ObjectId(planted.id)),
        ],
      },
    ]);
    const seen: { files_done: number; bytes_done: number }[] = [];
    const path = await Deno.makeTempFile();
    const result = await write(path, runs, {
      on_progress: (p) => seen.push(p),
    });
    await testWithUnzip(path);
    const entries = await readWithPython(path);
    expect(entries.map(({ name }) => name)).toEqual([
      "first_0001/input.cgyro",
      "first_0001/field.bin",
      "first_0001/plots/good.png",
      "first_0001/mgkdb_summary_for_run_0001.json",
      "second/field.bin",
      "second/diagnostics/Grid.pkl",
      "second/diagnostics/Grid.npz",
      "second/diagnostics/Grid.json",
      "second/diagnostics/planted.pkl",
      "second/diagnostics/planted.not-decoded.txt",
      "second/mgkdb_summary_for_run.json",
      "MANIFEST.tsv",
    ]);
    expect(entries.slice(0, 3).map(({ sha256 }) => sha256))
      .toEqual([noise(1000), noise(9_000_000, 2), PNG].map(sha256));
    expect(result).toEqual({ ...await onDisk(path), entries: 12, missing: 3 });
    expect(seen.at(-1)).toEqual({
      files_done: 7,
      bytes_done: 27_501_019 + PICKLE.length,
    });
    expect(
      seen.map((p) => p.bytes_done).every((n, i, all) =>
        i === 0 || n >= all[i - 1]!
      ),
    ).toBe(true);
    const manifest = await output("unzip", ["-p", path, "MANIFEST.tsv"]);
    const lines = manifest.trimEnd().split("\n").map((line) =>
      line.split("\t")
    );
    expect(lines[0]).toEqual([
      "path",
      "bytes",
      "sha256",
      "source_id",
      "status",
    ]);
    expect(
      lines.slice(1).map((
        [path, bytes, , id, status],
      ) => [path, bytes, id, status]),
    ).toEqual([
      ["first_0001/input.cgyro", "1000", RUN_A, "ok"],
      ["first_0001/short.bin", "", RUN_A, "Chunk 35 of 35 is missing"],
      ["first_0001/field.bin", "9000000", RUN_A, "ok"],
      ["first_0001/d", "", RUN_A, `No file ${dangling} in the source`],
      ["first_0001/e", "", RUN_A, "not stored"],
      ["", "", RUN_A, "not stored"],
      ["first_0001/plots/good.png", "300", RUN_A, "ok"],
      ["first_0001/plots/bad.png", "", RUN_A, "not stored"],
      ["first_0001/mgkdb_summary_for_run_0001.json", "30", RUN_A, "ok"],
      ["second/gap.bin", "", RUN_B, "Chunk 1 of 2 is missing"],
      ["second/field.bin", "9000000", RUN_B, "ok"],
      ["second/diagnostics/Grid.pkl", `${PICKLE.length}`, RUN_B, "ok"],
      ["second/diagnostics/Grid.npz", "262", RUN_B, "ok"],
      ["second/diagnostics/Grid.json", "152", RUN_B, "ok"],
      ["second/diagnostics/planted.pkl", "19", RUN_B, "ok"],
      ["second/diagnostics/planted.not-decoded.txt", "235", RUN_B, "ok"],
      ["second/mgkdb_summary_for_run.json", "30", RUN_B, "ok"],
    ]);
    const sums = new Map(entries.map(({ name, sha256 }) => [name, sha256]));
    for (const [path, , sha, , status] of lines.slice(1)) {
      expect(sha).toBe(status === "ok" ? sums.get(path!) : "");
    }
    await Deno.remove(path);
  },
);

mongoTest(
  "writeArchive() gives the same bytes twice, packed or not",
  async () => {
    const runs = await manyRuns(30);
    for (const compress of [false, true]) {
      const results = [];
      for (let n = 0; n < 2; n++) {
        const path = await Deno.makeTempFile();
        results.push(await write(path, runs, { compress }));
        await testWithUnzip(path);
        await Deno.remove(path);
      }
      expect(results[0]).toEqual(results[1]);
    }
  },
);

mongoTest("writeArchive() names a run that has left the source", async () => {
  const runs = await planned([run(RUN_A, "/x/first", "")]);
  const path = await Deno.makeTempFile();
  const result = await write(path, runs, {
    contents: async function* () {
      yield { absent: "The run is no longer in the source" };
    },
  });
  expect(result).toMatchObject({ entries: 1, missing: 0 });
  expect(await output("unzip", ["-p", path, "MANIFEST.tsv"]))
    .toContain(
      `first/mgkdb_summary_for_run.json\t\t\t${RUN_A}\tThe run is no longer in the source\n`,
    );
  await Deno.remove(path);
});

mongoTest(
  "writeArchive() ends within a moment of an abort and leaves nothing behind",
  async () => {
    const runs = await manyRuns(30);
    const path = await Deno.makeTempFile();
    const abort = new AbortController();
    let since = 0;
    const writing = write(path, runs, {
      signal: abort.signal,
      on_progress: ({ bytes_done }) => {
        if (bytes_done < 5_000_000 || since) return;
        since = performance.now();
        abort.abort(new Error("Cancelled"));
      },
    });
    await expect(writing).rejects.toThrow("Cancelled");
    expect(performance.now() - since).toBeLessThan(1000);
    await expect(Deno.stat(path)).rejects.toThrow(Deno.errors.NotFound);
  },
);

mongoTest(
  "writeArchive() goes on behind its last checkpoint, to the same archive",
  async () => {
    const runs = await manyRuns(400);
    const path = await Deno.makeTempFile();
    const whole = await write(path, runs, {});
    for (const stop of [1, 60_000_000, 90_000_000, 150_000_000]) {
      const abort = new AbortController();
      const writing = write(path, runs, {
        resumable: true,
        signal: abort.signal,
        on_progress: ({ bytes_done }) => bytes_done > stop && abort.abort(),
      });
      await expect(writing).rejects.toThrow();
    }
    await Deno.writeTextFile(journalPath(path), '{"offset": 3, half a li', {
      append: true,
    });
    const checkpoint = await lastCheckpoint(path);
    expect(checkpoint!.offset).toBeGreaterThan(60_000_000);
    const seen: number[] = [];
    const result = await write(path, runs, {
      resumable: true,
      on_progress: ({ bytes_done }) => seen.push(bytes_done),
    });
    expect(seen[0]).toBeGreaterThan(60_000_000);
    // 400 of 20,000 and 3,000 bytes, 40 of 4,500,000: none is counted twice or left out.
    expect(seen.at(-1)).toBe(189_200_000);
    expect(result).toEqual(whole);
    expect(await onDisk(path)).toEqual({
      size: whole.size,
      sha256: whole.sha256,
    });
    await testWithUnzip(path);
    await discardArchive(path);
  },
);

mongoTest(
  "writeArchive() begins anew when the unfinished file was changed",
  async () => {
    const runs = await manyRuns(200);
    const path = await Deno.makeTempFile();
    const abort = new AbortController();
    const writing = write(path, runs, {
      resumable: true,
      signal: abort.signal,
      on_progress: ({ bytes_done }) => bytes_done > 80_000_000 && abort.abort(),
    });
    await expect(writing).rejects.toThrow();
    expect(await lastCheckpoint(path)).not.toBe(null);
    await Deno.truncate(path, 1000);
    const result = await write(path, runs, { resumable: true });
    expect(result).toEqual({ ...await write(path, runs, {}) });
    await discardArchive(path);
    await discardArchive(path);
  },
);

mongoTest(
  "writeArchive() removes what it wrote when the source fails for good",
  async () => {
    const runs = await manyRuns(3);
    const path = await Deno.makeTempFile();
    const contents = () => {
      throw new Error("Source lost");
    };
    await expect(write(path, runs, { contents })).rejects.toThrow(
      "Source lost",
    );
    await expect(Deno.stat(path)).rejects.toThrow(Deno.errors.NotFound);
  },
);

function write(
  path: string,
  runs: PlannedRun[],
  options: Partial<ArchiveOptions>,
): Promise<ArchiveResult> {
  return writeArchive({ db: source, path, runs, contents, ...options });
}

async function* contents(runs: PlannedRun[]): AsyncGenerator<RunContent> {
  for (const { source_id } of runs) {
    const plots = new Map([["good", PNG]]);
    yield { summary: JSON.stringify({ id: source_id }).slice(0, 30), plots };
  }
}

/** Runs of small files and, in every tenth, a large one: 0.4 MB a run. */
async function manyRuns(count: number): Promise<PlannedRun[]> {
  const large = await putFile(noise(4_500_000, 5));
  const small = await putFile(noise(20_000, 6), { filename: "input.gacode" });
  const text = new TextEncoder().encode("a = 1\n".repeat(500));
  const input = await putFile(text, { filename: "input.tglf" });
  return planned(Array.from({ length: count }, (_, i) => ({
    ...run(String(i).padStart(24, "0"), "/x/scan", `_${i}`),
    references: [small, input, ...(i % 10 === 9 ? [large] : [])]
      .map(({ id }) => fileReference("files", id, new ObjectId(id))),
    plots: ["good"],
  })));
}

async function planned(runs: RunToPlan[]): Promise<PlannedRun[]> {
  const ids = runs.flatMap((run) =>
    run.references.flatMap(({ file_id }) => file_id ?? [])
  );
  const rows = await listFiles(source, ids);
  const planner = new ArchivePlanner();
  return runs.map((run) => planner.plan(run, rows));
}

function run(
  source_id: string,
  folder_path: string,
  suffix: string,
): RunToPlan {
  return {
    source_id,
    folder_path,
    suffix,
    references: [],
    plots: [],
    summary: true,
  };
}

async function removeChunk(id: string, n: number): Promise<void> {
  await source.collection("fs.chunks")
    .deleteOne({ files_id: new ObjectId(id), n });
}

async function onDisk(path: string): Promise<{ size: number; sha256: string }> {
  const bytes = await Deno.readFile(path);
  return { size: bytes.length, sha256: sha256(bytes) };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
