import { z } from "zod";
import { columnsOf, type ListOptions, type RunRow } from "./runs/list.ts";
import { sql } from "./sql.ts";

/** Runs that one basket holds: their numbers must fit into the address of a download. */
export const BASKET_SIZE = 500;

const RunId = z.string().regex(/^\d{1,15}$/, "must be a run's number")
  .transform(Number);
/** One value of a form's field, or several: as many as a basket holds, five times a page of a search. */
const RunIds = z.union([RunId.transform((id) => [id]), z.array(RunId)])
  .default([]).refine(
    (ids) => ids.length <= BASKET_SIZE,
    `at most ${BASKET_SIZE} runs can be named at once`,
  );

/**
 * `run=` (repeatable) puts runs into the basket. `shown=` (repeatable) names the rows of the page that has the boxes: those of them that
 * are not among `run` are taken out, as a browser does not send what is not ticked.
 */
export const Picks = z.object({ run: RunIds, shown: RunIds });

/** `run=` (repeatable) takes runs out of the basket, `all=yes` all of them. */
export const Removal = z.object({
  run: RunIds,
  all: z.literal("yes", "must be yes").optional(),
});

/** The numbers of a user's picked runs, the first picked first. Hidden and vanished runs are left out. */
export async function listPicked(userId: string): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select id from basket_runs join runs on runs.id = run_id
    where user_id = ${userId} and hidden_at is null order by picked_at, id`;
  return rows.map((row) => row.id);
}

/** A user's picked runs with their columns, the first picked first. */
export function listBasket(
  userId: string,
  options: ListOptions,
): Promise<RunRow[]> {
  return sql<RunRow[]>`
    select ${columnsOf(options)} from basket_runs join runs on runs.id = run_id
    where user_id = ${userId} and hidden_at is null order by picked_at, id`;
}

/** Puts runs into a basket; unknown and hidden ones are passed over. @returns false, with nothing changed, when there is no room for them */
export async function pickRuns(
  userId: string,
  { run, shown }: z.infer<typeof Picks>,
): Promise<boolean> {
  const ticked = new Set(run);
  const dropped = shown.filter((id) => !ticked.has(id));
  return await sql.begin(async (tx) => {
    // Two tabs at once must not fill it past its size together.
    await tx`select from users where id = ${userId} for update`;
    const [{ total }] = await tx<[{ total: number }]>`
      select count(*)::int as total from (
        select run_id from basket_runs where user_id = ${userId} and run_id <> all(${dropped}::bigint[])
        union select id from runs where id = any(${run}::bigint[]) and hidden_at is null
      ) both_of_them`;
    if (total > BASKET_SIZE) return false;
    await tx`delete from basket_runs where user_id = ${userId} and run_id = any(${dropped}::bigint[])`;
    await tx`
      insert into basket_runs (user_id, run_id)
      select ${userId}, id from runs where id = any(${run}::bigint[]) and hidden_at is null
      on conflict do nothing`;
    return true;
  });
}

/** Takes runs out of a basket. */
export async function unpickRuns(
  userId: string,
  { run, all }: z.infer<typeof Removal>,
): Promise<void> {
  await sql`
    delete from basket_runs where user_id = ${userId} ${
    all ? sql`` : sql`and run_id = any(${run}::bigint[])`
  }`;
}
