import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { ScanPage } from "../components/scan.tsx";
import { thresholdCells } from "../components/scan_thresholds.ts";
import { SpectrumPage } from "../components/spectrum.tsx";
import { TwinsPage } from "../components/twins.tsx";
import {
  type Family,
  getScan,
  getSpectrum,
  getTwins,
  getTwinSpectra,
} from "../db/families/members.ts";
import {
  type FamilyOverview,
  getFamilyOverview,
} from "../db/families/overview.ts";
import { getRun } from "../db/runs/run.ts";
import { PUBLIC_COLUMNS } from "../physics/columns.ts";
import { SCANNED } from "../physics/families.ts";
import { scanCitation } from "./cite.ts";
import { type AppEnv, badQuery, currentUser, notFound } from "./http.ts";
import { runNumber } from "./run.tsx";
import { csvLine } from "./runs_export.ts";

const Scan = z.strictObject({
  varied: z.enum(
    SCANNED.map((s) => s.key),
    `must be one of ${SCANNED.map((s) => s.key).join(", ")}`,
  ).optional(),
});

/** Families of runs, each as a page and as JSON and CSV; `:id` is any run of the family. */
export const families = new Hono<AppEnv>();

families.get("/spectra/:id{[0-9]+}", async (c) => {
  const id = runNumber(c.req.param("id"));
  const spectrum = await getSpectrum(id, options(c)) ?? notFound();
  const families = await getFamilyOverview(id);
  return c.render(<SpectrumPage {...{ id, spectrum, families }} />, {
    title: `Spectrum of run ${id}`,
    wide: true,
  });
});

families.get("/spectra/:file{[0-9]+\\.(json|csv)}", async (c) => {
  const { id, format } = fileOf(c.req.param("file"));
  const spectrum = await getSpectrum(id, options(c)) ?? notFound();
  return sent(c, spectrum, format, `spectrum_${id}`, wavenumbers(spectrum));
});

families.get("/twins/:id{[0-9]+}", async (c) => {
  const id = runNumber(c.req.param("id"));
  const twins = await getTwins(id, options(c)) ?? notFound();
  const [spectra, families] = await Promise.all([
    getTwinSpectra(id, options(c)),
    getFamilyOverview(id),
  ]);
  if (!spectra) notFound();
  return c.render(<TwinsPage {...{ id, twins, spectra, families }} />, {
    title: `Twins of run ${id}`,
    wide: true,
  });
});

families.get("/twins/:file{[0-9]+\\.(json|csv)}", async (c) => {
  const { id, format } = fileOf(c.req.param("file"));
  const twins = await getTwins(id, options(c)) ?? notFound();
  const varies = twins.members.length > 1 ? ["code"] : [];
  return sent(c, twins, format, `twins_${id}`, varies);
});

families.get(
  "/scans/:id{[0-9]+}",
  zValidator("query", Scan, badQuery),
  async (c) => {
    const id = runNumber(c.req.param("id"));
    const { varied, scan, families } = await scanOf(
      c,
      id,
      c.req.valid("query").varied,
    );
    const citation = varied === null ? null : await scanCitation(id, varied);
    return c.render(
      <ScanPage {...{ id, scan, varied, families, citation }} />,
      { title: `Scan of run ${id}`, wide: true },
    );
  },
);

families.get(
  "/scans/:file{[0-9]+\\.(json|csv)}",
  zValidator("query", Scan, badQuery),
  async (c) => {
    const { id, format } = fileOf(c.req.param("file"));
    const { varied, scan } = await scanOf(c, id, c.req.valid("query").varied);
    const varies = varied === null ? [] : [varied, ...wavenumbers(scan)];
    return sent(c, scan, format, `scan_${id}`, varies);
  },
);

/** Where each line of a scan crosses zero, its stiffness there, and what the literature expects. */
families.get(
  "/scans/:id{[0-9]+}/thresholds.csv",
  zValidator("query", Scan, badQuery),
  async (c) => {
    const id = runNumber(c.req.param("id"));
    const { varied, scan } = await scanOf(c, id, c.req.valid("query").varied);
    if (varied === null || scan.members[0]!.row.kind !== "linear") notFound();
    return c.body(thresholdCells(scan, varied).map(csvLine).join(""), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition":
        `attachment; filename="mgkdb_scan_${id}_thresholds.csv"`,
    });
  },
);

/** The scan over `varied`, or the one with the most values; the run alone when it is in none. */
async function scanOf(
  c: Context<AppEnv>,
  id: number,
  wanted: string | undefined,
): Promise<{ varied: string | null; scan: Family; families: FamilyOverview }> {
  if (!await getRun(id, { columns: [] })) notFound();
  const families = await getFamilyOverview(id);
  const varied =
    families.scans.find((o) => wanted === undefined || o.varied === wanted)
      ?.varied ?? null;
  if (wanted !== undefined && varied === null) notFound();
  const scan = await getScan(id, varied ?? "", options(c)) ?? notFound();
  return { varied, scan, families };
}

/** Which of the wavenumbers differ between the runs. */
function wavenumbers({ members }: Family): string[] {
  return ["ky", "kx"].filter((key) => {
    const values = members.map((m) => Number(m.row[key] ?? 0));
    return Math.max(...values) - Math.min(...values) > 1e-7;
  });
}

function sent(
  c: Context<AppEnv>,
  { members }: Family,
  format: string,
  name: string,
  varies: string[],
): Response {
  const rows = members.map((m) => m.row);
  if (format === "json") return c.json({ runs: rows, varies });
  const columns = PUBLIC_COLUMNS.map((k) => k.key);
  const lines = [
    columns,
    ...rows.map((row) => columns.map((key) => row[key] ?? null)),
  ].map(csvLine);
  return c.body(lines.join(""), 200, {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="mgkdb_${name}.csv"`,
  });
}

function fileOf(file: string): { id: number; format: string } {
  const [id, format] = file.split(".") as [string, string];
  return { id: runNumber(id), format };
}

function options(c: Context<AppEnv>) {
  return { wholeFolders: currentUser(c).role === "admin" };
}
