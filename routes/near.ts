import { withNear } from "../db/runs/like.ts";
import type { RunQuery } from "../db/runs/query.ts";
import { badRequest } from "./http.ts";

/** A search with the runs that `like=` means. @throws 400 that names a run that is not there */
export async function nearby(query: RunQuery): Promise<RunQuery> {
  return await withNear(query) ??
    badRequest(`like: there is no run ${query.like!.id}`);
}
