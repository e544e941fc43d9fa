import { sql } from "../sql.ts";
import { type Memory, memory, type Order } from "./memory.ts";
import { findInMemory } from "./memory_found.ts";
import { countMet, heldInputs } from "./memory_inputs.ts";
import { readWholeNumbers } from "./numbers.ts";
import type { RunFilter, RunQuery } from "./query.ts";
import { runsOf } from "./sample.ts";
import type { Fragment, Way } from "./where.ts";

/** Orders that are held at once, 8 bytes for each run. */
const MOST = 12;

/** Values of a parameter that its index may be asked for at once: each costs time for every run that it finds. */
const MOST_VALUES = 500;

/** The numbers of the runs of a page, in no particular order; null where memory does not know them. `orderBy`: as in SQL. */
export async function pageInMemory(
  query: RunQuery,
  orderBy: Fragment,
): Promise<number[] | null> {
  const found = await findInMemory(query);
  if (!found || found.memory.share < 1) return null;
  const { memory, places } = found;
  const order = orderOf(memory, query, orderBy);
  if (!order) return null;
  const offset = ((query.page ?? 1) - 1) * query.size;
  const ranks = places.map((place) => order.ranks[place]!).sort();
  return Array.from(
    ranks.subarray(offset, offset + query.size),
    (rank) => memory.ids[order.places[rank]!]!,
  );
}

/** How the texts and inputs of a large catalogue are best asked for a page, as the runs in memory let expect. */
export async function wayToFind(
  query: RunQuery,
  orderBy: Fragment,
): Promise<Way> {
  if (query.text === null && query.inputs.length === 0) return "any";
  const held = await memory();
  if (held.share === 1) return "any";
  const found = await findInMemory(query);
  const order = orderOf(held, query, orderBy);
  if (!found || !order) return await wayToCount(query);
  const end = (query.page ?? 1) * query.size * held.share;
  const ranks = found.places.map((place) => order.ranks[place]!).sort();
  const passed = ranks[Math.ceil(end)] ?? held.ids.length;
  if (found.places.length > passed) return "walk";
  return await canGather(held, query) ? "gather" : "any";
}

/** How they are best asked for what few runs have, all of which are wanted. */
export async function wayToCount(filter: RunFilter): Promise<Way> {
  if (filter.inputs.length === 0) return "any";
  const held = await memory();
  return held.share < 1 && await canGather(held, filter) ? "gather" : "any";
}

async function canGather(
  held: Memory,
  { inputs }: RunFilter,
): Promise<boolean> {
  const parameters = await heldInputs(held, inputs);
  return parameters.every((parameter, n) =>
    countMet(parameter, inputs[n]!) <= MOST_VALUES
  );
}

/** A sort that is not in memory will be, soon: what asks for it now does without. */
function orderOf(
  memory: Memory,
  { sort }: RunQuery,
  orderBy: Fragment,
): Order | null {
  const name = `order by ${sort.column} ${sort.descending}`;
  const order = memory.orders.get(name);
  if (order) return order;
  if (!memory.reading.has(name)) {
    memory.reading.add(name);
    readOrder(memory, orderBy).then((read) => {
      if (memory.orders.size >= MOST) memory.orders.clear();
      memory.orders.set(name, read);
      // Postgres has refused it; whoever asks again has it tried again.
    }).catch(() => {}).finally(() => memory.reading.delete(name));
  }
  return null;
}

async function readOrder(memory: Memory, orderBy: Fragment): Promise<Order> {
  const [row] = await sql<[{ ids: Uint8Array | null }]>`
    select string_agg(int8send(id), ''::bytea) as ids
    from (select id from ${
    runsOf(memory.pages)
  } where hidden_at is null ${orderBy}) sorted`;
  const places: number[] = [];
  for (const id of readWholeNumbers(row.ids)) {
    const place = memory.places.get(id);
    if (place !== undefined) places.push(place);
  }
  // Runs have changed meanwhile; the next version is read anew.
  if (places.length < memory.ids.length) throw new Error("Runs have gone");
  const ranks = new Uint32Array(places.length);
  for (const [rank, place] of places.entries()) ranks[place] = rank;
  return { places: Uint32Array.from(places), ranks };
}
