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

/** The values of each of the sets, by their hash. One whose runs have just gone is left out. */
export async function facetSets(
  hashes: Iterable<number>,
): Promise<Map<number, Uint32Array>> {
  const found = new Map<number, Uint32Array>();
  const unknown = [];
  for (const hash of hashes) {
    const set = sets.get(hash);
    if (set) found.set(hash, set);
    else unknown.push(hash);
  }
  if (unknown.length === 0) return found;
  if (sets.size + unknown.length > MAX_SETS) sets.clear();
  for (const [hash, set] of await readSets(unknown)) {
    sets.set(hash, set);
    found.set(hash, set);
  }
  return found;
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
