import { type Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import {
  CATALOGUE_PLOTS,
  type CataloguePlotName,
} from "../components/plots/draw.ts";
import { PlotSection } from "../components/plots/figure.tsx";
import type { NoPlot, Plot } from "../components/plots/plot.ts";
import {
  NoPlotSection,
  PLOT_SCRIPTS,
  PlotPage,
  type SourcePlotName,
} from "../components/run_plots.tsx";
import { listRelatives } from "../db/families/relatives.ts";
import { listSpectrumPoints } from "../db/families/spectrum_points.ts";
import { getRun, type Run } from "../db/runs/run.ts";
import { type AppEnv, notFound, wantsFragment } from "./http.ts";
import { plotFile, type PlotFormat } from "./plot_file.ts";
import { plotRecord } from "./plot_record.ts";
import { runNumber } from "./run.tsx";
import { drawDiagnostic, SOURCE_PLOTS } from "./source_plots.ts";

/** What a file says of its run. */
const RUN_COLUMNS = ["code", "folder", "suffix"];

/** Drawn plots of a run: a page or a piece of one, and files of it. */
export const runPlots = new Hono<AppEnv>();

runPlots.get("/runs/:id{[0-9]+}/plots/:plot{[a-z-]+}", async (c) => {
  const found = await plotOf(c, c.req.param("plot"));
  const { id } = found;
  if (wantsFragment(c)) {
    return c.html(
      "reason" in found.plot
        ? <NoPlotSection plot={found.plot} />
        : <PlotSection id={id} plot={found.plot} />,
    );
  }
  const plot = drawn(found.plot);
  return c.render(<PlotPage id={id} plot={plot} />, {
    title: `Run ${id}: ${plot.title}`,
    wide: true,
    scripts: PLOT_SCRIPTS,
  });
});

runPlots.get(
  "/runs/:id{[0-9]+}/plots/:file{[a-z-]+\\.(svg|csv|png)}",
  async (c) => {
    const [plotName, format] = c.req.param("file").split(".") as [
      string,
      PlotFormat,
    ];
    const { id, run, plot: found } = await plotOf(c, plotName);
    const plot = drawn(found);
    const name = `mgkdb_run_${id}_${plot.name}`;
    return plotFile(c, { plot, format, name, about: aboutRun(run) });
  },
);

runPlots.get("/runs/:id{[0-9]+}/plots/:file{[a-z-]+\\.bin}", async (c) => {
  const id = runNumber(c.req.param("id"));
  const run = await getRun(id, { columns: RUN_COLUMNS }) ?? notFound();
  const name = c.req.param("file").replace(".bin", "");
  return plotRecord(c, { name, run });
});

/** The plot that an address names, or why it cannot be drawn; 404 where the run has none. */
async function plotOf(
  c: Context<AppEnv>,
  name: string,
): Promise<{ id: number; run: Run; plot: Plot | NoPlot }> {
  const id = runNumber(c.req.param("id")!);
  const run = await getRun(id, { columns: RUN_COLUMNS }) ?? notFound();
  const plot = isCatalogued(name)
    ? await catalogued(id, run, name)
    : isFromSource(name)
    ? await SOURCE_PLOTS[name](run)
    : await drawDiagnostic(run, name);
  return { id, run, plot: plot ?? notFound() };
}

/** The plot itself; 404 with the reason where it cannot be drawn. */
function drawn(plot: Plot | NoPlot): Plot {
  if ("reason" in plot) throw new HTTPException(404, { message: plot.reason });
  return plot;
}

function isCatalogued(name: string): name is CataloguePlotName {
  return Object.hasOwn(CATALOGUE_PLOTS, name);
}

function isFromSource(name: string): name is SourcePlotName {
  return Object.hasOwn(SOURCE_PLOTS, name);
}

async function catalogued(
  id: number,
  { detail: sim }: Run,
  name: CataloguePlotName,
): Promise<Plot | NoPlot | null> {
  const spectrum = name === "spectrum" ? await listSpectrumPoints(id) : [];
  const relatives = name === "quasilinear"
    ? await listRelatives((await getRun(id) ?? notFound()).row)
    : [];
  return CATALOGUE_PLOTS[name]({ id, sim, spectrum, relatives });
}

function aboutRun({ row }: Run): string {
  const where = [row.folder, row.suffix].filter(Boolean).join(" ");
  return `MGKDB run ${row.id}, ${row.code ?? "unknown code"}: ${where}.`;
}
