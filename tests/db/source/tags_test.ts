import { expect } from "expect";
import { readInput } from "../../../db/source/input_parameters.ts";
import {
  naturalKey,
  readConfidence,
  readKeywords,
  readStamp,
  readTags,
} from "../../../db/source/tags.ts";
import { Long } from "mongodb";

const BEFORE = new Date("2025-08-12T23:59:59Z");
const AFTER = new Date("2025-08-13T00:00:00Z");

Deno.test("readConfidence() never mixes the two scales", () => {
  const cases: [unknown, Date, string | null, string, number | null][] = [
    [2, AFTER, "2", "0-3", 2],
    ["2", AFTER, "2", "0-3", 2],
    [Long.fromNumber(2), AFTER, "2", "0-3", 2],
    [0, AFTER, "0", "0-3", 0],
    [2.5, AFTER, "2.5", "0-3", null],
    [3, BEFORE, "3", "1-10", null],
    [8.5, AFTER, "8.5", "1-10", null],
    [-1, BEFORE, "-1", "unset", null],
    [-1.0, AFTER, "-1", "unset", null],
    [null, AFTER, null, "unset", null],
    ["", AFTER, null, "unset", null],
    ["high", AFTER, "high", "unset", null],
    [{}, AFTER, null, "unset", null],
  ];
  for (const [value, date, raw, scale, level] of cases) {
    expect([value, readConfidence(value, date)]).toEqual([value, {
      confidence_raw: raw,
      confidence_scale: scale,
      confidence_level: level,
    }]);
  }
});

Deno.test("readKeywords() takes lists and texts of both separators", () => {
  expect(readKeywords(["-", "linear"])).toEqual(["linear"]);
  expect(readKeywords("ITG#TEM#linear")).toEqual(["itg", "tem", "linear"]);
  expect(readKeywords("  KBM ,kbm, ,MTM")).toEqual(["kbm", "mtm"]);
  expect(readKeywords(["ITG, etg ", 5, null, {}])).toEqual(["itg", "etg", "5"]);
  expect(readKeywords("None")).toEqual([]);
  expect(readKeywords(undefined)).toEqual([]);
});

Deno.test("readStamp() reads the uploader's stamp and refuses what is no date", () => {
  expect(readStamp("240524-175500")).toBe("2024-05-24T17:55:00.000Z");
  for (
    const bad of [
      "240231-000000",
      "241301-000000",
      "240524-246000",
      "2024-05-24",
      "",
      null,
      240524,
    ]
  ) expect([bad, readStamp(bad)]).toEqual([bad, null]);
});

Deno.test("readTags() reads flat metadata of before 2025 and nested ones alike", () => {
  const flat = {
    user: "u",
    run_collection_name: "/a/b",
    run_suffix: "_0001",
    simulation_type: "gene",
    keywords: "x",
    confidence: 5,
    comments: "None",
  };
  const tags = readTags(flat, BEFORE, null);
  expect(tags).toMatchObject({
    code: "GENE",
    user: "u",
    keywords: ["x"],
    confidence_scale: "1-10",
    comments: null,
    device: null,
  });
  const nested = {
    DBtag: { user: "u" },
    ScenarioTag: { "Name of actual of hypothetical experiment": "iter" },
    Publications: { doi: ["10.1/x", "", null] },
  };
  expect(readTags(nested, AFTER, "TGLF")).toMatchObject({
    code: "TGLF",
    device: "iter",
    publications: ["10.1/x"],
  });
  expect(readTags("nonsense", AFTER, null)).toMatchObject({
    code: null,
    keywords: [],
    publications: [],
    restart: null,
  });
});

Deno.test("naturalKey() needs a folder, not a suffix", () => {
  expect(naturalKey({ DBtag: { run_collection_name: "/a", run_suffix: null } }))
    .toEqual({ folder_path: "/a", suffix: "" });
  expect(naturalKey({ run_collection_name: "/a", run_suffix: 3 })).toEqual({
    folder_path: "/a",
    suffix: "3",
  });
  expect(naturalKey({ DBtag: { run_suffix: "_0001" } })).toBeNull();
  expect(naturalKey(undefined)).toBeNull();
});

Deno.test("readInput() flattens nested XML, numbers repeated names and decodes entities", () => {
  const xml =
    `<?xml version="1.0" encoding="utf-8"?>\n<root><KY>0.3</KY><box><n a="1">2</n><s>'miller '</s></box><!-- <x>1</x> -->
    <species><z>1</z><z>-1</z></species><empty/><note>a &lt; b &amp; &#x3b1; &unknown;</note></root>`;
  expect(readInput(xml)).toEqual({
    KY: "0.3",
    "box.n": "2",
    "box.s": "miller",
    "species.z[1]": "1",
    "species.z[2]": "-1",
    note: "a < b & α &unknown;",
  });
});

Deno.test("readInput() keeps the old layout's numbers and survives anything else", () => {
  expect(
    readInput({
      nx0: 13,
      name1: "'ion'",
      "time step": 0.1,
      adapt: true,
      bad: NaN,
      none: null,
      list: [1, 2],
    }),
  ).toEqual({
    nx0: 13,
    name1: "ion",
    "time step": 0.1,
    adapt: true,
    list: "1 2",
  });
  for (
    const other of [
      "",
      "no xml at all",
      "<root><a>1</b></root>",
      "<a",
      null,
      undefined,
      7,
      [1],
      "<root>".repeat(5000),
    ]
  ) {
    expect(Object.keys(readInput(other)).length).toBe(0);
  }
  expect(
    Object.keys(readInput(`<root>${"<a>1</a>".repeat(9000)}</root>`)).length,
  ).toBe(3000);
});
