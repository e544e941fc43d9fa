/** Every plot of every troubled document is drawn, or says why not. */
import { test } from "../setup.ts";
import { BSON } from "mongodb";
import { expect } from "expect";
import { config } from "../../config.ts";
import { PLOT_NAMES } from "../../components/plots/plot.ts";
import { findFamilies } from "../../db/families/find.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import {
  hasSharedDocuments,
  rawDocuments,
} from "../db/source/shared_documents.ts";
import { Browser, makeUser } from "../make.ts";
import { source } from "../mongo.ts";

Object.assign(config, { MONGO_DB: source.databaseName });

const FRAGMENT = { "HX-Request": "true", "HX-Request-Type": "partial" };
const PLOTS = [
  ...PLOT_NAMES.filter((n) => !["scan", "flux-map", "coverage"].includes(n)),
  "diagnostic-flux-spectra",
  "diagnostic-amplitude-spectra",
  "diagnostic-field-mom-snapshots",
];

if (hasSharedDocuments()) {
  test(
    "every plot of every troubled document is drawn or says why not",
    drawAll,
  );
} else {
  Deno.test({
    name:
      "every plot of every troubled document is drawn or says why not (left out: ../shared/data is not there)",
    ignore: true,
    fn: () => {},
  });
}

async function drawAll(): Promise<void> {
  for (const name of ["LinearRuns", "NonlinRuns", "fs.files", "fs.chunks"]) {
    const documents = (await rawDocuments("trouble", name)).map((raw) =>
      BSON.deserialize(raw, { promoteValues: false })
    );
    await source.collection(name).insertMany(documents);
  }
  await syncCatalogue({ pass: "full" });
  await findFamilies();
  const researcher = await Browser.of(await makeUser());
  const runs = await sql<{ id: number; folder: string }[]>`
    select id, folder from runs`;
  expect(runs.length).toBeGreaterThan(30);
  const faults: string[] = [];
  for (const { id, folder } of runs) {
    for (const path of ["", ...PLOTS.map((p) => `/plots/${p}`)]) {
      const response = await researcher.get(`/runs/${id}${path}`, FRAGMENT);
      const html = await response.text();
      const where = `${folder} ${path}: ${response.status}`;
      // 410: the source does not hold the file whole.
      const fine = path === "" ? [200] : [200, 404, 410];
      if (!fine.includes(response.status)) faults.push(where);
      const drawings = (html.match(/<svg.*?<\/svg>/gs) ?? []).join("")
        .replaceAll(/<(title|desc|text)[\s>].*?<\/\1>/gs, "");
      if (/NaN|Infinity|undefined/.test(drawings)) faults.push(`${where} NaN`);
      const says = /<svg|<p[^>]*>[^<]{20,}/.test(html);
      if (!says) faults.push(`${where}, and says nothing`);
    }
  }
  expect(faults).toEqual([]);
}
