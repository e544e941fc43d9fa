import { sql } from "../db/sql.ts";
import { until } from "./until.ts";

/** Waits until an app over this test's database has read its whole source once: what a search counts stays from then on. */
export async function firstSync(): Promise<void> {
  await until(
    async () =>
      (await sql`select from sync_passes where finished_at is not null`)
        .length > 0,
    { what: "the end of the first sync", ms: 60_000 },
  );
}
