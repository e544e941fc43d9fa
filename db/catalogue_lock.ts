import { sql } from "./sql.ts";

/** Any constant: one pass of the sync at a time, over all processes. */
const LOCK = 73_214_002;
const WAIT_MS = 60_000;
const RETRY_MS = 250;

/**
 * Runs `work` while no other process does, waiting up to a minute for its turn.
 *
 * The lock belongs to a connection, so that Postgres frees it when the process dies.
 * @throws {Error} when the turn did not come, and whatever `work` or the signal throws
 */
export async function withCatalogueLock<T>(
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const connection = await sql.reserve();
  try {
    const deadline = Date.now() + WAIT_MS;
    while (
      !(await connection<
        [{ held: boolean }]
      >`select pg_try_advisory_lock(${LOCK}) as held`)[0].held
    ) {
      signal?.throwIfAborted();
      if (Date.now() > deadline) {
        throw new Error("Another pass of the catalogue sync is still running");
      }
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
    try {
      return await work();
    } finally {
      await connection`select pg_advisory_unlock(${LOCK})`;
    }
  } finally {
    connection.release();
  }
}
