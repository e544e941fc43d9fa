import {
  aliasesOf,
  indexed,
  type IndexedInput,
} from "../physics/input_condition.ts";
import type { InputParameters } from "../physics/simulation.ts";
import { type Sql, sql } from "./sql.ts";

/**
 * The numbers of each input's parameters in `input_values`, for the column `runs.inputs`; new names and values get theirs.
 *
 * Callers hold the catalogue's lock: two at once could both find a value new.
 */
export async function inputNumbers(
  tx: Sql,
  inputs: InputParameters[],
): Promise<number[][]> {
  const pairs = inputs.map((input) =>
    Object.entries(input).map(([name, value]) => indexed(name, value))
      .filter((p) => p !== null)
  );
  const distinct = new Map(pairs.flat().map((p) => [keyOf(p), p]));
  const numbers = await numbersOf(tx, [...distinct.values()]);
  return pairs.map((of) =>
    [...new Set(of.map((p) => numbers.get(keyOf(p))!))].sort((a, b) => a - b)
  );
}

async function numbersOf(
  tx: Sql,
  pairs: IndexedInput[],
): Promise<Map<string, number>> {
  if (pairs.length === 0) return new Map();
  const names = [...new Set(pairs.map((p) => p.name))].map((name) => ({
    name,
    aliases: aliasesOf(name),
  }));
  // What is there already is left out first: a conflict, too, would use up a number.
  await tx`
    insert into input_names (name, aliases)
    select name, aliases from jsonb_to_recordset(${
    tx.json(names)
  }) as n(name text, aliases text[])
    where not exists (select from input_names k where k.name = n.name)
    on conflict (name) do nothing`;
  const given = tx`jsonb_to_recordset(${
    tx.json(pairs as never)
  }) as g(name text, word text, number double precision) join input_names n using (name)`;
  await tx`
    insert into input_values (name_id, word, number)
    select n.id, word, number from ${given}
    where not exists (select from input_values k where k.name_id = n.id and k.word = g.word)
    on conflict (name_id, word) do nothing`;
  const rows = await tx<{ id: number; name: string; word: string }[]>`
    select v.id, g.name, g.word from ${given} join input_values v on v.name_id = n.id and v.word = g.word`;
  return new Map(rows.map((row) => [keyOf(row), row.id]));
}

/** Forgets values, and names, that no run's input has any more. Callers hold the catalogue's lock: a value that is about to be used must stay. */
export async function deleteUnusedInputs(): Promise<void> {
  await sql.begin(async (tx) => {
    // Reads every parameter of every run: seconds for a million.
    await tx`set local statement_timeout = 0`;
    await tx`
      delete from input_values where id in (
        select id from input_values except select unnest(inputs) from runs)`;
    await tx`
      delete from input_names n
      where not exists (select from input_values where name_id = n.id)`;
  });
}

function keyOf({ name, word }: Pick<IndexedInput, "name" | "word">): string {
  return `${name}\0${word}`;
}
