import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { z } from "zod";
import {
  type DrawnScan,
  drawnScan,
  scanPlot,
} from "../components/plots/scan.ts";
import { scansIn, type ShownScans } from "../components/plots/scan_units.ts";
import { scanFluxesPlot } from "../components/plots/scan_fluxes.ts";
import type { Plot } from "../components/plots/plot.ts";
import { ScanPage } from "../components/scan.tsx";
import { thresholdCells } from "../components/scan_thresholds.ts";
import { type Family, getScan } from "../db/families/members.ts";
import { getScanId, listOtherScans } from "../db/families/other_scans.ts";
import {
  type FamilyOverview,
  getFamilyOverview,
} from "../db/families/overview.ts";
import { AskedUnits } from "../db/runs/asked_units.ts";
import { getRun } from "../db/runs/run.ts";
import { SCANNED } from "../physics/families.ts";
import { scanCitation } from "./cite.ts";
import { familyOptions, fileOf, sentFamily, wavenumbers } from "./families.tsx";
import { type AppEnv, badQuery, badRequest, notFound } from "./http.ts";
import { plotFile, type PlotFormat } from "./plot_file.ts";
import { runNumber } from "./run.tsx";
import { csvLine } from "./runs_export.ts";

/** Scans that can be laid over one. */
const MAX_OTHERS = 4;

const Ids = z.string().regex(
  /^([1-9]\d{0,14}(,[1-9]\d{0,14})*)?$/,
  "must be numbers of runs with commas between",
).transform((v) => v === "" ? [] : v.split(",").map(Number));

/** `varied=`, `with=ID,ID` (also repeated, as ticks send it) and `units=`. */
export const Scan = z.strictObject({
  varied: z.enum(
    SCANNED.map((s) => s.key),
    `must be one of ${SCANNED.map((s) => s.key).join(", ")}`,
  ).optional(),
  with: z.union([
    z.array(Ids).transform((lists) => lists.flat()),
    Ids,
  ], "must be numbers of runs with commas between").default([]).refine(
    (ids) => new Set(ids).size <= MAX_OTHERS,
    `names more than ${MAX_OTHERS} scans`,
  ),
  units: AskedUnits,
});
export type Scan = z.infer<typeof Scan>;

/** Scans, several over one another; `:id` is any run of the scan. */
export const scans = new Hono<AppEnv>();

scans.get(
  "/scans/:id{[0-9]+}",
  zValidator("query", Scan, badQuery),
  async (c) => {
    const id = runNumber(c.req.param("id"));
    const query = c.req.valid("query");
    const { varied, scan, families, others } = await scanOf(c, id, query);
    const [citation, offers] = varied === null
      ? [null, []]
      : await Promise.all([
        scanCitation(id, varied),
        listOtherScans(id, varied, others.map((o) => o.id)),
      ]);
    const shown = varied === null
      ? null
      : scansIn(query.units, drawnScans(id, scan, { varied, others }), varied);
    return c.render(
      <ScanPage
        {...{ id, scan, varied, families, citation, offers, others, shown }}
        asked={query.units}
        plot={shown === null ? null : plotOf(shown, varied!)}
        most={MAX_OTHERS}
      />,
      { title: `Scan of run ${id}`, wide: true },
    );
  },
);

scans.get(
  "/scans/:file{[0-9]+\\.(json|csv)}",
  zValidator("query", Scan, badQuery),
  async (c) => {
    const { id, format } = fileOf(c.req.param("file"));
    return await sendScan(c, id, { format, query: c.req.valid("query") });
  },
);

/** A scan, and those over it, as JSON or CSV. */
export async function sendScan(
  c: Context<AppEnv>,
  id: number,
  { format, query }: { format: string; query: Scan },
): Promise<Response> {
  const { varied, scan, others } = await scanOf(c, id, query);
  const members = [scan, ...others.map((o) => o.family)].flatMap((f) =>
    f.members
  );
  const all = { ...scan, members };
  const varies = varied === null ? [] : [varied, ...wavenumbers(all)];
  return sentFamily(c, all, { format, name: `scan_${id}`, varies });
}

/** Where each line of a scan crosses zero, its stiffness there, and what the literature expects. */
scans.get(
  "/scans/:id{[0-9]+}/thresholds.csv",
  zValidator("query", Scan, badQuery),
  async (c) => {
    const id = runNumber(c.req.param("id"));
    const query = c.req.valid("query");
    const { varied, scan, others } = await scanOf(c, id, query);
    if (varied === null || !isLinear(scan)) notFound();
    const cells = thresholdCells(drawnScan(id, scan, varied), varied, others);
    return c.body(cells.map(csvLine).join(""), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition":
        `attachment; filename="mgkdb_scan_${id}_thresholds.csv"`,
    });
  },
);

scans.get(
  "/scans/:id{[0-9]+}/plots/:file{scan\\.(svg|csv|png)}",
  zValidator("query", Scan, badQuery),
  async (c) => {
    const id = runNumber(c.req.param("id"));
    const query = c.req.valid("query");
    const { varied, scan, others } = await scanOf(c, id, query);
    if (varied === null) notFound();
    const drawn = drawnScans(id, scan, { varied, others });
    const plot = plotOf(scansIn(query.units, drawn, varied), varied) ??
      notFound();
    return plotFile(c, {
      plot,
      format: c.req.param("file").split(".")[1] as PlotFormat,
      name: `mgkdb_scan_${id}_${varied}`,
      about: `MGKDB scan of run ${
        [id, ...others.map((o) => o.id)].join(", ")
      }.`,
    });
  },
);

function plotOf(shown: ShownScans, varied: string): Plot | null {
  return isLinear(shown.scans[0]!.family)
    ? scanPlot(shown, varied)
    : scanFluxesPlot(shown, varied);
}

/** A scan and those over it. */
function drawnScans(
  id: number,
  scan: Family,
  { varied, others }: { varied: string; others: DrawnScan[] },
): DrawnScan[] {
  return [drawnScan(id, scan, varied), ...others];
}

function isLinear({ members }: Family): boolean {
  return members[0]!.row.kind === "linear";
}

/** The scan over `varied`, or the one with the most values, and those laid over it; the run alone when it is in none. */
async function scanOf(
  c: Context<AppEnv>,
  id: number,
  { varied: wanted, with: ids }: Scan,
): Promise<
  {
    varied: string | null;
    scan: Family;
    families: FamilyOverview;
    others: DrawnScan[];
  }
> {
  if (!await getRun(id, { columns: [] })) notFound();
  const families = await getFamilyOverview(id);
  const varied =
    families.scans.find((o) => wanted === undefined || o.varied === wanted)
      ?.varied ?? null;
  if (wanted !== undefined && varied === null) notFound();
  const scan = await getScan(id, varied ?? "", familyOptions(c)) ?? notFound();
  const others = varied === null
    ? []
    : await othersOf(c, { id, family: scan }, { varied, ids });
  return { varied, scan, families, others };
}

/** The scans that are laid over one, each once. @throws 400 that names a run that is in no such scan */
async function othersOf(
  c: Context<AppEnv>,
  { id, family }: { id: number; family: Family },
  { varied, ids }: { varied: string; ids: number[] },
): Promise<DrawnScan[]> {
  if (ids.length === 0) return [];
  const own = await getScanId(id, varied);
  const named = await Promise.all(
    [...new Set(ids)].map(async (other) =>
      await getScanId(other, varied) ??
        badRequest(`with: run ${other} is in no scan over ${varied}`)
    ),
  );
  const others = await Promise.all(
    [...new Set(named)].filter((n) => n !== own).map(async (n) => {
      const other = await getScan(n, varied, familyOptions(c)) ?? notFound();
      return drawnScan(n, other, varied);
    }),
  );
  const { kind } = family.members[0]!.row;
  const misfit = others.find((s) => s.family.members[0]!.row.kind !== kind);
  if (misfit) {
    badRequest(`with: the scan of run ${misfit.id} is not of ${kind} runs`);
  }
  return others;
}
