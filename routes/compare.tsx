import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { ComparePage } from "../components/compare.tsx";
import {
  comparedColumns,
  comparisonCells,
} from "../components/compare_table.tsx";
import { comparedIn, comparedPlots } from "../components/plots/compared.ts";
import type { ComparedRun } from "../components/plots/compared_spectra.ts";
import {
  Comparison,
  comparisonAddress,
  listCompared,
  MAX_COMPARED,
} from "../db/compare.ts";
import { listSpectrumPoints } from "../db/families/spectrum_points.ts";
import { DEFAULT_UNITS } from "../db/runs/query.ts";
import { type AppEnv, badQuery, currentUser, notFound } from "./http.ts";
import { plotFile, type PlotFormat } from "./plot_file.ts";
import { csvLine } from "./runs_export.ts";

/** Runs side by side; the address names them, so that it can be kept. */
export const compare = new Hono<AppEnv>();

compare.get(
  "/compare",
  zValidator("query", Comparison, badQuery),
  async (c) => {
    const query = c.req.valid("query");
    const runs = await runsOf(c, query);
    const rows = runs.map((r) => r.row);
    const shown = comparedIn(query.units, runs);
    const shownRows = shown.runs.map((r) => r.row);
    const all = query.all !== undefined;
    return c.render(
      <ComparePage
        rows={rows}
        shown={{ ...shown, rows: shownRows }}
        asked={query.units}
        unitHref={(units) => comparisonAddress({ ...query, units })}
        columns={comparedColumns(shownRows, all)}
        plots={comparedPlots(shown.runs, shown.units)}
        all={all}
        without={(id) =>
          comparisonAddress({
            ...query,
            run: query.run.filter((r) => r !== id),
          })}
        otherHref={comparisonAddress({
          ...query,
          all: all ? undefined : "1",
        })}
        csvHref={comparisonAddress(
          { ...query, units: DEFAULT_UNITS },
          "/compare.csv",
        )}
        plotHref={(name, format) =>
          comparisonAddress(
            { run: query.run, units: query.units },
            `/compare/plots/${name}.${format}`,
          )}
        most={MAX_COMPARED}
      />,
      {
        title: rows.length === 0
          ? "Compare runs"
          : `Compare runs ${query.run.join(", ")}`,
        wide: true,
      },
    );
  },
);

compare.get(
  "/compare.csv",
  zValidator("query", Comparison, badQuery),
  async (c) => {
    const query = c.req.valid("query");
    const rows = (await runsOf(c, query)).map((r) => r.row);
    const columns = comparedColumns(rows, query.all !== undefined);
    const lines = comparisonCells(rows, columns).map(csvLine);
    return c.body(lines.join(""), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="mgkdb_comparison.csv"',
    });
  },
);

compare.get(
  "/compare/plots/:file{[a-z-]+\\.(svg|csv|png)}",
  zValidator("query", Comparison, badQuery),
  async (c) => {
    const [name, format] = c.req.param("file").split(".") as [
      string,
      PlotFormat,
    ];
    const query = c.req.valid("query");
    const { runs, units } = comparedIn(query.units, await runsOf(c, query));
    const plots = comparedPlots(runs, units);
    const plot = plots.find((p) => p.name === name) ?? notFound();
    return plotFile(c, {
      plot,
      format,
      name: `mgkdb_comparison_${name}`,
      about: `MGKDB runs ${query.run.join(", ")}.`,
    });
  },
);

/** The runs of a comparison with their spectra. @throws 404 that names those that are not there */
async function runsOf(
  c: Context<AppEnv>,
  { run: ids }: Comparison,
): Promise<ComparedRun[]> {
  if (ids.length === 0) return [];
  const wholeFolders = currentUser(c).role === "admin";
  const [runs, spectra] = await Promise.all([
    listCompared(ids, { wholeFolders }),
    Promise.all(ids.map((id) => listSpectrumPoints(id))),
  ]);
  const missing = ids.filter((id) => !runs.some((r) => r.row.id === id));
  if (missing.length > 0) {
    const one = missing.length === 1;
    throw new HTTPException(404, {
      message: `${one ? "Run" : "Runs"} ${missing.join(", ")} ${
        one ? "is" : "are"
      } not in the catalogue. Take ${one ? "it" : "them"} out of the address.`,
    });
  }
  return runs.map((run, k) => ({ ...run, spectrum: spectra[k]! }));
}
