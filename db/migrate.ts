import { runMigrations } from "graphile-worker";
import { runColumnsDdl } from "../physics/columns.ts";
import { config } from "../config.ts";
import { addSearchColumns } from "./run_search_ddl.ts";
import { sql } from "./sql.ts";

const FOLDER = new URL("./migrations/", import.meta.url);
const INDEXES = new URL("./indexes.sql", import.meta.url);
/** Any constant: two processes that start at once take turns by it. */
const LOCK = 73_214_001;

/**
 * Brings the schema up to date: numbered files once each and in order, then the catalogue's columns and their indexes, then the queue's own schema.
 *
 * Safe to run in several processes at once.
 */
export async function migrate(): Promise<void> {
  await sql.begin(async (tx) => {
    // A new column over a million rows takes its time.
    await tx`set local statement_timeout = 0`;
    await tx`select pg_advisory_xact_lock(${LOCK})`;
    await tx`create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())`;
    const applied = new Set(
      (await tx<{ name: string }[]>`select name from migrations`).map((m) =>
        m.name
      ),
    );
    for (const name of migrationNames().filter((n) => !applied.has(n))) {
      await tx.unsafe(await Deno.readTextFile(new URL(name, FOLDER)));
      await tx`insert into migrations ${tx({ name })}`;
    }
    await tx.unsafe(runColumnsDdl());
    await addSearchColumns(tx);
    await tx.unsafe(await Deno.readTextFile(INDEXES));
  });
  await runMigrations({
    connectionString: config.DATABASE_URL,
    logger: undefined,
  });
}

function migrationNames(): string[] {
  return [...Deno.readDirSync(FOLDER)].map((f) => f.name).filter((n) =>
    n.endsWith(".sql")
  ).sort();
}
