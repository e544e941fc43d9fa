import { zValidator } from "@hono/zod-validator";
import { type Context, Hono } from "hono";
import { RunsFragment, RunsPage } from "../components/runs.tsx";
import { listPicked } from "../db/basket.ts";
import { queryString, searchAddress } from "../db/runs/address.ts";
import { countFacets, type Counts } from "../db/runs/facets.ts";
import { listSpectraOf } from "../db/runs/collapse.ts";
import { findHistograms } from "../db/runs/memory_histograms.ts";
import { countRuns, listRuns, type RunRow } from "../db/runs/list.ts";
import { RunQuery } from "../db/runs/query.ts";
import type { User } from "../db/users.ts";
import {
  type AppEnv,
  badQuery,
  currentUser,
  pushUrl,
  wantsFragment,
} from "./http.ts";
import { sendExport, sendPieces } from "./exports.ts";
import { nearby } from "./near.ts";
import { csvOf, jsonOf } from "./runs_export.ts";
import { histogramQuantities } from "./search_histograms.ts";
import { chipsOf } from "./search_chips.ts";
import {
  type Found,
  searchTitle,
  searchView,
  shownColumns,
} from "./search_view.ts";

/** Columns that the table needs beside those it shows. */
const ALWAYS = ["source_id", "implausible", "a_over_R"];

/** The search, as a page and as files. */
export const runs = new Hono<AppEnv>();

runs.get("/runs", zValidator("query", RunQuery, badQuery), async (c) => {
  const query = await nearby(c.req.valid("query"));
  const isFragment = wantsFragment(c);
  if (!isFragment && saysNothing(c, query)) {
    return c.redirect(searchAddress(query), 303);
  }
  const view = searchView(query, await find(query, currentUser(c)));
  const title = searchTitle(query);
  if (!isFragment) {
    return c.render(<RunsPage {...view} />, { title, wide: true });
  }
  pushUrl(c, searchAddress(query));
  const wholeForm = c.req.header("HX-Source") !== "form#filters";
  return c.html(
    <RunsFragment {...view} {...{ wholeForm, title: `${title} - MGKDB` }} />,
  );
});

runs.get("/runs.json", zValidator("query", RunQuery, badQuery), async (c) => {
  const query = await nearby(c.req.valid("query"));
  c.header("Content-Type", "application/json; charset=utf-8");
  const send = query.page === null ? sendExport : sendPieces;
  return await send(c, jsonOf(query, isAdmin(c)));
});

runs.get("/runs.csv", zValidator("query", RunQuery, badQuery), async (c) => {
  return await sendRunsCsv(c, c.req.valid("query"));
});

/** A search as a CSV file: all its runs, or the page that was asked for. */
export async function sendRunsCsv(
  c: Context<AppEnv>,
  asked: RunQuery,
): Promise<Response> {
  const query = await nearby(asked);
  c.header("Content-Type", "text/csv; charset=utf-8");
  c.header("Content-Disposition", 'attachment; filename="mgkdb_runs.csv"');
  const send = query.page === null ? sendExport : sendPieces;
  return await send(c, csvOf(query, isAdmin(c)));
}

/** A plain form sends every field; the address that people keep has only those that say something. */
function saysNothing(c: Context, query: RunQuery): boolean {
  const sent = [...new URL(c.req.url).searchParams].length;
  return sent > new URLSearchParams(queryString(query)).size;
}

async function find(query: RunQuery, user: User): Promise<Found> {
  const columns = [...ALWAYS, ...shownColumns(query)];
  const wholeFolders = user.role === "admin";
  const counting = countFacets(query);
  const collapsed = query.collapse ? countRuns(query) : null;
  const [rows, counts, histogramsFound, picked] = await Promise.all([
    listRuns(query, { columns, wholeFolders }),
    counting,
    counting.then(({ total, estimated }) =>
      findHistograms(
        query,
        histogramQuantities(query),
        estimated ? null : total,
      )
    ),
    listPicked(user.id),
  ]);
  const total = await collapsed;
  const found = {
    ...counts,
    ...(total === null
      ? totalOf(query, rows, counts)
      : { total, estimated: false }),
  };
  const spectra = query.collapse
    ? await listSpectraOf(rows.map((r) => r.id))
    : null;
  const relaxed = found.total > 0 ? [] : await Promise.all(
    chipsOf(query).map((chip) => countFacets(chip.without)),
  );
  return {
    ...found,
    histograms: histogramsFound,
    spectra,
    rows,
    picked,
    relaxed,
  };
}

/** A page that is not full is the last one, however the total was estimated. */
function totalOf(
  { page, size }: RunQuery,
  rows: RunRow[],
  { total, estimated }: Counts,
): Pick<Counts, "total" | "estimated"> {
  const passed = ((page ?? 1) - 1) * size;
  const isLast = rows.length < size && (rows.length > 0 || passed === 0);
  if (!estimated || isLast) {
    return { total: isLast ? passed + rows.length : total, estimated: false };
  }
  return { total: Math.max(total, passed + rows.length), estimated };
}

function isAdmin(c: Context<AppEnv>): boolean {
  return currentUser(c).role === "admin";
}
