import { sql } from "./sql.ts";

/** So many requests may come at once; afterwards one more for each `period_s / count` seconds. */
export interface RateLimit {
  count: number;
  period_s: number;
}

/**
 * Takes one of the requests that `key` may make.
 *
 * GCRA (generic cell rate algorithm, ITU-T I.371): the row holds the theoretical arrival time of the next request; one upsert
 * decides, so that of any number of parallel requests exactly `count` pass.
 *
 * @returns 0 when taken, else the seconds to wait.
 */
export async function takeOne(
  key: string,
  { count, period_s }: RateLimit,
): Promise<number> {
  const step_s = period_s / count;
  const [taken] = await sql`
    insert into rate_limits as r (key, arrival) values (${key}, now() + make_interval(secs => ${step_s}))
    on conflict (key) do update set arrival = greatest(r.arrival, now()) + make_interval(secs => ${step_s})
    where r.arrival <= now() + make_interval(secs => ${period_s - step_s})
    returning key`;
  return taken ? 0 : await secondsLeft(key, period_s - step_s);
}

/** Forgets what a key has taken: after a right password the earlier wrong ones do not count. */
export async function forgetTaken(key: string): Promise<void> {
  await sql`delete from rate_limits where key = ${key}`;
}

/** Deletes keys whose whole allowance is back. */
export async function deleteIdleLimits(): Promise<void> {
  await sql`delete from rate_limits where arrival < now()`;
}

async function secondsLeft(key: string, tolerance_s: number): Promise<number> {
  const [row] = await sql<[{ seconds: number }?]>`
    select extract(epoch from arrival - now())::float8 - ${tolerance_s} as seconds
    from rate_limits where key = ${key}`;
  return Math.max(1, Math.ceil(row?.seconds ?? 1));
}
