import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { CoveragePage } from "../components/coverage.tsx";
import { binBounds } from "../components/coverage_words.ts";
import {
  COVER_COLUMNS,
  coverageAddress,
  type CoverageGrid,
  CoverageQuery,
  getCoverage,
  getOverview,
} from "../db/coverage.ts";
import { queryPairs, queryString, searchAddress } from "../db/runs/address.ts";
import type { Range } from "../db/runs/query.ts";
import { type AppEnv, badQuery, notFound } from "./http.ts";
import { nearby } from "./near.ts";
import { csvLine } from "./runs_export.ts";
import { chipsOf } from "./search_chips.ts";

/** Where in parameter space there are runs; the same filters as the search. */
export const exploreCoverage = new Hono<AppEnv>();

exploreCoverage.get(
  "/explore/coverage",
  zValidator("query", CoverageQuery, badQuery),
  async (c) => {
    const view = await near(c.req.valid("query"));
    const [grid, overview] = await Promise.all([
      getCoverage(view),
      getOverview(view.query),
    ]);
    const query = { ...view.query, page: null };
    return c.render(
      <CoveragePage
        {...{ x: view.x, y: view.y, grid, overview }}
        axes={COVER_COLUMNS}
        hidden={queryPairs(query)}
        chips={chipsOf(query).map((chip) => ({
          ...chip,
          href: coverageAddress({ ...view, query: chip.without }),
        }))}
        search={queryString(query)}
        searchHref={searchAddress(query)}
        csvHref={coverageAddress(view, "/explore/coverage.csv")}
        pairHref={(x, y) => coverageAddress({ ...view, x, y })}
        cellHref={(column, row) => cellAddress(view, grid!, { column, row })}
      />,
      { title: `Coverage of ${view.x} and ${view.y}`, wide: true },
    );
  },
);

exploreCoverage.get(
  "/explore/coverage.csv",
  zValidator("query", CoverageQuery, badQuery),
  async (c) => {
    const view = await near(c.req.valid("query"));
    const { xEdges, yEdges, counts } = await getCoverage(view) ?? notFound();
    const ends = [view.x, view.y].flatMap((k) => [`${k}_from`, `${k}_below`]);
    const lines = counts.flatMap((cells, row) =>
      cells.map((runs, column) => {
        const [x, y] = [binBounds(xEdges, column), binBounds(yEdges, row)];
        return [x.min, x.max, y.min, y.max, runs];
      })
    );
    return c.body([[...ends, "runs"], ...lines].map(csvLine).join(""), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition":
        `attachment; filename="mgkdb_coverage_${view.x}_${view.y}.csv"`,
    });
  },
);

/** The search for the runs of a cell. */
function cellAddress(
  { x, y, query }: CoverageQuery,
  { xEdges, yEdges }: CoverageGrid,
  { column, row }: { column: number; row: number },
): string {
  const ranges = new Map(query.ranges);
  ranges.set(x, within(binBounds(xEdges, column)));
  ranges.set(y, within(binBounds(yEdges, row)));
  return searchAddress({ ...query, ranges, page: null });
}

/** A bin ends below its upper edge, a range of the search at its bound: a little less, so that round numbers are found once. */
function within(
  { min, max }: { min: number | null; max: number | null },
): Range {
  const below = max === null
    ? null
    : Number((max - (Math.abs(max) || 1e-3) * 1e-9).toPrecision(12));
  return { min, max: below, any: false, abs: false, cs_a: false };
}

async function near(view: CoverageQuery): Promise<CoverageQuery> {
  return { ...view, query: await nearby(view.query) };
}
