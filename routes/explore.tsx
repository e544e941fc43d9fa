import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { ExplorePage } from "../components/explore.tsx";
import { densityFile, pointsFile } from "../components/plots/explore_file.ts";
import {
  AXIS_COLUMNS,
  type Density,
  Exploration,
  explorationAddress,
  getDensity,
  GRID,
  GROUP_COLUMNS,
  listPoints,
  type Points,
} from "../db/explore.ts";
import { queryPairs, queryString, searchAddress } from "../db/runs/address.ts";
import { countRuns, listRuns, type RunRow } from "../db/runs/list.ts";
import { DEFAULT_SORT, type Range } from "../db/runs/query.ts";
import { type AppEnv, badQuery, currentUser, notFound } from "./http.ts";
import { nearby } from "./near.ts";
import { drawnFile, type PlotFormat } from "./plot_file.ts";
import { chipsOf } from "./search_chips.ts";

/** Runs as points over two columns; the same filters as the search. */
export const explore = new Hono<AppEnv>();

explore.get(
  "/explore",
  zValidator("query", Exploration, badQuery),
  async (c) => {
    const view = await near(c.req.valid("query"));
    const [total, { points, density }, rows] = await Promise.all([
      countRuns(view.query),
      drawnOf(view),
      rowsOf(view, currentUser(c).role === "admin"),
    ]);
    const { x, y, query } = view;
    const first = { ...query, page: null };
    const rest = new Map(
      [...query.ranges].filter(([key]) => key !== x && key !== y),
    );
    const open = { ...first, ranges: rest };
    return c.render(
      <ExplorePage
        {...{ view, points, density, total, rows }}
        grid={GRID}
        axes={AXIS_COLUMNS}
        groupings={GROUP_COLUMNS}
        hidden={queryPairs(open)}
        chips={chipsOf(query).map((chip) => ({
          ...chip,
          href: explorationAddress({ ...view, query: chip.without }),
        }))}
        searchHref={searchAddress(first)}
        openHref={searchAddress(open)}
        search={queryString(first)}
        file={(format) =>
          explorationAddress(view, `/explore/scatter.${format}`)}
        boxHref={(box) =>
          searchAddress({ ...first, ranges: bounded(view, box) })}
      />,
      {
        title: `Explore ${y} against ${x}`,
        wide: true,
        scripts: ["brush.js"],
      },
    );
  },
);

explore.get(
  "/explore/:file{scatter\\.(csv|svg|png)}",
  zValidator("query", Exploration, badQuery),
  async (c) => {
    const view = await near(c.req.valid("query"));
    const { points, density } = await drawnOf(view);
    const search = queryString(view.query);
    const about = search === ""
      ? "MGKDB, all runs."
      : `MGKDB runs of the search ${search}.`;
    if (density === null && !points?.ids.length) notFound();
    const { table, svg } = points === null
      ? densityFile(view, { density: density!, grid: GRID, about })
      : pointsFile(view, points, about);
    return drawnFile(c, {
      table,
      svg,
      format: c.req.param("file").split(".")[1] as PlotFormat,
      name: `mgkdb_${view.y}_against_${view.x}`,
    });
  },
);

/** Points, or a grid where there are too many. */
async function drawnOf(
  view: Exploration,
): Promise<{ points: Points | null; density: Density | null }> {
  const points = await listPoints(view);
  return { points, density: points === null ? await getDensity(view) : null };
}

/** The runs of the table: with both values, the largest y first. */
async function rowsOf(
  view: Exploration,
  wholeFolders: boolean,
): Promise<RunRow[]> {
  const { x, y, query } = view;
  const columns = [x, y, view.colour, view.symbol, "folder"]
    .filter((key) => key !== null);
  const sort = query.sort === DEFAULT_SORT
    ? { column: y, descending: true }
    : query.sort;
  const both = { ...query, ranges: bounded(view, {}), sort, page: 1 };
  return await listRuns(both, { columns, wholeFolders });
}

/** The ranges of a search, with both axes bounded so that every run has both values. */
function bounded(
  { x, y, query }: Exploration,
  box: { x?: [number, number]; y?: [number, number] },
): Map<string, Range> {
  const ranges = new Map(query.ranges);
  for (const [key, bounds] of [[x, box.x], [y, box.y]] as const) {
    const [min, max] = bounds ?? [-Number.MAX_VALUE, Number.MAX_VALUE];
    const old = ranges.get(key);
    ranges.set(
      key,
      bounds || !old
        ? { min, max, any: false, abs: false, cs_a: false }
        : { ...old, any: false },
    );
  }
  return ranges;
}

async function near(view: Exploration): Promise<Exploration> {
  return { ...view, query: await nearby(view.query) };
}
