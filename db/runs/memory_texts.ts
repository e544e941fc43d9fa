import { sql } from "../sql.ts";
import type { Memory } from "./memory.ts";
import { readWholeNumbers } from "./numbers.ts";
import { runsOf } from "./sample.ts";

/** Runs whose texts are one string: looking through a string takes a fraction of looking through its lines. */
const TOGETHER = 1000;
/** Words that lower case changes the same way here and in Postgres. */
const PLAIN = /^[\x20-\x7e]*$/;

/** The text of each run in memory that free text looks through; some 100 bytes for each. */
export interface HeldTexts {
  /** Of many runs each, a line for every run. */
  pieces: string[];
  /** By piece: where each line begins, and where the piece ends. */
  begins: Uint32Array[];
  /** By piece: the place of the run of each line. */
  places: Uint32Array[];
}

/** Whether memory can answer free text. If it only lacks the texts it will have them soon: what asks now does without. */
export function hasTexts(memory: Memory, text: string): boolean {
  if (!PLAIN.test(text)) return false;
  if (memory.texts === null && !memory.reading.has("texts")) {
    memory.reading.add("texts");
    // Postgres has refused it; whoever asks again has it tried again.
    readTexts(memory).then((read) => memory.texts = read).catch(() => {})
      .finally(() => memory.reading.delete("texts"));
  }
  return memory.texts !== null;
}

/** Marks the places of the runs whose text holds a word somewhere, whatever the case; as where.ts says it in SQL. */
export function findWord(
  { pieces, begins, places }: HeldTexts,
  word: string,
  marks: Uint8Array,
): void {
  const wanted = word.toLowerCase();
  for (const [n, piece] of pieces.entries()) {
    const [starts, runs] = [begins[n]!, places[n]!];
    let line = 0;
    let at = piece.indexOf(wanted);
    while (at >= 0) {
      while (starts[line + 1]! <= at) line++;
      marks[runs[line]!] = 1;
      at = piece.indexOf(wanted, starts[line + 1]);
    }
  }
}

async function readTexts(memory: Memory): Promise<HeldTexts> {
  // A word never holds a space of any kind, so that a break of lines may stand for a space.
  const rows = await sql<{ ids: Uint8Array; text: string }[]>`
    select string_agg(int8send(id), ''::bytea) as ids, string_agg(translate(search_text, E'\n', ' '), E'\n') as text
    from (select id, search_text, row_number() over () as n from ${
    runsOf(memory.pages)
  } where hidden_at is null) r
    group by n / ${TOGETHER}`;
  const held: HeldTexts = { pieces: [], begins: [], places: [] };
  for (const { ids, text } of rows) {
    const lines = text.split("\n");
    let begin = 0;
    const starts = lines.map((line) =>
      (begin += line.length + 1) - line.length - 1
    );
    held.pieces.push(text);
    held.begins.push(Uint32Array.from([...starts, text.length + 1]));
    held.places.push(
      Uint32Array.from(
        readWholeNumbers(ids),
        (id) => memory.places.get(id) ?? memory.ids.length,
      ),
    );
  }
  return held;
}
