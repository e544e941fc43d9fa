import { test } from "../setup.ts";
import { expect } from "expect";
import fc from "fast-check";
import { queryString } from "../../db/runs/address.ts";
import { writeRuns } from "../../db/catalogue.ts";
import { countFacets } from "../../db/runs/facets.ts";
import { countRuns, listRuns } from "../../db/runs/list.ts";
import { parseQueryString } from "../../db/runs/query.ts";
import { where } from "../../db/runs/where.ts";
import { deleteUnusedInputs } from "../../db/run_inputs.ts";
import { readSimulation } from "../../db/source/simulation.ts";
import { sql } from "../../db/sql.ts";
import { inputEquals } from "../../physics/input_condition.ts";
import type { InputParameters } from "../../physics/simulation.ts";
import { imasDocument } from "./source/make_document.ts";

/** As an input file may hold them: the second of each pair is what it means. */
const VALUES: [string | number | boolean, number | string][] = [
  [0, 0],
  [2, 2],
  [-1.5, -1.5],
  ["2.0", 2],
  ["1.0d-3", 0.001],
  ["3E4", 30000],
  [true, "true"],
  [".TRUE.", "true"],
  [".f.", "false"],
  ["Miller", "miller"],
  ["s alpha", "s alpha"],
  [`it's "quoted"`, `it's "quoted"`],
  ["50%_\\", "50%_\\"],
];
const NAMES = [
  "hyp_z",
  "general.Hyp_Z",
  "SAT_RULE",
  "species.omt[1]",
  "species.omt[2]",
  "geometry.magn_geometry",
];
const ASKED = [
  ...NAMES,
  "HYP_Z",
  "omt",
  "species.omt",
  "OMT[2]",
  "magn_geometry",
  "nosuch",
];

const value = fc.constantFrom(...VALUES);
const input = fc.dictionary(fc.constantFrom(...NAMES), value);
const condition = fc.record({
  name: fc.constantFrom(...ASKED),
  operator: fc.constantFrom("<", ">", ":"),
  value: fc.constantFrom(
    ...VALUES.map(([, v]) => v),
    0.5,
    "MILLER",
    '"2"',
  ),
});

type Condition = typeof condition extends fc.Arbitrary<infer T> ? T : never;
type Input = Record<string, (typeof VALUES)[number]>;

function holds(input: Input, { name, operator, value }: Condition): boolean {
  return Object.entries(input).some(([key, [written, meant]]) => {
    const full = key.toLowerCase();
    const forms = [full, full.replace(/^.*\./, "")];
    const bare = forms.map((f) => f.replace(/\[\d\]$/, ""));
    if (![...forms, ...bare].includes(name.toLowerCase())) return false;
    if (value === '"2"') return String(written) === "2";
    if (operator === "<") return meant < value && typeof meant === "number";
    if (operator === ">") return meant > value && typeof meant === "number";
    return typeof value === "string"
      ? meant === value.toLowerCase()
      : meant === value;
  });
}

function asked(...conditions: string[]) {
  return parseQueryString(
    new URLSearchParams(conditions.map((c) => ["input", c])).toString(),
  );
}

let serial = 0;
async function runWith(input: InputParameters): Promise<string> {
  const document = imasDocument({ suffix: `_${++serial}` });
  const { simulation } = readSimulation(document as never, "LinearRuns");
  await writeRuns([{ ...simulation!, input }]);
  return simulation!.source.id;
}

test("input finds the runs that a naive reading of their input files finds", async () => {
  const inputs = new Map<string, Input>();
  for (const given of fc.sample(input, { numRuns: 120, seed: 5 })) {
    const written = Object.entries(given).map(([k, [w]]) => [k, w]);
    inputs.set(await runWith(Object.fromEntries(written)), given);
  }
  await fc.assert(
    fc.asyncProperty(
      fc.array(condition, { minLength: 1, maxLength: 2 }),
      async (conditions) => {
        const texts = conditions.map((c) => `${c.name}${c.operator}${c.value}`);
        const parsed = asked(...texts);
        const isComparable = conditions.every((c) =>
          c.operator === ":" || typeof c.value === "number"
        );
        expect(parsed.success).toBe(isComparable);
        if (!parsed.success) return;
        const rows = await listRuns({ ...parsed.data, size: 100 }, {
          columns: ["source_id"],
        });
        const wanted = [...inputs].filter(([, i]) =>
          conditions.every((c) => holds(i, c))
        );
        expect(rows.map((r) => String(r.source_id)).sort()).toEqual(
          wanted.map(([id]) => id).sort().slice(0, 100),
        );
        expect(await countRuns(parsed.data)).toBe(wanted.length);
        expect((await countFacets(parsed.data)).total).toBe(wanted.length);
        for (const way of ["gather", "walk"] as const) {
          const found = await sql<{ source_id: string }[]>`
            select source_id from runs where ${
            where(parsed.data, undefined, way)
          }`;
          expect(found.map((r) => r.source_id).sort()).toEqual(
            wanted.map(([id]) => id).sort(),
          );
        }
      },
    ),
    { numRuns: 200, seed: 13 },
  );
});

test("input of a parameter's own value finds its run", async () => {
  for (const [written] of VALUES) {
    const id = await runWith({ "nl.only_here": written, "a:b": 1 });
    const rows = await listRuns(
      asked(inputEquals("nl.only_here", written)!).data!,
    );
    expect(rows.map((r) => r.source_id)).toContain(id);
  }
  expect(inputEquals("a:b", 1)).toBeNull();
  expect(inputEquals("x", "y".repeat(300))).toBeNull();
});

test("a run that is read again has the parameters of its new input only", async () => {
  const document = imasDocument({ suffix: "_again" });
  const { simulation } = readSimulation(document as never, "LinearRuns");
  await writeRuns([{ ...simulation!, input: { first: 1 } }]);
  await writeRuns([{ ...simulation!, input: { second: 1 } }]);
  expect(await countRuns(asked("first:1").data!)).toBe(0);
  expect(await countRuns(asked("second:1").data!)).toBe(1);
  const [{ last }] = await sql<
    [{ last: number }]
  >`select last_value::int as last from input_values_id_seq`;
  const [{ n }] = await sql<
    [{ n: number }]
  >`select count(*)::int as n from input_values`;
  expect(last).toBe(n);
});

test("input refuses what is malformed and says what", () => {
  const refused = [
    ["hyp_z", "must be a name"],
    [">0", "a name before"],
    ["hyp_z:", "a value behind"],
    ["hyp_z>many", "many, which is no number"],
    ['hyp_z<"2"', "no number"],
    [`${"n".repeat(101)}:1`, "at most 100 characters"],
    [`n:${"1".repeat(300)}`, "200 behind"],
    ["a\0b:1", "NUL"],
  ];
  for (const [text, reason] of refused) {
    const [issue] = asked(text!).error!.issues;
    expect(issue!.path).toEqual(["input"]);
    expect(issue!.message).toContain(reason);
  }
  const eleven = Array.from({ length: 11 }, (_, n) => `p${n}:1`);
  expect(asked(...eleven).error!.issues[0]!.message).toContain("10 times");
});

test("input reads the same again from its own address", () => {
  const once = queryString(asked("b : 2", 'a:"x y"', "c>1e-3").data!);
  expect(once).toBe("input=a%3A%22x+y%22&input=b%3A2&input=c%3E1e-3");
  expect(queryString(parseQueryString(once).data!)).toBe(once);
});

test("values and names that no input has any more are forgotten", async () => {
  const document = imasDocument({ suffix: "_gone" });
  const { simulation } = readSimulation(document as never, "LinearRuns");
  await writeRuns([{ ...simulation!, input: { only_here: 1, stays: 1 } }]);
  await writeRuns([{ ...simulation!, input: { stays: 1 } }]);
  await deleteUnusedInputs();
  const names = (await sql`select name from input_names`).map((n) => n.name);
  expect(names).toContain("stays");
  expect(names).not.toContain("only_here");
  expect(await countRuns(asked("stays:1").data!)).toBe(1);
});
