import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { NewDownloadPage, type Offer } from "../components/new_download.tsx";
import type { SelectionFields } from "../components/parts_form.tsx";
import { getRoom, refusals } from "../db/archive_limits.ts";
import { estimateBuild } from "../db/build_estimate.ts";
import { type Fit, listFits } from "../db/fitting.ts";
import {
  chosenTotals,
  DownloadOrder,
  getPreflight,
  type Selection,
} from "../db/selection.ts";
import { isAlreadyBuilt, runsOfSelection } from "../db/shared_archives.ts";
import { type AppEnv, badQuery, currentUser } from "./http.ts";

/** The look at a download before it is asked for. */
export const newDownload = new Hono<AppEnv>();

newDownload.get(
  "/downloads/new",
  zValidator("query", DownloadOrder, badQuery),
  (c) => preflightPage(c, c.req.valid("query"), []),
);

/** The pre-flight, with `problems` of a request that was just refused, or those that can be foreseen. */
export async function preflightPage(
  c: Context<AppEnv>,
  { selection, parts }: DownloadOrder,
  problems: string[],
): Promise<Response> {
  const [preflight, room, built] = await Promise.all([
    getPreflight(selection),
    getRoom(currentUser(c).id),
    isAlreadyBuilt({ runs: runsOfSelection(selection), parts }),
  ]);
  const totals = chosenTotals(preflight, parts);
  const noRoom = refusals(
    built ? { ...room, free: Infinity } : room,
    totals.bytes,
  );
  const foreseen = problems.length > 0
    ? problems
    : [...unknownWords(preflight.unknown), ...noRoom];
  const [estimate, fits] = await Promise.all([
    estimateBuild(totals),
    noRoom.length > 0 ? listFits(selection, preflight, parts, room) : [],
  ]);
  const offers = fits.map((fit) => offerOf(fit, selection));
  const fields = fieldsOf(selection);
  return c.render(
    <NewDownloadPage
      {...{ preflight, fields, parts, totals, room, estimate, built, offers }}
      problems={foreseen}
    />,
    { title: foreseen.length > 0 ? "Error: New download" : "New download" },
  );
}

/** A smaller choice with its address; none when its runs are too many to be named. */
function offerOf(fit: Fit, selection: Selection): Offer {
  const { first } = fit;
  if (first && first.runs.length < first.count) return { ...fit, href: null };
  const fields = first ? fieldsOf({ runs: first.runs }) : fieldsOf(selection);
  const query = new URLSearchParams([
    ...fields.map(({ name, value }) => [name, value]),
    ...fit.parts.map((part) => ["parts", part]),
  ]);
  return { ...fit, href: `/downloads/new?${query}` };
}

function fieldsOf(selection: Selection): SelectionFields {
  return "query" in selection
    ? [{ name: "query", value: selection.query }]
    : selection.runs.map((id) => ({ name: "run", value: String(id) }));
}

function unknownWords(ids: number[]): string[] {
  return ids.length === 0
    ? []
    : [`Not in the catalogue: run ${ids.join(", ")}`];
}
