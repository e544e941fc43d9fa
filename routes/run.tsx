import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { citationOfRun } from "../components/citation/citation.ts";
import { RunPage } from "../components/run.tsx";
import { PLOT_SCRIPTS } from "../components/run_plots.tsx";
import { runSubject } from "../components/run_words.ts";
import { inUnits } from "../components/shown_units.ts";
import { config } from "../config.ts";
import { citedOf } from "../db/cited.ts";
import { getFamilyOverview } from "../db/families/overview.ts";
import { listSpectrumPoints } from "../db/families/spectrum_points.ts";
import { UnitsQuery } from "../db/runs/asked_units.ts";
import { getRun, getRunId, getRunSource } from "../db/runs/run.ts";
import { listBackLinks, listNamed } from "../db/runs/links.ts";
import { listSiblings } from "../db/runs/siblings.ts";
import { fromSource } from "../db/source/client.ts";
import { readDocument } from "../db/source/whole_document.ts";
import { strictJson } from "../db/source/json.ts";
import { type AppEnv, badQuery, currentUser, notFound } from "./http.ts";

const SOURCE_ID = /^[0-9a-f]{24}$/;
const NUMBER = /^[1-9]\d{0,14}$/;

/** A run: its page, and its whole document. Both answer to the catalogue's number; a MongoDB id leads there. */
export const run = new Hono<AppEnv>();

run.get(
  "/runs/:id{[0-9a-f]+}",
  zValidator("query", UnitsQuery, badQuery),
  async (c) => {
    const id = c.req.param("id");
    const { units } = c.req.valid("query");
    if (SOURCE_ID.test(id)) {
      return c.redirect(inUnits(units, `/runs/${await numberOf(id)}`), 303);
    }
    const number = runNumber(id);
    const isAdmin = currentUser(c).role === "admin";
    const [found, families, spectrum, siblings, back] = await Promise.all([
      getRun(number),
      getFamilyOverview(number),
      listSpectrumPoints(number),
      listSiblings(number),
      listBackLinks(number),
    ]);
    if (!found) notFound();
    const links = { ...back, named: await listNamed(found.detail.tags) };
    return c.render(
      <RunPage
        {...{ run: found, siblings, families, spectrum, links, isAdmin, units }}
        citation={citationOfRun(citedOf(found), config.BASE_URL)}
      />,
      {
        title: `Run ${found.row.id}: ${runSubject(found.row)}`,
        wide: true,
        scripts: PLOT_SCRIPTS,
      },
    );
  },
);

run.get("/runs/:file{[0-9a-f]+\\.json}", async (c) => {
  const id = c.req.param("file").replace(".json", "");
  if (SOURCE_ID.test(id)) {
    return c.redirect(`/runs/${await numberOf(id)}.json`, 303);
  }
  return await sendDocument(c, runNumber(id));
});

/** The whole document of a run as strict JSON. */
export async function sendDocument(
  c: Context<AppEnv>,
  id: number,
): Promise<Response> {
  const found = await getRunSource(id) ?? notFound();
  const document = await fromSource((db) =>
    readDocument(
      db,
      found.source_id,
      found.collection === "linear" ? "LinearRuns" : "NonlinRuns",
    )
  );
  if (!document) notFound();
  return c.body(JSON.stringify(strictJson(document)), 200, {
    "Content-Type": "application/json; charset=utf-8",
  });
}

/** The number of the run that a MongoDB id belongs to; others are not found. */
async function numberOf(source_id: string): Promise<number> {
  return await getRunId(source_id) ?? notFound();
}

/** The number that an address names in either way, by itself or by a MongoDB id; anything else is not found. */
export function eitherNumber(text: string): number | Promise<number> {
  return SOURCE_ID.test(text) ? numberOf(text) : runNumber(text);
}

/** The number that an address names; anything else is not found. */
export function runNumber(text: string): number {
  return NUMBER.test(text) ? Number(text) : notFound();
}
