import { test } from "../setup.ts";
import fc from "fast-check";
import { expect } from "expect";
import { type Cell, listRuns } from "../../db/runs/list.ts";
import { parseQueryString } from "../../db/runs/query.ts";
import { PUBLIC_COLUMNS } from "../../physics/columns.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";

const word = fc.oneof(
  fc.constantFrom("=1+1", "-2", "@a", 'say "so"', "a,b", "a\nb", "a\r\nb", ""),
  fc.string({ unit: "grapheme", maxLength: 20 })
    .map((s) => s.replaceAll("\0", "")),
);
const number = fc.option(fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(
    0,
    -0,
    1e21,
    1e-7,
    123456789012345680000,
    1e-5,
    100000,
    -12.95,
  ),
));
const run = fc.record({
  comments: fc.option(word),
  device: fc.option(word),
  keywords: fc.array(word, { maxLength: 3 }),
  electromagnetic: fc.option(fc.boolean()),
  uploaded_at: fc.option(
    fc.date({
      min: new Date("1990-01-01"),
      max: new Date("2030-01-01"),
      noInvalidDate: true,
    }).map((d) => d.toISOString()),
  ),
  n_species: fc.option(fc.integer({ min: 0, max: 9 })),
  q: number,
  gamma: number,
  RLTi: number,
});

/** A cell as RFC 4180 and JavaScript write it, with what a spreadsheet would take for a formula made harmless. */
function cellOf(value: Cell): string {
  if (value === null) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "number" || typeof value === "boolean") {
    return `${value}`;
  }
  const text = Array.isArray(value) ? value.join("; ") : value;
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

test("GET /runs.csv of all runs, and of one page, is what formatting each value by itself gives", async () => {
  for (const values of fc.sample(run, { numRuns: 100, seed: 3 })) {
    await makeRun(values);
  }
  const researcher = await Browser.of(await makeUser());
  const keys = PUBLIC_COLUMNS.map((c) => c.key);
  for (const asked of ["sort=-gamma&size=100", "sort=-gamma&size=100&page=1"]) {
    const rows = await listRuns(parseQueryString(asked).data!);
    expect(rows.length).toBe(100);
    const lines = rows.map((row) => keys.map((k) => cellOf(row[k]!)).join(","));
    const response = await researcher.get(`/runs.csv?${asked}`);
    expect(await response.text()).toBe(
      [keys.join(","), ...lines].map((line) => `${line}\r\n`).join(""),
    );
  }
});
