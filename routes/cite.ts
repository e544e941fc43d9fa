import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { bibtexOf } from "../components/citation/bibtex.ts";
import {
  type Citation,
  citationOfRun,
  citationOfScan,
} from "../components/citation/citation.ts";
import { dataciteOf } from "../components/citation/datacite.ts";
import { risOf } from "../components/citation/ris.ts";
import { config } from "../config.ts";
import { listPicked } from "../db/basket.ts";
import { getRunIdByKey, listCited } from "../db/cited.ts";
import { getScan, listScans } from "../db/families/members.ts";
import { getRunId } from "../db/runs/run.ts";
import { column } from "../physics/columns.ts";
import { SCANNED } from "../physics/families.ts";
import { plainSymbol } from "../physics/symbol.ts";
import { type AppEnv, badQuery, currentUser, notFound } from "./http.ts";
import { runNumber } from "./run.tsx";

const MAX_KEY = 4096;
const Key = z.strictObject({
  folder: z.string().min(1, "must be the whole folder").max(MAX_KEY)
    .refine((v) => !v.includes("\0"), "must not contain a NUL character"),
  suffix: z.string().max(MAX_KEY)
    .refine((v) => !v.includes("\0"), "must not contain a NUL character")
    .default(""),
});
const Scan = z.strictObject({
  varied: z.enum(
    SCANNED.map((s) => s.key),
    `must be one of ${SCANNED.map((s) => s.key).join(", ")}`,
  ).optional(),
});
const FORMATS = "(bib|ris|datacite\\.json)";

/** Citations of runs, scans and baskets, and the way to a run by its natural key. */
export const cite = new Hono<AppEnv>();

cite.get("/runs/by-key", zValidator("query", Key, badQuery), async (c) => {
  const { folder, suffix } = c.req.valid("query");
  const id = await getRunIdByKey(folder, suffix) ?? notFound();
  return c.redirect(`/runs/${id}`, 303);
});

cite.get(`/runs/:file{[0-9a-f]+\\.${FORMATS}}`, async (c) => {
  const { name, format } = fileOf(c.req.param("file"));
  if (/^[0-9a-f]{24}$/.test(name)) {
    const id = await getRunId(name) ?? notFound();
    return c.redirect(`/runs/${id}.${format}`, 303);
  }
  const [run] = await listCited([runNumber(name)]);
  if (!run) notFound();
  return sent(c, [citationOfRun(run, config.BASE_URL)], format, `run_${name}`);
});

cite.get(
  `/scans/:file{[0-9]+\\.${FORMATS}}`,
  zValidator("query", Scan, badQuery),
  async (c) => {
    const { name, format } = fileOf(c.req.param("file"));
    const id = runNumber(name);
    const citation = await scanCitation(id, c.req.valid("query").varied) ??
      notFound();
    return sent(c, [citation], format, `scan_${id}`);
  },
);

for (const format of ["bib", "ris", "datacite.json"] as const) {
  cite.get(`/basket.${format}`, async (c) => {
    const runs = await listCited(await listPicked(currentUser(c).id));
    const citations = runs.map((run) => citationOfRun(run, config.BASE_URL));
    return sent(c, citations, format, "basket");
  });
}

/** The citation of the scan over `varied`, or of the one with the most values; null when the run is in none. */
export async function scanCitation(
  id: number,
  wanted?: string,
): Promise<Citation | null> {
  const offer = (await listScans(id)).find((o) =>
    wanted === undefined || o.varied === wanted
  );
  const scan = offer ? await getScan(id, offer.varied, { columns: [] }) : null;
  if (!offer || !scan) return null;
  const { symbol, label } = column(offer.varied)!;
  return citationOfScan(await listCited(scan.members.map((m) => m.row.id)), {
    id,
    name: plainSymbol(symbol) || label,
    path: `/scans/${id}?varied=${offer.varied}`,
    base: config.BASE_URL,
  });
}

function sent(
  c: Context<AppEnv>,
  citations: Citation[],
  format: string,
  name: string,
): Response {
  c.header(
    "Content-Disposition",
    `attachment; filename="mgkdb_${name}.${format}"`,
  );
  if (format === "bib") {
    c.header("Content-Type", "application/x-bibtex; charset=utf-8");
    return c.body(citations.map(bibtexOf).join("\n"));
  }
  if (format === "ris") {
    c.header(
      "Content-Type",
      "application/x-research-info-systems; charset=utf-8",
    );
    return c.body(citations.map(risOf).join(""));
  }
  const found = citations.map(dataciteOf);
  return c.json(name === "basket" ? found : found[0]);
}

function fileOf(file: string): { name: string; format: string } {
  const [name, ...format] = file.split(".") as [string, ...string[]];
  return { name, format: format.join(".") };
}
