import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { FluxMapPage } from "../components/explore_quasilinear.tsx";
import { fluxMapPlot } from "../components/plots/flux_map.ts";
import {
  fluxMapAddress,
  FluxMapQuery,
  listFluxRuns,
  MAP_COLUMNS,
} from "../db/families/flux_pairs.ts";
import { queryPairs, queryString, searchAddress } from "../db/runs/address.ts";
import { fluxPairs } from "../physics/flux_pairs.ts";
import { type AppEnv, badQuery } from "./http.ts";
import { nearby } from "./near.ts";
import { plotFile, type PlotFormat } from "./plot_file.ts";
import { chipsOf } from "./search_chips.ts";

/** Quasilinear fluxes against nonlinear ones over the catalogue; the same filters as the search. */
export const exploreQuasilinear = new Hono<AppEnv>();

exploreQuasilinear.get(
  "/explore/quasilinear",
  zValidator("query", FluxMapQuery, badQuery),
  async (c) => {
    const view = await near(c.req.valid("query"));
    const { x, flux } = view;
    const query = { ...view.query, page: null };
    const { runs, total } = await listFluxRuns(view);
    return c.render(
      <FluxMapPage
        {...{ x, flux, total }}
        {...fluxPairs(runs, flux)}
        read={runs.length}
        axes={MAP_COLUMNS}
        hidden={queryPairs(query)}
        chips={chipsOf(query).map((chip) => ({
          ...chip,
          href: fluxMapAddress({ ...view, query: chip.without }),
        }))}
        search={queryString(query)}
        searchHref={searchAddress(query)}
        file={(format) =>
          fluxMapAddress(view, `/explore/quasilinear.${format}`)}
      />,
      { title: "Quasilinear against nonlinear heat flux", wide: true },
    );
  },
);

exploreQuasilinear.get(
  "/explore/:file{quasilinear\\.(csv|svg|png)}",
  zValidator("query", FluxMapQuery, badQuery),
  async (c) => {
    const view = await near(c.req.valid("query"));
    const { x, flux } = view;
    const { pairs } = fluxPairs((await listFluxRuns(view)).runs, flux);
    const search = queryString({ ...view.query, page: null });
    return plotFile(c, {
      plot: fluxMapPlot({ pairs, x, flux }),
      format: c.req.param("file").split(".")[1] as PlotFormat,
      name: `mgkdb_quasilinear_${flux}_${x}`,
      about: search === ""
        ? "MGKDB, all cases with runs of both kinds."
        : `MGKDB, cases with runs of the search ${search}.`,
    });
  },
);

async function near(view: FluxMapQuery): Promise<FluxMapQuery> {
  return { ...view, query: await nearby(view.query) };
}
