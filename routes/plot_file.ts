import type { Context } from "hono";
import type { Plot, PlotTable } from "../components/plots/plot.ts";
import { standaloneSvg } from "../components/plots/standalone.tsx";
import { type AppEnv, currentUser } from "./http.ts";
import { pngOf } from "./plot_png.ts";
import { csvLine } from "./runs_export.ts";

/** What plots are sent as. */
export type PlotFormat = "csv" | "svg" | "png";

/** Nothing in a picture may run or load, wherever it is opened. */
const SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

/** A plot as a file. `name` is the file's without its ending; `about` says in a picture where it is from. */
export function plotFile(
  c: Context<AppEnv>,
  { plot, format, name, about }: {
    plot: Plot;
    format: PlotFormat;
    name: string;
    about: string;
  },
): Promise<Response> {
  const svg = () => standaloneSvg(plot, about);
  return drawnFile(c, { table: plot.table, svg, format, name });
}

/** Numbers or a picture as a file. `svg` draws it, for SVG and PNG. */
export async function drawnFile(
  c: Context<AppEnv>,
  { table: { heads, rows }, svg, format, name }: {
    table: PlotTable;
    svg(): string;
    format: PlotFormat;
    name: string;
  },
): Promise<Response> {
  c.header("Content-Disposition", `attachment; filename="${name}.${format}"`);
  c.header("Cache-Control", "private, no-cache");
  if (format === "csv") {
    c.header("Content-Type", "text/csv; charset=utf-8");
    return c.body([heads, ...rows].map(csvLine).join(""));
  }
  if (format === "png") {
    c.header("Content-Type", "image/png");
    // Aborted when the client leaves, and only then (`no-legacy-abort` in deno.json).
    const { signal } = c.req.raw;
    return c.body(await pngOf(svg(), { user: currentUser(c).id, signal }));
  }
  c.header("Content-Type", "image/svg+xml; charset=utf-8");
  c.header("Content-Security-Policy", SANDBOX);
  return c.body(svg());
}
