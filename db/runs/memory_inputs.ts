import type { InputCondition } from "../../physics/input_condition.ts";
import { sql } from "../sql.ts";
import type { Memory } from "./memory.ts";
import { readWholeNumbers } from "./numbers.ts";
import { runsOf } from "./sample.ts";

/** Parameters that are held at once, 8 bytes for each run that has them. */
const MOST = 16;

/** One parameter of the input files, under a name that was asked for, of the runs in memory. */
export interface HeldInput {
  /** What it has been set to anywhere; NaN where that is no number. */
  words: string[];
  numbers: Float64Array;
  /** Of each setting of it in a run: the place of the run, and the index of the value. */
  places: Uint32Array;
  values: Uint32Array;
}

/** Parameters by the names that conditions have for them; read when they are not held yet, which takes as long as asking once. */
export async function heldInputs(
  memory: Memory,
  conditions: InputCondition[],
): Promise<HeldInput[]> {
  return await Promise.all(
    conditions.map(({ name }) => heldInput(memory, name)),
  );
}

function heldInput(memory: Memory, name: string): Promise<HeldInput> {
  const { inputs } = memory;
  const held = inputs.get(name) ?? readInput(memory, name);
  // Last in the order of their use.
  inputs.delete(name);
  inputs.set(name, held);
  held.catch(() => inputs.get(name) === held && inputs.delete(name));
  if (inputs.size > MOST) inputs.delete(inputs.keys().next().value!);
  return held;
}

/** Marks the places of the runs that meet a condition; as where.ts says it in SQL. */
export function findInput(
  { words, numbers, places, values }: HeldInput,
  condition: InputCondition,
  marks: Uint8Array,
): void {
  const meets = Uint8Array.from(
    words,
    (word, n) => isMet(condition, word, numbers[n]!) ? 1 : 0,
  );
  for (let n = 0; n < places.length; n++) {
    if (meets[values[n]!] === 1) marks[places[n]!] = 1;
  }
}

/** How many values of a parameter meet a condition. */
export function countMet(
  { words, numbers }: HeldInput,
  condition: InputCondition,
): number {
  return words.filter((word, n) => isMet(condition, word, numbers[n]!)).length;
}

function isMet(
  { operator, value }: InputCondition,
  word: string,
  number: number,
): boolean {
  if (typeof value === "string") return word === value;
  return operator === "<"
    ? number < value
    : operator === ">"
    ? number > value
    : number === value;
}

async function readInput(memory: Memory, name: string): Promise<HeldInput> {
  const rows =
    await (memory.share < 1
      ? readOfSample(memory, name)
      : readOfAll(memory, name));
  return {
    words: rows.map((row) => row.word),
    numbers: Float64Array.from(rows, (row) => row.number ?? NaN),
    places: Uint32Array.from(rows.flatMap((row) => [...row.places])),
    values: Uint32Array.from(
      rows.flatMap((row, n) => new Array<number>(row.places.length).fill(n)),
    ),
  };
}

/** A value of a parameter and where it is set. */
interface HeldValue {
  word: string;
  number: number | null;
  places: Uint32Array;
}

/** Each value by the index, one by one. */
async function readOfAll(memory: Memory, name: string): Promise<HeldValue[]> {
  const rows = await sql<
    { word: string; number: number | null; ids: Uint8Array }[]
  >`
    select min(v.word) as word, min(v.number) as number, string_agg(int8send(r.id), ''::bytea) as ids
    from input_names n join input_values v on v.name_id = n.id join runs r on r.inputs @> array[v.id]
    where ${name} = any(n.aliases) and r.hidden_at is null group by v.id`;
  return rows.map(({ ids, ...row }) => ({
    ...row,
    places: placesOf(memory, ids),
  }));
}

/** In a sample all parameters are read at once, 4 bytes for each of a run: to read one takes as long. */
async function readOfSample(
  memory: Memory,
  name: string,
): Promise<HeldValue[]> {
  memory.settings ??= readSettings(memory);
  memory.settings.catch(() => memory.settings = null);
  const [settings, rows] = await Promise.all([
    memory.settings,
    sql<{ id: number; word: string; number: number | null }[]>`
      select v.id, word, number from input_names n join input_values v on v.name_id = n.id
      where ${name} = any(n.aliases)`,
  ]);
  return rows.map(({ id, ...row }) => ({
    ...row,
    places: settings.get(id) ?? new Uint32Array(),
  }));
}

async function readSettings(memory: Memory): Promise<Map<number, Uint32Array>> {
  const rows = await sql<{ value: number; ids: Uint8Array }[]>`
    select value, string_agg(int8send(id), ''::bytea) as ids
    from (select id, inputs from ${
    runsOf(memory.pages)
  } where hidden_at is null) r, unnest(inputs) value
    group by value`;
  return new Map(rows.map(({ value, ids }) => [value, placesOf(memory, ids)]));
}

function placesOf(memory: Memory, ids: Uint8Array): Uint32Array {
  const places = Array.from(
    readWholeNumbers(ids),
    (id) => memory.places.get(id),
  );
  // One that has just come is counted by the next search.
  return Uint32Array.from(places.filter((place) => place !== undefined));
}
