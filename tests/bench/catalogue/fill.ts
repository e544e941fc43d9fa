import type postgres from "postgres";

const SQL_FILE = new URL("./fill.sql", import.meta.url);
const ADDED_INDEXES = `
  select indexname as name, indexdef as definition from pg_indexes
  where tablename = 'runs' and indexname not in (select conname from pg_constraint)`;
/** Mean number of wavenumbers that share one physics (fill.sql). */
const BLOCK = 14;

/** How a catalogue is filled. */
export interface Filling {
  runs: number;
  /** Size of each run's stored reading; it lies outside the row when it has more than some hundred bytes. */
  detail_bytes: number;
  /** Parameters of each input file. */
  inputs: number;
}

/**
 * Fills an empty, migrated catalogue with runs as a real one has them: blocks of 10 to 18 wavenumbers sharing their physics, five codes
 * with their own habits, skewed and correlated values, nulls. The same seed gives the same catalogue.
 */
export async function fillCatalogue(
  sql: postgres.Sql,
  { runs, detail_bytes, inputs }: Filling,
  /** Is told what is being done. */
  log: (what: string) => void = () => {},
): Promise<void> {
  const indexes = await sql.unsafe(ADDED_INDEXES);
  const text = await Deno.readTextFile(SQL_FILE);
  await sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`;
    // Building an index at the end takes a fraction of the time.
    for (const { name } of indexes) await tx`drop index ${sql(name)}`;
    await tx`create temporary table bench on commit drop as
      select ${
      Math.ceil(runs / BLOCK * 1.1)
    }::int as blocks, ${runs}::int as runs,
        ${detail_bytes}::int as detail_bytes, ${inputs}::int as inputs`;
    log(`${runs} runs`);
    await tx.unsafe(text);
    await tx`set local maintenance_work_mem = '256MB'`;
    for (const { name, definition } of indexes) {
      log(name);
      await tx.unsafe(definition);
    }
  });
  log("vacuum");
  await sql`vacuum (analyze) runs`;
}
