import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { ExplorePage } from "../components/explore.tsx";
import {
  AXIS_COLUMNS,
  Exploration,
  explorationAddress,
  getDensity,
  GRID,
  GROUP_COLUMNS,
  listPoints,
} from "../db/explore.ts";
import { queryPairs, searchAddress } from "../db/runs/address.ts";
import { withNear } from "../db/runs/like.ts";
import { countRuns, listRuns } from "../db/runs/list.ts";
import { DEFAULT_SORT, type Range } from "../db/runs/query.ts";
import { type AppEnv, badQuery, badRequest, currentUser } from "./http.ts";
import { chipsOf } from "./search_chips.ts";

/** Runs as points over two columns; the same filters as the search. */
export const explore = new Hono<AppEnv>();

explore.get(
  "/explore",
  zValidator("query", Exploration, badQuery),
  async (c) => {
    const view = await nearby(c.req.valid("query"));
    const { x, y, query } = view;
    const columns = [x, y, view.colour, view.symbol, "folder"]
      .filter((key) => key !== null);
    const wholeFolders = currentUser(c).role === "admin";
    const both = {
      ...query,
      ranges: bounded(view, {}),
      sort: query.sort === DEFAULT_SORT
        ? { column: y, descending: true }
        : query.sort,
    };
    const [total, points, rows] = await Promise.all([
      countRuns(query),
      listPoints(view),
      listRuns({ ...both, page: 1 }, { columns, wholeFolders }),
    ]);
    const density = points === null ? await getDensity(view) : null;
    const rest = new Map(
      [...query.ranges].filter(([key]) => key !== x && key !== y),
    );
    return c.render(
      <ExplorePage
        {...{ view, points, density, total, rows }}
        grid={GRID}
        axes={AXIS_COLUMNS}
        groupings={GROUP_COLUMNS}
        hidden={queryPairs({ ...query, ranges: rest, page: null })}
        chips={chipsOf(query).map((chip) => ({
          ...chip,
          href: explorationAddress({ ...view, query: chip.without }),
        }))}
        searchHref={searchAddress({ ...query, page: null })}
        boxHref={(box) =>
          searchAddress({ ...query, page: null, ranges: bounded(view, box) })}
      />,
      { title: `Explore ${y} against ${x}`, wide: true },
    );
  },
);

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

async function nearby(view: Exploration): Promise<Exploration> {
  const query = await withNear(view.query) ??
    badRequest(`like: there is no run ${view.query.like!.id}`);
  return { ...view, query };
}
