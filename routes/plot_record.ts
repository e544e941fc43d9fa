import { createHash } from "node:crypto";
import { type Context } from "hono";
import { nrgRecord } from "../components/plots/nrg.ts";
import { traceRecord } from "../components/plots/trace.ts";
import { textFileId } from "../components/run_plots.tsx";
import type { Run } from "../db/runs/run.ts";
import { simulationIn, unitsOfRun } from "../components/shown_units.ts";
import { fromSource } from "../db/source/client.ts";
import { readDocuments } from "../db/source/documents.ts";
import { kind } from "../physics/linear.ts";
import { packed, type TimeRecord } from "../physics/plots/record.ts";
import type { Simulation } from "../physics/simulation.ts";
import type { UnitSystem } from "../physics/units.ts";
import { type AppEnv, notFound } from "./http.ts";
import { isKnown } from "./ranges.ts";
import { readNrg } from "./source_texts.ts";

/** Changes when the bytes are arranged in another way, so that no browser keeps the old ones. */
const FORMAT = 1;

/** Records that static/zoom_record.js asks for, by the name of their plot. @throws {SourceUnavailable} while what is read from the source is away */
const RECORDS: Record<
  string,
  (run: Run, units: UnitSystem) => Promise<TimeRecord | null>
> = {
  trace: async ({ detail, row }, asked) => {
    const { units } = unitsOfRun(asked, row);
    const whole = await withWholeTraces(detail);
    return traceRecord(simulationIn(units, whole, row), units);
  },
  nrg: async ({ detail }) => {
    const id = textFileId(detail, "nrg");
    const nrg = id === null ? null : await readNrg(id);
    return nrg && nrgRecord(nrg, detail, kind(detail) === "linear");
  },
};

/** Every stored point of a plot over time, packed (`physics/plots/record.ts`); 404 where the run has none. */
export async function plotRecord(
  c: Context<AppEnv>,
  { name, run, units }: { name: string; run: Run; units: UnitSystem },
): Promise<Response> {
  const read = Object.hasOwn(RECORDS, name) ? RECORDS[name]! : notFound();
  const etag = etagOf(`${name} ${units}`, run);
  c.header("Cache-Control", "private, no-cache");
  c.header("ETag", etag);
  if (isKnown(c.req.header("If-None-Match"), etag)) return c.body(null, 304);
  const record = await read(run, units) ?? notFound();
  c.header("Content-Type", "application/octet-stream");
  return c.body(packed(record) as Uint8Array<ArrayBuffer>);
}

/** The catalogue keeps long traces thinned; then the document itself is read. The thinned ones remain when it has gone meanwhile. */
async function withWholeTraces(sim: Simulation): Promise<Simulation> {
  const { nonlinear, source } = sim;
  if (nonlinear === null || nonlinear.n_time <= nonlinear.time.length) {
    return sim;
  }
  const name = source.collection === "linear" ? "LinearRuns" : "NonlinRuns";
  const [reading] = await fromSource((db) =>
    readDocuments(db, name, [source.id])
  );
  return reading?.simulation ?? sim;
}

/** A document is read into the catalogue after every change, and files never change. */
function etagOf(name: string, { detail, synced_at }: Run): string {
  const state = [FORMAT, name, detail.source.id, synced_at.getTime()].join(" ");
  return `"${createHash("sha256").update(state).digest("hex").slice(0, 20)}"`;
}
