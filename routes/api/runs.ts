import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import { config } from "../../config.ts";
import { searchAddress } from "../../db/runs/address.ts";
import { countRuns, listRuns } from "../../db/runs/list.ts";
import { RunQuery } from "../../db/runs/query.ts";
import { getRun } from "../../db/runs/run.ts";
import { getCatalogueState } from "../../db/runs/state.ts";
import type { StoredFile } from "../../physics/simulation.ts";
import { familyOptions } from "../families.tsx";
import { type AppEnv, badQuery, notFound } from "../http.ts";
import { nearby } from "../near.ts";
import { eitherNumber, sendDocument } from "../run.tsx";
import { sendFile } from "../run_files.ts";
import { sendRunsCsv } from "../runs.tsx";
import { apiUrl, pageLinks } from "./links.ts";

/** Runs for programs: searches, single runs, their documents and files. */
export const apiRuns = new Hono<AppEnv>();

apiRuns.get("/runs", zValidator("query", RunQuery, badQuery), async (c) => {
  const query = await nearby(c.req.valid("query"));
  const { size, cols } = query;
  const page = query.page ?? 1;
  const options = { ...familyOptions(c), columns: cols ?? undefined };
  const [runs, total, state] = await Promise.all([
    listRuns(query, options),
    countRuns(query),
    getCatalogueState(),
  ]);
  const last = Math.max(1, Math.ceil(total / size));
  const links = pageLinks(
    page,
    { last, more: page < last },
    (n) => apiUrl(searchAddress({ ...query, page: n })),
  );
  return c.json({ total, ...state, page, size, links, runs });
});

apiRuns.get(
  "/runs.csv",
  zValidator("query", RunQuery, badQuery),
  (c) => sendRunsCsv(c, c.req.valid("query")),
);

apiRuns.get("/runs/:id", async (c) => {
  const id = await eitherNumber(c.req.param("id"));
  const run = await getRun(id, familyOptions(c)) ?? notFound();
  return c.json({ run: run.row, links: linksOf(id) });
});

apiRuns.get(
  "/runs/:id/document",
  async (c) => sendDocument(c, await eitherNumber(c.req.param("id"))),
);

apiRuns.get("/runs/:id/files", async (c) => {
  const id = await eitherNumber(c.req.param("id"));
  const run = await getRun(id, { columns: [] }) ?? notFound();
  return c.json({ files: run.detail.files.map((file) => fileOf(id, file)) });
});

apiRuns.get("/runs/:id/files/:fileId", async (c) => {
  const { id, fileId } = c.req.param();
  return sendFile(c, await eitherNumber(id), fileId);
});

/** What there is about a run, and its page for people. */
function linksOf(id: number): Record<string, string> {
  return {
    self: apiUrl(`/runs/${id}`),
    document: apiUrl(`/runs/${id}/document`),
    files: apiUrl(`/runs/${id}/files`),
    spectrum: apiUrl(`/spectra/${id}`),
    scan: apiUrl(`/scans/${id}`),
    twins: apiUrl(`/twins/${id}`),
    page: `${config.BASE_URL}/runs/${id}`,
  };
}

function fileOf(run: number, file: StoredFile) {
  const { id, key, filename, block, length: bytes, state, note } = file;
  const isThere = id !== null && (state === "ok" || state === "unchecked");
  const href = isThere ? apiUrl(`/runs/${run}/files/${id}`) : null;
  return { id, key, filename, block, bytes, state, note, href };
}
