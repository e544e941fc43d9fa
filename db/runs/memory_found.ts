import type { InputCondition } from "../../physics/input_condition.ts";
import { sql } from "../sql.ts";
import { knownValue } from "./facet_sets.ts";
import { type Condition, meetsAll, type Tally, tally } from "./facet_tally.ts";
import { type Memory, memory } from "./memory.ts";
import { columnName, hasColumns } from "./memory_columns.ts";
import { findInput, heldInputs } from "./memory_inputs.ts";
import { findWord, hasTexts } from "./memory_texts.ts";
import { readWholeNumbers } from "./numbers.ts";
import { filterOf, isOpen } from "./open.ts";
import type { Range, RunFilter } from "./query.ts";
import { FACET_COLUMNS } from "./searchable.ts";
import { where } from "./where.ts";

/** Filters whose runs are remembered: sorting and paging ask for the same ones again. */
const MOST = 16;
/** Runs of a sample that make an estimate good enough; where fewer are found Postgres counts. */
const ENOUGH = 50;

/** The runs in memory that meet a filter. */
export interface Found extends Tally {
  memory: Memory;
  /** In ascending order. */
  places: Uint32Array;
}

/** The runs of a filter, found in memory; null where that cannot be: of a large catalogue, for what hardly any run has, and for
 * all that is not in memory. */
export async function findInMemory(filter: RunFilter): Promise<Found | null> {
  const held = await memory();
  const alone = filterOf(filter);
  const { left, inMemory } = split(held, alone);
  const isSample = held.share < 1;
  if (isSample && !isOpen(left)) return null;
  const key = keyOf(alone);
  let found = held.found.get(key);
  if (!found) {
    found = find(held, alone.facets, left, inMemory);
    found.catch(() => held.found.delete(key));
    if (held.found.size >= MOST) {
      held.found.delete(held.found.keys().next().value!);
    }
    held.found.set(key, found);
  }
  const result = await found;
  return isSample && result.total < ENOUGH ? null : result;
}

function keyOf(filter: RunFilter): string {
  return JSON.stringify(
    filter,
    (_, value) => value instanceof Map ? [...value] : value,
  );
}

/** What memory is asked beside the facets. */
interface Asked {
  ranges: [string, Range][];
  words: string[];
  inputs: InputCondition[];
}

/** Conditions that memory answers, and all others but the facets. */
function split(held: Memory, filter: RunFilter) {
  const left = {
    ...filter,
    facets: new Map(),
    ranges: new Map(filter.ranges),
    inputs: [],
  };
  const inMemory: Asked = { ranges: [], words: [], inputs: filter.inputs };
  if (filter.text !== null && hasTexts(held, filter.text)) {
    left.text = null;
    inMemory.words = filter.text.split(" ");
  }
  for (const [key, range] of filter.ranges) {
    // A run with many wavenumbers is found by any of them.
    if (key === "ky") continue;
    const quantity = { key, cs_a: range.cs_a };
    if (!hasColumns(held, [quantity])) continue;
    left.ranges.delete(key);
    inMemory.ranges.push([columnName(quantity), range]);
  }
  return { left, inMemory };
}

async function find(
  held: Memory,
  facets: RunFilter["facets"],
  left: RunFilter,
  inMemory: Asked,
): Promise<Found> {
  const conditions = conditionsOf(facets);
  const isAsked = Object.values(inMemory).some((of) => of.length > 0);
  if (isOpen(left) && !isAsked && conditions.length === 0) {
    const places = Uint32Array.from(held.ids, (_, place) => place);
    return { memory: held, places, ...held.all };
  }
  const places = await placesOf(held, left, inMemory);
  const runs = new Uint32Array(held.sets.length);
  for (const place of places) runs[held.setOf[place]!]!++;
  const sets = held.sets.map(({ values }, n) => ({ values, runs: runs[n]! }));
  const meets = meetsAll(sets, conditions);
  return {
    memory: held,
    places: places.filter((place) => meets[held.setOf[place]!] === 1),
    ...tally(sets.filter((s) => s.runs > 0), conditions),
  };
}

async function placesOf(
  held: Memory,
  left: RunFilter,
  { ranges, words, inputs }: Asked,
): Promise<Uint32Array> {
  // The columns, before a slower question lets others push them out.
  const tests = ranges.map(([name, range]) => ({
    values: held.columns.get(name)!.values,
    range,
  }));
  const [found, parameters] = await Promise.all([
    placesInPostgres(held, left),
    heldInputs(held, inputs),
  ]);
  let places = found;
  for (const { values, range } of tests) {
    places = places.filter((place) => isWithin(values[place]!, range));
  }
  for (const word of words) {
    places = marked(
      held,
      places,
      (marks) => findWord(held.texts!, word, marks),
    );
  }
  for (const [n, condition] of inputs.entries()) {
    places = marked(
      held,
      places,
      (marks) => findInput(parameters[n]!, condition, marks),
    );
  }
  return places;
}

/** Those of the places that `mark` sets to 1. */
function marked(
  held: Memory,
  places: Uint32Array,
  mark: (marks: Uint8Array) => void,
): Uint32Array {
  const marks = new Uint8Array(held.ids.length);
  mark(marks);
  return places.filter((place) => marks[place] === 1);
}

async function placesInPostgres(
  held: Memory,
  left: RunFilter,
): Promise<Uint32Array> {
  if (isOpen(left)) return Uint32Array.from(held.ids, (_, place) => place);
  const [row] = await sql<[{ ids: Uint8Array | null }]>`
    select string_agg(int8send(id), ''::bytea) as ids from runs where ${
    where(left)
  }`;
  const places = [];
  for (const id of readWholeNumbers(row.ids)) {
    const place = held.places.get(id);
    // One that has just come is counted by the next search.
    if (place !== undefined) places.push(place);
  }
  return Uint32Array.from(places).sort();
}

/** As where.ts says it in SQL. */
function isWithin(value: number, { min, max, any, abs }: Range): boolean {
  if (Number.isNaN(value)) return any;
  const x = abs ? Math.abs(value) : value;
  return (min === null || x >= min) && (max === null || x <= max);
}

/** What facets ask of a run, by the numbers of their values. */
export function conditionsOf(facets: RunFilter["facets"]): Condition[] {
  return FACET_COLUMNS.flatMap(({ key, kind }, column) => {
    const words = facets.get(key);
    if (!words) return [];
    const written = words.map((w) => kind === "int" ? String(Number(w)) : w);
    const wanted = written.map((w) => knownValue(column, w));
    return [{ column, wanted: wanted.filter((v) => v !== undefined) }];
  });
}
