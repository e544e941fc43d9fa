import { getPhysics, nearestRuns } from "../nearest.ts";
import type { RunQuery } from "./query.ts";

/** Runs of like physics that a search looks through. */
const MOST = 100;

/** The search with the runs nearest to the one it compares with, itself left out; null when that run is unknown or hidden. */
export async function withNear<T extends Pick<RunQuery, "like">>(
  query: T,
): Promise<T | null> {
  if (query.like === null) return query;
  const { id } = query.like;
  const physics = await getPhysics(id);
  if (physics === null) return null;
  const near = await nearestRuns(physics, { limit: MOST, except: id });
  return { ...query, like: { id, near } };
}
