import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import {
  cataloguePlot,
  type CataloguePlotName,
  isCatalogued,
} from "../components/plots/draw.ts";
import { PlotSection } from "../components/plots/figure.tsx";
import type { NoPlot, Plot } from "../components/plots/plot.ts";
import {
  absentWords,
  NoPlotSection,
  PLOT_SCRIPTS,
  PlotPage,
  type SourcePlotName,
} from "../components/run_plots.tsx";
import { listRelatives } from "../db/families/relatives.ts";
import { listSpectrumPoints } from "../db/families/spectrum_points.ts";
import { UnitsQuery } from "../db/runs/asked_units.ts";
import { getRun, type Run } from "../db/runs/run.ts";
import type { UnitSystem } from "../physics/units.ts";
import { absentPlots } from "../physics/plots/absent.ts";
import { type AppEnv, badQuery, notFound, wantsFragment } from "./http.ts";
import { plotFile, type PlotFormat } from "./plot_file.ts";
import { plotRecord } from "./plot_record.ts";
import { runNumber } from "./run.tsx";
import { drawDiagnostic, SOURCE_PLOTS } from "./source_plots.ts";

/** What a file says of its run. */
const RUN_COLUMNS = ["code", "folder", "suffix", "a_over_R"];

/** Drawn plots of a run: a page or a piece of one, and files of it. */
export const runPlots = new Hono<AppEnv>();

runPlots.get(
  "/runs/:id{[0-9]+}/plots/:plot{[a-z-]+}",
  zValidator("query", UnitsQuery, badQuery),
  async (c) => {
    const { units } = c.req.valid("query");
    const found = await plotOf(c, c.req.param("plot"), units);
    const { id } = found;
    if (wantsFragment(c)) {
      return c.html(
        "reason" in found.plot
          ? <NoPlotSection plot={found.plot} />
          : <PlotSection {...{ id, units }} plot={found.plot} />,
      );
    }
    const plot = drawn(found.plot);
    return c.render(<PlotPage {...{ plot, units }} row={found.run.row} />, {
      title: `Run ${id}: ${plot.title}`,
      wide: true,
      scripts: PLOT_SCRIPTS,
    });
  },
);

runPlots.get(
  "/runs/:id{[0-9]+}/plots/:file{[a-z-]+\\.(svg|csv|png)}",
  zValidator("query", UnitsQuery, badQuery),
  async (c) => {
    const { units } = c.req.valid("query");
    const [plotName, format] = c.req.param("file").split(".") as [
      string,
      PlotFormat,
    ];
    const { id, run, plot: found } = await plotOf(
      c,
      plotName,
      units,
    );
    const plot = drawn(found);
    const name = `mgkdb_run_${id}_${plot.name}`;
    return plotFile(c, { plot, format, name, about: aboutRun(run) });
  },
);

runPlots.get(
  "/runs/:id{[0-9]+}/plots/:file{[a-z-]+\\.bin}",
  zValidator("query", UnitsQuery, badQuery),
  async (c) => {
    const { units } = c.req.valid("query");
    const id = runNumber(c.req.param("id"));
    const run = await getRun(id, { columns: RUN_COLUMNS }) ?? notFound();
    const name = c.req.param("file").replace(".bin", "");
    return plotRecord(c, { name, run, units });
  },
);

/** The plot that an address names, or why it cannot be drawn; 404 where the run has none. */
async function plotOf(
  c: Context<AppEnv>,
  name: string,
  units: UnitSystem,
): Promise<{ id: number; run: Run; plot: Plot | NoPlot }> {
  const id = runNumber(c.req.param("id")!);
  const run = await getRun(id, { columns: RUN_COLUMNS }) ?? notFound();
  const plot = isCatalogued(name)
    ? await catalogued(run, name, units)
    : isFromSource(name)
    ? await SOURCE_PLOTS[name](run, units)
    : await drawDiagnostic(run, name);
  return { id, run, plot: plot ?? noPlot(name, run) };
}

/** @throws 404, with the reason where runs of this kind can have the plot */
function noPlot(name: string, { detail }: Run): never {
  const absent = absentPlots(detail).find((a) => a.name === name);
  if (!absent) notFound();
  throw new HTTPException(404, {
    message: `This run has no such plot: ${absentWords(absent)}.`,
  });
}

/** The plot itself; 404 with the reason where it cannot be drawn. */
function drawn(plot: Plot | NoPlot): Plot {
  if ("reason" in plot) throw new HTTPException(404, { message: plot.reason });
  return plot;
}

function isFromSource(name: string): name is SourcePlotName {
  return Object.hasOwn(SOURCE_PLOTS, name);
}

async function catalogued(
  { row, detail: sim }: Run,
  name: CataloguePlotName,
  units: UnitSystem,
): Promise<Plot | NoPlot | null> {
  const { id } = row;
  const spectrum = name === "spectrum" ? await listSpectrumPoints(id) : [];
  const relatives = name === "quasilinear"
    ? await listRelatives((await getRun(id) ?? notFound()).row)
    : [];
  return cataloguePlot(name, { row, sim, spectrum, relatives, units });
}

function aboutRun({ row }: Run): string {
  const where = [row.folder, row.suffix].filter(Boolean).join(" ");
  return `MGKDB run ${row.id}, ${row.code ?? "unknown code"}: ${where}.`;
}
