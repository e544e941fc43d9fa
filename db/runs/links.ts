import type { Tags } from "../../physics/simulation.ts";
import { sql } from "../sql.ts";

/** Runs that a page names of those which lead to one; a popular start may have hundreds. */
export const MAX_LINKED = 20;

/** A run that another names, or that names another. */
export interface LinkedRun {
  id: number;
  source_id: string;
  code: string | null;
  folder: string | null;
  suffix: string | null;
}

/** Runs that name another, the oldest first: at most {@linkcode MAX_LINKED} of `total`. */
export interface NamingRuns {
  runs: LinkedRun[];
  total: number;
}

/** Runs that were restarted from one, and runs that name it as related. */
export interface BackLinks {
  restarts: NamingRuns;
  linked: NamingRuns;
}

/** What a run's document names, of what is in the catalogue. Taken-down runs are not in it, as if they were unknown. */
export async function listNamed(
  tags: Pick<Tags, "restart" | "linked_to"> | undefined,
): Promise<LinkedRun[]> {
  const ids = [tags?.restart?.from, tags?.linked_to].filter((id) => id);
  if (ids.length === 0) return [];
  return await sql<LinkedRun[]>`
    select id, source_id, code, folder, suffix from runs
    where source_id = any(${ids as string[]}) and hidden_at is null`;
}

/** Which runs name a run; those that were taken down, and the run itself, are left out. */
export async function listBackLinks(id: number): Promise<BackLinks> {
  const [restarts, linked] = await Promise.all([
    listNaming(id, sql`detail->'tags'->'restart'->>'from'`),
    listNaming(id, sql`detail->'tags'->>'linked_to'`),
  ]);
  return { restarts, linked };
}

/** `named`: the MongoDB id that a run names, by an expression that migration 0023 has an index of. */
async function listNaming(
  id: number,
  named: ReturnType<typeof sql>,
): Promise<NamingRuns> {
  const found = await sql<(LinkedRun & { total: number })[]>`
    select id, source_id, code, folder, suffix, count(*) over ()::int as total from runs
    where ${named} = (select source_id from runs where id = ${id})
      and hidden_at is null and id <> ${id}
    order by id limit ${MAX_LINKED}`;
  return {
    total: found[0]?.total ?? 0,
    runs: found.map(({ total: _, ...run }) => run),
  };
}
