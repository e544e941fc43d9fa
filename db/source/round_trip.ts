import type { Db } from "mongodb";

/** On a local network so many requests beside the one in use are enough. */
export const AHEAD_NEAR = 2;
/** Over a tunnel more are needed for the line to be busy; beyond this memory grows and the rate does not. */
const AHEAD_FAR = 6;
const FAR_MS = 4;
const PINGS = 2;

/** How many requests to ask for ahead of their use, by the round trip to the server as it is now. */
export async function requestsAhead(
  db: Db,
  signal?: AbortSignal,
): Promise<number> {
  return await roundTripMs(db, signal) > FAR_MS ? AHEAD_FAR : AHEAD_NEAR;
}

/** The shortest of some pings; 0 when the server does not answer, which is for the reading to meet. */
async function roundTripMs(db: Db, signal?: AbortSignal): Promise<number> {
  let shortest = Infinity;
  for (let n = 0; n < PINGS; n++) {
    const begin = performance.now();
    const answered = await db.command({ ping: 1 }, { signal }).then(
      () => true,
      () => false,
    );
    if (!answered) return 0;
    shortest = Math.min(shortest, performance.now() - begin);
  }
  return shortest;
}
