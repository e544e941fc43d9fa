import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { SpectrumPage } from "../components/spectrum.tsx";
import { TwinsPage } from "../components/twins.tsx";
import {
  type Family,
  getSpectrum,
  getTwins,
  getTwinSpectra,
} from "../db/families/members.ts";
import { getFamilyOverview } from "../db/families/overview.ts";
import { PUBLIC_COLUMNS } from "../physics/columns.ts";
import { UnitsQuery } from "../db/runs/asked_units.ts";
import { significantDigits } from "../physics/families.ts";
import { type AppEnv, badQuery, currentUser, notFound } from "./http.ts";
import { runNumber } from "./run.tsx";
import { csvLine } from "./runs_export.ts";

/** Spectra and twins, each as a page and as JSON and CSV; `:id` is any run of the family. */
export const families = new Hono<AppEnv>();

families.get(
  "/spectra/:id{[0-9]+}",
  zValidator("query", UnitsQuery, badQuery),
  async (c) => {
    const { units: asked } = c.req.valid("query");
    const id = runNumber(c.req.param("id"));
    const spectrum = await getSpectrum(id, familyOptions(c)) ?? notFound();
    const families = await getFamilyOverview(id);
    return c.render(<SpectrumPage {...{ id, spectrum, families, asked }} />, {
      title: `Spectrum of run ${id}`,
      wide: true,
    });
  },
);

families.get("/spectra/:file{[0-9]+\\.(json|csv)}", async (c) => {
  const { id, format } = fileOf(c.req.param("file"));
  return await sendSpectrum(c, id, format);
});

/** The spectrum of a run as JSON or CSV. */
export async function sendSpectrum(
  c: Context<AppEnv>,
  id: number,
  format: string,
): Promise<Response> {
  const spectrum = await getSpectrum(id, familyOptions(c)) ?? notFound();
  return sentFamily(c, spectrum, {
    format,
    name: `spectrum_${id}`,
    varies: wavenumbers(spectrum),
  });
}

families.get(
  "/twins/:id{[0-9]+}",
  zValidator("query", UnitsQuery, badQuery),
  async (c) => {
    const { units: asked } = c.req.valid("query");
    const id = runNumber(c.req.param("id"));
    const twins = await getTwins(id, familyOptions(c)) ?? notFound();
    const [spectra, families] = await Promise.all([
      getTwinSpectra(id, familyOptions(c)),
      getFamilyOverview(id),
    ]);
    if (!spectra) notFound();
    return c.render(
      <TwinsPage {...{ id, twins, spectra, families, asked }} />,
      {
        title: `Twins of run ${id}`,
        wide: true,
      },
    );
  },
);

families.get("/twins/:file{[0-9]+\\.(json|csv)}", async (c) => {
  const { id, format } = fileOf(c.req.param("file"));
  return await sendTwins(c, id, format);
});

/** The twins of a run as JSON or CSV. */
export async function sendTwins(
  c: Context<AppEnv>,
  id: number,
  format: string,
): Promise<Response> {
  const twins = await getTwins(id, familyOptions(c)) ?? notFound();
  const varies = twins.members.length > 1 ? ["code"] : [];
  return sentFamily(c, twins, { format, name: `twins_${id}`, varies });
}

/** Which of the wavenumbers differ between the runs, by the digits that tell runs apart. */
export function wavenumbers({ members }: Family): string[] {
  return ["ky", "kx"].filter((key) => {
    const values = members.map((m) =>
      significantDigits(Number(m.row[key] ?? 0))
    );
    return new Set(values).size > 1;
  });
}

/** A family as JSON or CSV. `name` is the file's, `varies` the columns in which the runs differ. */
export function sentFamily(
  c: Context<AppEnv>,
  { members }: Family,
  { format, name, varies }: { format: string; name: string; varies: string[] },
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

/** Number and format of an address such as `12.csv`. */
export function fileOf(file: string): { id: number; format: string } {
  const [id, format] = file.split(".") as [string, string];
  return { id: runNumber(id), format };
}

/** How rows are read for whom. */
export function familyOptions(c: Context<AppEnv>) {
  return { wholeFolders: currentUser(c).role === "admin" };
}
