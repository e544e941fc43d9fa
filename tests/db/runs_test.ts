import { test } from "../setup.ts";
import { expect } from "expect";
import fc from "fast-check";
import { queryString } from "../../db/runs/address.ts";
import { countFacets } from "../../db/runs/facets.ts";
import { countRuns, listRuns } from "../../db/runs/list.ts";
import { where } from "../../db/runs/where.ts";
import { streamCells } from "../../db/runs/stream.ts";
import {
  parseQueryString,
  type Range,
  type RunQuery,
} from "../../db/runs/query.ts";
import { FLAG_COLUMNS, RANGE_COLUMNS } from "../../db/runs/searchable.ts";
import { sql } from "../../db/sql.ts";
import { column, PUBLIC_COLUMNS } from "../../physics/columns.ts";
import { makeRun } from "../make_run.ts";

const CODES = ["GENE", "CGYRO", "TGLF", "GS2", "GX"];
const WORDS = ["itg", "50%", "Jet_1", "a\\b", "ümlaut"];

function read(text: string): RunQuery {
  return parseQueryString(text).data!;
}

function refusal(text: string): string {
  const { error } = parseQueryString(text);
  return JSON.stringify(error?.issues ?? null);
}

const number = fc.option(
  fc.oneof(
    fc.double({ min: -5, max: 5, noNaN: true }),
    fc.integer({ min: -5, max: 5 }),
  ),
  { freq: 3 },
);
const row = fc.record({
  code: fc.option(fc.constantFrom(...CODES)),
  kind: fc.constantFrom("linear", "nonlinear", "quasilinear"),
  comments: fc.option(fc.constantFrom(...WORDS)),
  keywords: fc.uniqueArray(fc.constantFrom(...WORDS), { maxLength: 2 }),
  has: fc.uniqueArray(fc.constantFrom("plots", "spectrum"), { maxLength: 2 }),
  n_species: fc.option(fc.integer({ min: 1, max: 4 })),
  electromagnetic: fc.option(fc.boolean()),
  gamma: number,
  omega: number,
  q: number,
  RLTe: number,
  a_over_R: fc.option(fc.double({ min: 0.1, max: 0.9, noNaN: true })),
  ky_values: fc.array(fc.double({ min: 0.01, max: 5, noNaN: true }), {
    maxLength: 3,
  }),
});
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

const bounds = fc.record({
  min: number,
  max: number,
  any: fc.boolean(),
  abs: fc.boolean(),
  cs_a: fc.boolean(),
}).map(({ min, max, ...rest }) =>
  min !== null && max !== null && min > max
    ? { min: max, max: min, ...rest }
    : { min, max, ...rest }
);
const some = <T>(...values: T[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 });
const search = fc.record({
  ranges: fc.record({
    gamma: bounds,
    omega: bounds,
    RLTe: bounds,
    q: bounds.map((b) => ({ ...b, abs: false, cs_a: false })),
    ky: bounds.map((b) => ({ ...b, abs: false, cs_a: false })),
  }, { requiredKeys: [] }),
  code: some(...CODES),
  kind: some("linear", "nonlinear"),
  keyword: some(...WORDS),
  n_species: some("1", "2", "3"),
  electromagnetic: fc.option(fc.constantFrom("yes", "no")),
  has: some("plots", "spectrum"),
  text: fc.option(
    fc.constantFrom(...WORDS, "ITG", "gene", "GE", "%", "GENE itg"),
  ),
  sort: fc.option(fc.constantFrom("gamma", "-gamma", "-q", "code")),
});
type Search = typeof search extends fc.Arbitrary<infer T> ? T : never;

function address(s: Search): string {
  const params = new URLSearchParams();
  for (const [key, r] of Object.entries(s.ranges)) {
    if (r?.min != null) params.append(`${key}_min`, String(r.min));
    if (r?.max != null) params.append(`${key}_max`, r.max.toExponential());
    if (r?.any) params.append(`${key}_any`, "1");
    if (r?.abs) params.append(`${key}_abs`, "1");
    if (r?.cs_a) params.append(`${key}_cs_a`, "1");
  }
  for (const name of ["code", "kind", "keyword", "n_species", "has"] as const) {
    for (const value of s[name]) params.append(name, value);
  }
  if (s.electromagnetic) params.append("electromagnetic", s.electromagnetic);
  if (s.text) params.append("text", s.text);
  if (s.sort) params.append("sort", s.sort);
  return params.toString();
}

function holds(r: Row, s: Search): boolean {
  const anyOf = (wanted: string[], value: unknown) =>
    wanted.length === 0 || (value !== null && wanted.includes(String(value)));
  const text = [r.code, r.comments, ...r.keywords].join(" ").toLowerCase();
  return anyOf(s.code, r.code) && anyOf(s.kind, r.kind) &&
    anyOf(s.n_species, r.n_species) &&
    (s.keyword.length === 0 || s.keyword.some((k) => r.keywords.includes(k))) &&
    s.has.every((h) => (r.has as string[]).includes(h)) &&
    (s.electromagnetic === null ||
      r.electromagnetic === (s.electromagnetic === "yes")) &&
    (s.text === null ||
      s.text.toLowerCase().split(/\s+/).every((w) => text.includes(w))) &&
    Object.entries(s.ranges).every(([key, range]) =>
      within(
        key === "ky" ? r.ky_values : [quantity(r, key, range!.cs_a)],
        range as Range,
      )
    );
}

/** In c_s and a: sqrt(2) a/R0 times a rate, a/R0 times a gradient. */
function quantity(r: Row, key: string, cs_a: boolean): number | null {
  const value = r[key as "gamma" | "omega" | "q" | "RLTe"];
  if (!cs_a || value === null) return value;
  if (r.a_over_R === null) return null;
  return value * r.a_over_R * (key === "RLTe" ? 1 : Math.SQRT2);
}

function within(stored: (number | null)[], range: Range): boolean {
  const { min, max, any, abs } = range;
  if (min === null && max === null) return true;
  const values = stored.filter((v) => v !== null);
  if (values.length === 0) return any;
  return values.map((v) => abs ? Math.abs(v) : v).some((v) =>
    v >= (min ?? -Infinity) && v <= (max ?? Infinity)
  );
}

test("search finds the rows that a naive evaluation finds, in a stable order", async () => {
  const rows = fc.sample(row, { numRuns: 200, seed: 7 });
  const ids = new Map<number, Row>();
  for (const r of rows) ids.set((await makeRun(r)).id, r);
  await fc.assert(
    fc.asyncProperty(search, async (s) => {
      const query = read(address(s));
      const wanted = [...ids].filter(([, r]) => holds(r, s)).map(([id]) => id);
      const found: { id: number; gamma: number | null }[] = [];
      for await (const batch of streamCells(query, ["id", "gamma"])) {
        found.push(...batch.map(([id, gamma]) => ({
          id: Number(id),
          gamma: gamma === null ? null : Number(gamma),
        })));
      }
      expect(found.map((r) => r.id).sort((a, b) => a - b)).toEqual(wanted);
      expect(await countRuns(query)).toBe(wanted.length);
      for (const way of ["gather", "walk"] as const) {
        const rows = await sql<{ id: number }[]>`
          select id from runs where ${
          where(query, undefined, way)
        } order by id`;
        expect(rows.map((r) => r.id)).toEqual(wanted);
      }
      // From memory, once it has what this search asks for.
      const page = await listRuns({ ...query, page: 2 });
      expect(page.map((r) => r.id)).toEqual(
        found.slice(query.size, 2 * query.size).map((r) => r.id),
      );
      expect((await countFacets(query)).total).toBe(wanted.length);
      if (s.sort === "-gamma") {
        const gammas = found.map((r) => r.gamma ?? -Infinity);
        expect(gammas).toEqual(gammas.toSorted((a, b) => b - a));
      }
    }),
    { numRuns: 150, seed: 11 },
  );
});

test("search counts each facet without the facet's own filter", async () => {
  const query = read("code=GENE&kind=linear&gamma_min=0");
  const { facets, total } = await countFacets(query);
  expect(total).toBe(await countRuns(query));
  for (const { value, count } of facets.get("code")!) {
    expect(count).toBe(
      await countRuns(read(`code=${value}&kind=linear&gamma_min=0`)),
    );
  }
  for (const { value, count } of facets.get("keywords")!) {
    expect(count).toBe(
      await countRuns(
        read(`${queryString(query)}&keyword=${encodeURIComponent(value)}`),
      ),
    );
  }
  expect(facets.get("code")!.map((f) => f.value).sort()).toEqual(
    [...CODES].sort(),
  );
});

test("search notices every change of a run, however often it was asked before", async () => {
  const query = read("device=CHANGING&q_min=2&q_max=3&sort=q");
  const asked = async () => {
    const rows = await listRuns(query, { columns: ["q"] });
    expect((await countFacets(query)).total).toBe(rows.length);
    return rows.map((r) => r.q);
  };
  const { id } = await makeRun({ device: "CHANGING", q: 2.5 });
  for (let n = 0; n < 5; n++) expect(await asked()).toEqual([2.5]);
  await sql`update runs set q = 2.75 where id = ${id}`;
  expect(await asked()).toEqual([2.75]);
  await sql`update runs set q = 4 where id = ${id}`;
  expect(await asked()).toEqual([]);
  await makeRun({ device: "CHANGING", q: 2 });
  expect(await asked()).toEqual([2]);
  await sql`delete from runs where device = 'CHANGING'`;
  expect(await asked()).toEqual([]);
});

test("pages do not overlap and together hold every run", async () => {
  const seen: number[] = [];
  for (let page = 1; page <= 9; page++) {
    const rows = await listRuns(read(`page=${page}&sort=gamma`));
    seen.push(...rows.map((r) => r.id));
  }
  expect(new Set(seen).size).toBe(await countRuns(read("")));
  expect(seen.length).toBe(new Set(seen).size);
});

test("hidden runs are in no list, count or facet", async () => {
  const { id } = await makeRun({ device: "HIDDEN-TOKAMAK" });
  await sql`update runs set hidden_at = now() where id = ${id}`;
  expect(await countRuns(read(`id=${id}`))).toBe(0);
  expect(await listRuns(read("device=HIDDEN-TOKAMAK"))).toEqual([]);
  expect((await countFacets(read(""))).facets.get("device")).toBeUndefined();
});

test("id finds by number, by MongoDB id and by its beginning", async () => {
  const made = await makeRun({ source_id: "66abcdef0123456789abcdef" });
  for (const id of [made.id, made.source_id, "66abcdef01", "66ABCDEF"]) {
    expect((await listRuns(read(`id=${id}`))).map((r) => r.id)).toEqual([
      made.id,
    ]);
  }
});

test("ky finds a document by any of its wavenumbers", async () => {
  const { id } = await makeRun({ ky: 0.3, ky_values: [41, 42, 43] });
  const ids = async (text: string) =>
    (await listRuns(read(text))).map((r) => r.id);
  expect(await ids("ky_min=42.5")).toEqual([id]);
  expect(await ids("ky_min=40&ky_max=40.5")).toEqual([]);
});

test("every numeric column takes bounds, and every column sorts", async () => {
  for (const { key, signed } of RANGE_COLUMNS) {
    const text = `${key}_min=-1e3&${key}_max=1e3&${key}_any=1${
      signed ? `&${key}_abs=1` : ""
    }`;
    expect(await countRuns(read(text))).toBeGreaterThan(0);
  }
  for (const { key } of FLAG_COLUMNS) {
    expect(await countRuns(read(`${key}=yes`))).toBeGreaterThanOrEqual(0);
  }
  for (const { key } of PUBLIC_COLUMNS) {
    expect((await listRuns(read(`sort=-${key}`))).length).toBe(25);
  }
});

test("query refuses what is unknown or malformed and names it", () => {
  const refused: [string, string][] = [
    ["nosuch=1", "nosuch"],
    ["q_min=abc", "q_min"],
    ["q_min=1e999", "q_min"],
    ["q_min=NaN", "q_min"],
    ["q_min=0x10", "q_min"],
    ["q_min=1&q_min=2", "q_min"],
    ["q_min=3&q_max=2", "q_max"],
    ["q_abs=1", "q_abs"],
    ["q_cs_a=1", "q_cs_a"],
    ["gamma_cs_a=yes", "gamma_cs_a"],
    ["gamma_any=yes", "gamma_any"],
    ["kind=other", "kind"],
    ["n_species=two", "n_species"],
    ["electromagnetic=true", "electromagnetic"],
    ["has=everything", "has"],
    ["id=12x", "id"],
    ["sort=detail", "sort"],
    ["sort=--q", "sort"],
    ["page=0", "page"],
    ["page=1.5", "page"],
    ["size=26", "size"],
    ["cols=q,detail", "cols"],
    ["units=furlongs", "units"],
    ["text=a%00b", "text"],
    ["constructor_min=1", "constructor_min"],
  ];
  for (const [text, name] of refused) expect(refusal(text)).toContain(name);
});

test("query survives any value without an unexpected error", async () => {
  const names = fc.constantFrom(
    "text",
    "id",
    "code",
    "keyword",
    "q_min",
    "gamma_max",
    "sort",
    "page",
    "cols",
    "has",
    "n_species",
  );
  await fc.assert(
    fc.asyncProperty(names, fc.string({ unit: "binary" }), async (name, v) => {
      const parsed = parseQueryString(
        new URLSearchParams([[name, v]]).toString(),
      );
      if (parsed.success) await countRuns(parsed.data);
      else expect(refusal(`${name}=${encodeURIComponent(v)}`)).toContain(name);
    }),
    { numRuns: 200, seed: 3 },
  );
});

test("query string read again gives the same query string", () => {
  fc.assert(fc.property(search, (s) => {
    const once = queryString(read(address(s)));
    expect(queryString(read(once))).toBe(once);
  }));
  expect(
    queryString(read("size=25&page=1&sort=-uploaded_at&q_max=&units=stored")),
  )
    .toBe("");
  expect(queryString(read("q_max=2&code=GENE&code=CGYRO"))).toBe(
    "code=CGYRO&code=GENE&q_max=2",
  );
});

test("list gives every public column under its own name", async () => {
  const [run] = await listRuns(read("size=25"));
  expect(Object.keys(run!).sort()).toEqual(
    PUBLIC_COLUMNS.map((c) => c.key).sort(),
  );
  expect(column("ky_values")!.public).toBe(false);
});
