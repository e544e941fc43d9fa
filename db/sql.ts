import postgres from "postgres";
import { config } from "../config.ts";
import { mendResults } from "./whole_results.ts";

/** Connections per process; the queue's own pool of `pg` comes on top (jobs/worker.ts). */
const POOL_SIZE = 10;
const STATEMENT_TIMEOUT_MS = 30_000;

/** A client or transaction of Postgres: both take the same tagged templates. */
export type Sql = postgres.Sql | postgres.TransactionSql;

/** The Postgres client of this process. Rows keep their SQL names: a catalogue column's name is public. */
export const sql = postgres(config.DATABASE_URL!, {
  max: POOL_SIZE,
  onnotice: () => {},
  connect_timeout: 5,
  types: {
    // Identities and counts stay below 2^53.
    bigint: { to: 20, from: [20], serialize: String, parse: Number },
  },
  connection: {
    application_name: `mgkdb-${config.ROLE}`,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // A search's plan hangs on its bounds, and compiling it takes longer than running it.
    plan_cache_mode: "force_custom_plan",
    jit: "off",
  },
});
mendResults(sql);
