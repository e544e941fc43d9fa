import { sql } from "../sql.ts";
import { FACET_COLUMNS } from "./searchable.ts";
import { listed } from "./where.ts";

/** Sets that are kept; some 100 bytes each. */
const MAX_SETS = 200_000;

/** A value of a facet. */
export interface FacetValue {
  /** Index in `FACET_COLUMNS`. */
  column: number;
  word: string;
}

/** Every value that was ever seen, under the number that stands for it. */
export const facetValues: FacetValue[] = [];
const numbers = new Map<string, number>();
/**
 * Numbers of the values that a run has, by its `runs.facet_set`, the hash of just these values: what is kept here can never be wrong,
 * and runs that agree in all facets need to be looked at once only.
 */
const sets = new Map<number, Uint32Array>();

/** The number of a value that some run has; what people type gets none, or it could fill the memory. */
export function valueNumber(column: number, word: string): number {
  const known = knownValue(column, word);
  if (known !== undefined) return known;
  const number = facetValues.push({ column, word }) - 1;
  numbers.set(`${column} ${word}`, number);
  return number;
}

/** The number of a value, if any run was ever seen to have it. */
export function knownValue(column: number, word: string): number | undefined {
  return numbers.get(`${column} ${word}`);
}

/** Runs that agree in all facets. */
export interface FacetSet {
  /** Numbers of their values. */
  values: Uint32Array;
  runs: number;
}

/** The sets of values that these runs have, with how many of them have each; `hashes`: a `facet_set` for each run. */
export async function facetSets(hashes: Iterable<number>): Promise<FacetSet[]> {
  const counts = new Map<number, number>();
  for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  const known = await valuesOf(counts.keys());
  return [...known].map(([hash, values]) => ({
    values,
    runs: counts.get(hash)!,
  }));
}

/** The values of different sets, by hash; those whose runs have just gone are left out. */
export async function valuesOf(
  hashes: Iterable<number>,
): Promise<Map<number, Uint32Array>> {
  const wanted = [...hashes];
  const unknown = wanted.filter((hash) => !sets.has(hash));
  if (unknown.length > 0) await learn(unknown);
  const found = new Map<number, Uint32Array>();
  for (const hash of wanted) {
    const values = sets.get(hash);
    if (values) found.set(hash, values);
  }
  return found;
}

async function learn(hashes: number[]): Promise<void> {
  const read = await readSets(hashes);
  if (sets.size + read.length > MAX_SETS) dropOldest(read.length);
  for (const [hash, values] of read) sets.set(hash, values);
}

function dropOldest(n: number): void {
  for (const hash of sets.keys()) {
    if (n-- <= 0) return;
    sets.delete(hash);
  }
}

async function readSets(hashes: number[]): Promise<[number, Uint32Array][]> {
  const columns = listed(FACET_COLUMNS.map((c) => sql`${sql(c.key)}`));
  const rows = await sql`
    select facet_set, ${columns} from unnest(${hashes}::bigint[]) h,
      lateral (select * from runs where facet_set = h and hidden_at is null limit 1) r`
    .values();
  return rows.map(([hash, ...cells]) => [
    hash as number,
    Uint32Array.from(
      cells.flatMap((cell, n) =>
        [cell as unknown].flat().filter((v) => v !== null).map((v) =>
          valueNumber(n, String(v))
        )
      ),
    ),
  ]);
}
