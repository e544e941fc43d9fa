/** How long something is tried again while Postgres is away. */
const TRIES = 30;
const PAUSE_MS = 2000;

/**
 * Says something to Postgres that must not be lost while it restarts, or asks it what the work cannot go on without.
 * @throws {unknown} the last error, after a minute; one of a missing file, and the signal's reason, at once
 */
export async function insist<T>(
  say: () => Promise<T>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<T> {
  for (let n = 1;; n++) {
    try {
      return await say();
    } catch (error) {
      signal?.throwIfAborted();
      if (n === TRIES || error instanceof Deno.errors.NotFound) throw error;
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
  }
}
