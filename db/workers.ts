import { sql } from "./sql.ts";

/** Seconds between two beats of a pool of workers. */
export const BEAT_S = 5;
/** Seconds without a beat after which a pool is taken for dead. */
export const STALE_S = 15;

/** Says that a pool of workers is alive. */
export async function beat(poolId: string): Promise<void> {
  await sql`
    insert into worker_pools (id) values (${poolId})
    on conflict (id) do update set beat_at = now()`;
}

/** Says that a pool has ended in good order. */
export async function endBeat(poolId: string): Promise<void> {
  await sql`delete from worker_pools where id = ${poolId}`;
}

/**
 * Frees the jobs of pools that were killed, which the queue itself would leave locked for four hours.
 *
 * @returns the ids of the pools whose jobs were freed.
 */
export async function reap(): Promise<string[]> {
  const dead = await sql<{ locked_by: string }[]>`
    select distinct locked_by from graphile_worker.jobs
    where locked_at < now() - make_interval(secs => ${STALE_S})
      and not exists (select from worker_pools where id = locked_by and beat_at > now() - make_interval(secs => ${STALE_S}))`;
  const ids = dead.map((d) => d.locked_by);
  if (ids.length > 0) {
    await sql`select graphile_worker.force_unlock_workers(${ids})`;
  }
  await sql`delete from worker_pools where beat_at < now() - interval '1 hour'`;
  return ids;
}

/** Pools that have beaten lately, the oldest first. */
export function listPools(): Promise<
  { id: string; started_at: Date; beat_at: Date }[]
> {
  return sql`select id, started_at, beat_at from worker_pools where beat_at > now() - make_interval(secs => ${STALE_S}) order by started_at`;
}
