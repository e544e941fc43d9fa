import { countFacets } from "../../../db/runs/facets.ts";
import { findHistograms } from "../../../db/runs/memory_histograms.ts";
import { withNear } from "../../../db/runs/like.ts";
import { parseQueryString, type RunQuery } from "../../../db/runs/query.ts";
import { FACET_COLUMNS } from "../../../db/runs/searchable.ts";
import { listed, where } from "../../../db/runs/where.ts";
import { sql } from "../../../db/sql.ts";
import { histogramQuantities } from "../../../routes/search_histograms.ts";
import { shownColumns } from "../../../routes/search_view.ts";
import type { Browser } from "../../make.ts";
import type { Scenario } from "./scenarios.ts";

const REQUESTS = 40;
const WARM_UP = 6;
const BARE_REQUESTS = 10;
/** Counting a million runs for each facet takes many seconds. */
const BARE_COUNTS = 2;

/** Milliseconds of one scenario. */
export interface Measured {
  key: string;
  title: string;
  p50: number;
  p95: number;
  /** Of the plainest SQL with the same result; null where there is none. */
  bare: number | null;
}

/** Asks for all requests of a scenario, one after the other. */
export async function measureScenario(
  browser: Browser,
  scenario: Scenario,
): Promise<Measured> {
  const { key, title } = scenario;
  const times = [];
  for (let n = -WARM_UP; n < REQUESTS; n++) {
    const query = scenario.query(n < 0 ? n + REQUESTS : n);
    const ms = await timeOf(() => ask(browser, scenario, query));
    if (n >= 0) times.push(ms);
  }
  const bare = [];
  const bareRequests = scenario.counts ? BARE_COUNTS : BARE_REQUESTS;
  for (let n = 0; n < bareRequests; n++) {
    const query = parseQueryString(scenario.query(n)).data!;
    const near = await withNear(query);
    const statement = bareStatement(near!, scenario);
    if (statement) bare.push(await timeOf(statement));
  }
  return {
    key,
    title,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    bare: bare.length > 0 ? quantile(bare, 0.5) : null,
  };
}

async function ask(
  browser: Browser,
  { counts }: Scenario,
  query: string,
): Promise<void> {
  if (counts) {
    const read = parseQueryString(query).data!;
    if (counts === "facets") await countFacets(read);
    else await findHistograms(read, histogramQuantities(read), null);
    return;
  }
  // As the app asks for it itself, since a form with empty fields would be redirected.
  const address = `/runs?${query}`.replace(/[?&]$/, "");
  const response = await browser.get(address);
  const body = await response.text();
  if (response.status !== 200) {
    throw new Error(`${address}: ${response.status} ${body.slice(0, 300)}`);
  }
}

/** Rows of the page as one simple statement, or the counts as one for each facet. */
function bareStatement(
  query: RunQuery,
  { counts }: Scenario,
): (() => Promise<unknown>) | null {
  if (counts === "histograms") return null;
  if (counts === "facets") {
    return async () => {
      for (const { key, kind } of FACET_COLUMNS) {
        const value = kind === "list"
          ? sql`unnest(${sql(key)})`
          : sql`${sql(key)}`;
        await sql`select ${value} as value, count(*) from runs where ${
          where(query, key)
        } group by 1 order by 2 desc`;
      }
    };
  }
  const { column, descending } = query.sort;
  const names = ["id", "source_id", "implausible", ...shownColumns(query)];
  const columns = listed([...new Set(names)].map((k) => sql`${sql(k)}`));
  const offset = ((query.page ?? 1) - 1) * query.size;
  return async () =>
    await sql`select ${columns} from runs where ${
      where(query, undefined, query.inputs.length > 0 ? "gather" : "any")
    }
      order by ${sql(column)} ${descending ? sql`desc` : sql``} nulls last, id
      limit ${query.size} offset ${offset}`;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Of a list of times, by the nearest rank. */
export function quantile(times: number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1]!;
}
