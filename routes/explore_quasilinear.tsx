import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { FluxMapPage } from "../components/explore_quasilinear.tsx";
import { fluxMapPlot } from "../components/plots/flux_map.ts";
import {
  FluxMapQuery,
  listFluxRuns,
  MAP_COLUMNS,
} from "../db/families/flux_pairs.ts";
import { fluxPairs } from "../physics/flux_pairs.ts";
import { type AppEnv, badQuery } from "./http.ts";
import { plotFile, type PlotFormat } from "./plot_file.ts";

/** Quasilinear fluxes against nonlinear ones over the whole catalogue. */
export const exploreQuasilinear = new Hono<AppEnv>();

exploreQuasilinear.get(
  "/explore/quasilinear",
  zValidator("query", FluxMapQuery, badQuery),
  async (c) => {
    const { x, flux } = c.req.valid("query");
    const { runs, total } = await listFluxRuns(x);
    return c.render(
      <FluxMapPage
        {...{ x, flux, total }}
        {...fluxPairs(runs, flux)}
        read={runs.length}
        axes={MAP_COLUMNS}
        file={(format) =>
          `/explore/quasilinear.${format}?${new URLSearchParams({ x, flux })}`}
      />,
      { title: "Quasilinear against nonlinear heat flux", wide: true },
    );
  },
);

exploreQuasilinear.get(
  "/explore/:file{quasilinear\\.(csv|svg|png)}",
  zValidator("query", FluxMapQuery, badQuery),
  async (c) => {
    const { x, flux } = c.req.valid("query");
    const { pairs } = fluxPairs((await listFluxRuns(x)).runs, flux);
    return plotFile(c, {
      plot: fluxMapPlot({ pairs, x, flux }),
      format: c.req.param("file").split(".")[1] as PlotFormat,
      name: `mgkdb_quasilinear_${flux}_${x}`,
      about: "MGKDB, all cases with runs of both kinds.",
    });
  },
);
