import postgres from "postgres";
import { config } from "../config.ts";
import { mendResults } from "./whole_results.ts";

/** Connections per process; the queue's own pool of `pg` comes on top (jobs/worker.ts). */
const POOL_SIZE = 10;
const STATEMENT_TIMEOUT_MS = 30_000;

/** Connections for exports, and so the number of exports that a process sends at once. */
export const EXPORT_POOL_SIZE = 4;
/** Postgres counts a cursor from its first batch to its last, and so the time that the client takes to read, too. */
const EXPORT_TIMEOUT_MS = 3_600_000;
/** The connections of exports are closed when nobody has used them for so long. */
const EXPORT_IDLE_S = 60;

/** A client or transaction of Postgres: both take the same tagged templates. */
export type Sql = postgres.Sql | postgres.TransactionSql;

/** The Postgres client of this process. Rows keep their SQL names: a catalogue column's name is public. */
export const sql = connect({
  max: POOL_SIZE,
  statement_timeout: STATEMENT_TIMEOUT_MS,
});
mendResults(sql);

/** Connections of their own for what is sent as fast as its client reads it: pages never wait for a slow line. Opened when first used. */
export const exportSql = connect({
  max: EXPORT_POOL_SIZE,
  statement_timeout: EXPORT_TIMEOUT_MS,
  idle_timeout: EXPORT_IDLE_S,
});

/** Closes all connections; statements that still run have `timeout_s` to end. */
export async function closeSql(timeout_s: number): Promise<void> {
  const timeout = timeout_s;
  await Promise.all([sql.end({ timeout }), exportSql.end({ timeout })]);
}

function connect(
  { statement_timeout, ...pool }: {
    max: number;
    statement_timeout: number;
    idle_timeout?: number;
  },
) {
  return postgres(config.DATABASE_URL!, {
    ...pool,
    onnotice: () => {},
    connect_timeout: 5,
    types: {
      // Identities and counts stay below 2^53.
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
    },
    connection: {
      application_name: `mgkdb-${config.ROLE}`,
      statement_timeout,
      // A search's plan hangs on its bounds, and compiling it takes longer than running it.
      plan_cache_mode: "force_custom_plan",
      jit: "off",
    },
  });
}
