import {
  type Compared,
  COMPARED_WORDS,
  isSAlpha,
  MISSING,
  SCALES,
  standIn,
  toScale,
  valueOf,
} from "../../physics/distance.ts";
import { S_ALPHA } from "../../physics/families.ts";
import { sql } from "../sql.ts";
import { type Memory, memory } from "./memory.ts";
import { readDoubles, readWholeNumbers } from "./numbers.ts";
import { type Fragment, listed } from "./where.ts";

/** Beyond what rounding to single precision and to the step of distances can change. */
const MARGIN = 0.003;
/** Of squares of distances, when the nearest are counted. */
const BIN = 1 / 64;
const BINS = 4096;
/** More runs at one distance are left to Postgres. */
const MOST = 2_000;

/** What the distance looks at, of all runs in memory; some 80 bytes for each. */
export interface HeldPhysics {
  /** By {@linkcode SCALES}, then by place: on the scale on which a difference of 1 counts 1; NaN for none. */
  places: Float32Array[];
  /** By {@linkcode COMPARED_WORDS}, then by place: the index of the word. */
  words: { index: Map<string, number>; of: Uint16Array }[];
  /** By place: 1 for s-alpha geometry. */
  sAlpha: Uint8Array;
}

/** Runs among which are the `n` nearest, by their numbers; null where memory cannot know. It will soon, if the catalogue is not too large. */
export async function nearInMemory(
  target: Compared,
  n: number,
): Promise<number[] | null> {
  const held = await memory();
  if (held.share < 1 || held.ids.length === 0) return null;
  const { physics } = held;
  if (physics === null) {
    readSoon(held);
    return null;
  }
  const squares = squaresOf(physics, target, held.ids.length);
  const limit = (Math.sqrt(holding(squares, n)) + MARGIN) ** 2;
  const ids: number[] = [];
  for (let place = 0; place < squares.length; place++) {
    if (squares[place]! <= limit) ids.push(held.ids[place]!);
  }
  return ids.length > MOST ? null : ids;
}

/** A bound that at least `n` of the squares are within, and hardly more; counted, since sorting takes several times as long. */
function holding(squares: Float32Array, n: number): number {
  const counts = new Uint32Array(BINS);
  for (const square of squares) {
    if (square < BINS * BIN) counts[Math.floor(square / BIN)]!++;
  }
  let held = 0;
  for (let bin = 0; bin < BINS; bin++) {
    held += counts[bin]!;
    if (held >= n) return (bin + 1) * BIN;
  }
  return squares.toSorted()[Math.min(n, squares.length) - 1]!;
}

/** The squares of the distances, as db/nearest.ts says it in SQL. */
function squaresOf(
  { places, words, sAlpha }: HeldPhysics,
  target: Compared,
  runs: number,
): Float32Array {
  const squares = new Float32Array(runs);
  for (const [k, scale] of SCALES.entries()) {
    if (target[scale.key] === undefined) continue;
    const value = valueOf(target, scale.key);
    const at = value === null ? NaN : toScale(value, scale);
    const ofOne = value === null ? 0 : MISSING ** 2;
    const ofOther = value === null ? MISSING ** 2 : 0;
    const of = places[k]!;
    for (let n = 0; n < runs; n++) {
      const apart = of[n]! - at;
      // Not a number where either has none.
      squares[n]! += apart === apart
        ? apart * apart
        : of[n] === of[n]
        ? ofOther
        : ofOne;
    }
  }
  for (const [k, key] of COMPARED_WORDS.entries()) {
    if (target[key] === undefined) continue;
    const { index, of } = words[k]!;
    const wanted = index.get(String(target[key] ?? "")) ?? -1;
    for (let n = 0; n < runs; n++) if (of[n] !== wanted) squares[n]! += 1;
  }
  const wanted = isSAlpha(target) ? 1 : 0;
  for (let n = 0; n < runs; n++) if (sAlpha[n] !== wanted) squares[n]! += 1;
  return squares;
}

function readSoon(held: Memory): void {
  if (held.reading.has("physics")) return;
  held.reading.add("physics");
  // Postgres has refused it; whoever asks again has it tried again.
  read(held).then((physics) => held.physics = physics).catch(() => {})
    .finally(() => held.reading.delete("physics"));
}

async function read(held: Memory): Promise<HeldPhysics> {
  const numbers = SCALES.map(({ key }, n) =>
    sql`string_agg(float8send(coalesce(${
      sql(key)
    }::float8, 'NaN')), ''::bytea) as ${sql(`n${n}`)}`
  );
  const texts = COMPARED_WORDS.map((key, n) =>
    sql`${joined(sql`${sql(key)}::text`)} as ${sql(`w${n}`)}`
  );
  const [row] = await sql`
    select string_agg(int8send(id), ''::bytea) as ids, ${listed(numbers)}, ${
    listed(texts)
  }, ${joined(sql`(geometry = ${S_ALPHA})::int::text`)} as s_alpha
    from runs where hidden_at is null`;
  const at = Array.from(
    readWholeNumbers(row!.ids),
    (id) => held.places.get(id),
  );
  // Runs have changed meanwhile; the next version is read anew.
  if (at.length !== held.ids.length || at.includes(undefined)) {
    throw new Error("Runs have changed");
  }
  const places = at as number[];
  return {
    places: SCALES.map((scale, n) => {
      const of = new Float32Array(places.length);
      for (const [k, value] of readDoubles(row![`n${n}`]).entries()) {
        const known = Number.isNaN(value) ? standIn(scale.key) : value;
        of[places[k]!] = known === null ? NaN : toScale(known, scale);
      }
      return of;
    }),
    words: COMPARED_WORDS.map((_, n) => indexed(row![`w${n}`], places)),
    sAlpha: Uint8Array.from(
      indexedBy(row!.s_alpha, places),
      (w) => w === "1" ? 1 : 0,
    ),
  };
}

function joined(word: Fragment): Fragment {
  return sql`string_agg(coalesce(${word}, ''), E'\n')`;
}

function indexedBy(text: string, places: number[]): string[] {
  const words: string[] = [];
  const lines = text.split("\n");
  if (lines.length !== places.length) throw new Error("A word has two lines");
  for (const [k, word] of lines.entries()) words[places[k]!] = word;
  return words;
}

function indexed(text: string, places: number[]): HeldPhysics["words"][number] {
  const index = new Map<string, number>();
  const of = Uint16Array.from(indexedBy(text, places), (word) => {
    const known = index.get(word) ?? index.size;
    index.set(word, known);
    return known;
  });
  return { index, of };
}
