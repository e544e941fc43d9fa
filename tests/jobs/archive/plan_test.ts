import { expect } from "expect";
import { Int32, ObjectId } from "mongodb";
import type { FileRow } from "../../../db/source/gridfs.ts";
import {
  addToTotals,
  ArchivePlanner,
  fileReference,
  type RunToPlan,
} from "../../../jobs/archive/plan.ts";

const [A, B, C] = ["a", "b", "c"].map((digit) => digit.repeat(24)) as [
  string,
  string,
  string,
];

const rows = new Map<string, FileRow>([
  [A, stored(A, "gs2.in", 10)],
  [B, {
    ok: false,
    filename: "../bad",
    reason: "length is not a valid number",
  }],
]);

Deno.test("fileReference() tells ids, texts, nothing and inline values apart", () => {
  const kinds = [
    [new ObjectId(A), "id", A],
    [A.toUpperCase(), "text_id", A],
    ["None", "none", null],
    ["", "none", null],
    ["some path", "none", null],
    [null, "none", null],
    [undefined, "none", null],
    [{ gamma: 1 }, "inline", null],
    [[1, 2], "inline", null],
    [new Int32(3), "inline", null],
    [3, "inline", null],
  ];
  for (const [value, kind, file_id] of kinds) {
    expect(fileReference("files", "k", value))
      .toEqual({ part: "files", key: "k", kind, file_id });
  }
});

Deno.test("ArchivePlanner gives files their stored names, diagnostics and plots their keys, each run a folder", () => {
  const run = new ArchivePlanner().plan({
    source_id: C,
    folder_path: "/global/cscratch1/sd/USER/ky_scan/",
    suffix: "ky_0.05",
    references: [
      fileReference("files", "gs2_in", new ObjectId(A)),
      fileReference("files", "again", A),
      fileReference("diagnostics", "Field Mom Snapshots", new ObjectId(A)),
      fileReference("files", "bad", new ObjectId(B)),
      fileReference("files", "lost", new ObjectId(C)),
      fileReference("files", "text", C),
      fileReference("files", "omega", "None"),
      fileReference("diagnostics", "Grid", null),
      fileReference("diagnostics", "omega", { gamma: 1 }),
    ],
    plots: ["phi ballooning", "../x"],
    summary: true,
  }, rows);
  const folder = "ky_scan_ky_0.05";
  expect(run.files.map(({ path, status }) => [path, status])).toEqual([
    [`${folder}/gs2.in`, null],
    [`${folder}/gs2~2.in`, null],
    [`${folder}/diagnostics/Field Mom Snapshots.pkl`, null],
    [`${folder}/bad`, "length is not a valid number"],
    [`${folder}/lost`, `No file ${C} in the source`],
    [`${folder}/text`, "not stored"],
    [`${folder}/omega`, "not stored"],
    [`${folder}/diagnostics/Grid.pkl`, "not stored"],
    ["", "not stored"],
  ]);
  expect(run.plots).toEqual([
    { name: "phi ballooning", path: `${folder}/plots/phi ballooning.png` },
    { name: "../x", path: `${folder}/plots/x.png` },
  ]);
  expect(run.summary_path).toBe(`${folder}/mgkdb_summary_for_runky_0.05.json`);
  expect(run).toEqual(JSON.parse(JSON.stringify(run)));
  const none = { runs: 0, files: 0, bytes: 0, missing: 0 };
  expect(addToTotals(none, run)).toEqual({
    runs: 1,
    files: 3,
    bytes: 30,
    missing: 2,
  });
});

Deno.test("ArchivePlanner keeps folders, and files and folders, apart", () => {
  const planner = new ArchivePlanner();
  const folder = (folder_path: string, suffix: string) =>
    planner.plan({ ...empty(), folder_path, suffix }, rows).summary_path!.split(
      "/",
    )[0];
  expect(folder("/a/run", "")).toBe("run");
  expect(folder("/b/RUN", "")).toBe("RUN~2");
  expect(folder("/b/run", "_0001")).toBe("run_0001");
  expect(folder("/b", "MANIFEST.tsv")).toBe("b_MANIFEST.tsv");
  expect(folder("manifest.tsv", "")).toBe("manifest~2.tsv");
  expect(folder("", "")).toBe("run~3");
  expect(folder("C:\\runs\\x", "../y")).toBe("x_y");
  const own = new Map([[A, stored(A, "Plots", 1)], [
    B,
    stored(B, "mgkdb_summary_for_run.JSON", 1),
  ]]);
  const references = [A, B].map((id) =>
    fileReference("files", "k", new ObjectId(id))
  );
  const run = new ArchivePlanner().plan({ ...empty(), references }, own);
  expect(run.files.map(({ path }) => path))
    .toEqual(["run/Plots~2", "run/mgkdb_summary_for_run~2.JSON"]);
});

function empty(): RunToPlan {
  return {
    source_id: C,
    folder_path: "",
    suffix: "",
    references: [],
    plots: [],
    summary: true,
  };
}

function stored(id: string, filename: string, length: number): FileRow {
  return {
    ok: true,
    file: {
      id,
      filename,
      length,
      chunk_size: 261120,
      uploaded_at: null,
      md5: null,
    },
  };
}
