import { sql } from "../sql.ts";
import { type FacetSet, valuesOf } from "./facet_sets.ts";
import { type Tally, tally } from "./facet_tally.ts";
import type { HeldColumn } from "./memory_columns.ts";
import type { Found } from "./memory_found.ts";
import type { HeldInput } from "./memory_inputs.ts";
import type { HeldPhysics } from "./memory_near.ts";
import type { HeldTexts } from "./memory_texts.ts";
import { readWholeNumbers } from "./numbers.ts";
import { catalogueSize, isLarge, runsOf } from "./sample.ts";
import { catalogueVersion } from "./version.ts";

/** Runs that are held of a large catalogue. */
const SAMPLE = 60_000;
/** What is held of a large catalogue is at most so old. */
const GOOD_FOR_MS = 600_000;

/**
 * What a search needs of the runs to count them without asking Postgres, by their places in it: some 100 bytes for each,
 * 100 more for free text, 80 for runs of like physics, and 8 for each column, order and input parameter that was asked for. All runs, as
 * they are now; of a large catalogue a sample, the same one for ten minutes.
 */
export interface Memory {
  version: string;
  /** Held runs of all: 1, or less where the catalogue is large. */
  share: number;
  /** The share of the table's pages that they were read from: what is read later must come from the same. */
  pages: number;
  ids: Float64Array;
  /** By the number of the run. */
  places: Map<number, number>;
  sets: FacetSet[];
  /** Index in `sets`, by place. */
  setOf: Uint32Array;
  all: Tally;
  columns: Map<string, HeldColumn>;
  /** By the name of a sort. */
  orders: Map<string, Order>;
  /** By the names that were asked for. */
  inputs: Map<string, Promise<HeldInput>>;
  /** Of a sample: where each number of `runs.inputs` is. */
  settings: Promise<Map<number, Uint32Array>> | null;
  texts: HeldTexts | null;
  physics: HeldPhysics | null;
  /** What was found last. */
  found: Map<string, Promise<Found>>;
  /** What is being read into it. */
  reading: Set<string>;
}

/** All runs in the order of a sort. */
export interface Order {
  /** By rank. */
  places: Uint32Array;
  /** By place. */
  ranks: Uint32Array;
}

let kept: Memory | null = null;
let next: { version: string; memory: Promise<Memory> } | null = null;

/** The catalogue as it is kept in memory. What is kept is compared with the table each time, so that counts are never behind. */
export async function memory(): Promise<Memory> {
  const large = await isLarge();
  const version = large
    ? `large ${Math.floor(Date.now() / GOOD_FOR_MS)}`
    : await catalogueVersion();
  if (kept?.version === version) return kept;
  if (next?.version !== version) next = { version, memory: read(version) };
  const reading = next.memory.then((read) => kept = read);
  if (!large || !kept || kept.share === 1) return await reading;
  // The next request tries again.
  reading.catch(() => next = null);
  return kept;
}

async function read(version: string): Promise<Memory> {
  const size = await catalogueSize();
  const share = await isLarge() ? SAMPLE / size : 1;
  const [row] = await sql<[{ bytes: Uint8Array | null }]>`
    select string_agg(int8send(id) || int8send(facet_set), ''::bytea) as bytes
    from ${runsOf(share)} where hidden_at is null`;
  const numbers = readWholeNumbers(row.bytes);
  const ids = numbers.filter((_, n) => n % 2 === 0);
  const hashes = numbers.filter((_, n) => n % 2 === 1);
  const { sets, setOf } = await setsOf(hashes);
  return {
    version,
    share: share === 1 ? 1 : ids.length / size,
    pages: share,
    ids,
    places: new Map(Array.from(ids, (id, place) => [id, place])),
    sets,
    setOf,
    all: tally(sets, []),
    columns: new Map(),
    orders: new Map(),
    inputs: new Map(),
    settings: null,
    texts: null,
    physics: null,
    found: new Map(),
    reading: new Set(),
  };
}

async function setsOf(
  hashes: Float64Array,
): Promise<Pick<Memory, "sets" | "setOf">> {
  const known = await valuesOf(new Set(hashes));
  const indexes = new Map<number, number>();
  const sets: FacetSet[] = [];
  const setOf = Uint32Array.from(hashes, (hash) => {
    const index = indexes.get(hash) ?? sets.length;
    if (index === sets.length) {
      indexes.set(hash, index);
      // None: a run that has just gone.
      const values = known.get(hash) ?? new Uint32Array();
      sets.push({ values, runs: 0 });
    }
    sets[index]!.runs++;
    return index;
  });
  return { sets, setOf };
}
