import { config } from "../config.ts";
import { getCatalogueState } from "./runs/state.ts";
import { sourceReachable } from "./source/client.ts";
import { sql } from "./sql.ts";

/** How old the answer may be before it is asked for again. */
const KEEP_MS = 5_000;

/** What every page says about the source. */
export interface SiteState {
  /** The source holds demo runs. */
  demo: boolean;
  /** Set while the source cannot be reached: the start of the last good pass of the sync. */
  staleSince: Date | null;
}

let known: SiteState = {
  demo: config.EMBEDDED.includes("mongo"),
  staleSince: null,
};
let askedAt = 0;

/** The last known state. It is asked for anew behind the request's back, so that a lost source makes no page wait. */
export function siteState(): SiteState {
  if (Date.now() - askedAt > KEEP_MS) {
    askedAt = Date.now();
    // Without Postgres there is no page to show it on either.
    readState().then((state) => known = state, () => {});
  }
  return known;
}

async function readState(): Promise<SiteState> {
  const [reachable, { as_of }, [row]] = await Promise.all([
    sourceReachable(),
    getCatalogueState(),
    sql<[{ demo: boolean }]>`
      select exists (select from runs where keywords @> '{demo,analytic}') as demo`,
  ]);
  return {
    demo: row.demo || config.EMBEDDED.includes("mongo"),
    staleSince: reachable ? null : as_of ?? new Date(0),
  };
}
