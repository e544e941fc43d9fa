import { HTTPException } from "hono/http-exception";
import { modeStructurePlot } from "../components/plots/mode_structure.ts";
import { nrgPlot } from "../components/plots/nrg.ts";
import type { NoPlot, Plot, PlotName } from "../components/plots/plot.ts";
import { nrgFileId, type SourcePlotName } from "../components/run_plots.tsx";
import type { Run } from "../db/runs/run.ts";
import { fromSource } from "../db/source/client.ts";
import { DamagedFile, listFiles } from "../db/source/gridfs.ts";
import { readFile } from "../db/source/gridfs_reader.ts";
import { readStructures } from "../db/source/mode_structure.ts";
import { kind } from "../physics/linear.ts";
import { modeStructure } from "../physics/plots/mode_structure.ts";
import { type Nrg, parseNrg } from "../physics/plots/nrg.ts";
import type { Simulation } from "../physics/simulation.ts";

/** Uploads are capped at 10 MB since 2025; a few older ones are larger. */
const MAX_NRG_BYTES = 32e6;

/** Plots whose numbers are read from the source when they are asked for. @throws {SourceUnavailable} while it is away */
export const SOURCE_PLOTS: Record<
  SourcePlotName,
  (run: Run) => Promise<Plot | NoPlot | null>
> = {
  "mode-structure": drawStructure,
  nrg: drawNrg,
};

async function drawStructure(
  { detail: { source } }: Run,
): Promise<Plot | NoPlot | null> {
  const name = source.collection === "linear" ? "LinearRuns" : "NonlinRuns";
  const stored = await fromSource((db) => readStructures(db, source.id, name));
  const structure = stored === null ? null : modeStructure(stored);
  return structure === null ? null : modeStructurePlot(structure);
}

async function drawNrg({ detail }: Run): Promise<Plot | NoPlot | null> {
  if (nrgFileId(detail) === null) return null;
  const nrg = await readNrg(detail);
  return nrg === null
    ? without("nrg", "The file nrg is not written as GENE writes it.")
    : nrgPlot(nrg, detail, kind(detail) === "linear");
}

/** What a run's `nrg` file holds; null when there is none, or it is not written as GENE writes it. */
export async function readNrg(sim: Simulation): Promise<Nrg | null> {
  const id = nrgFileId(sim);
  return id === null ? null : parseNrg(await readText(id));
}

/** A text file from GridFS, whole. */
function readText(id: string): Promise<string> {
  return fromSource(async (db) => {
    const row = (await listFiles(db, [id])).get(id);
    if (!row?.ok) throw gone(row?.reason ?? "GridFS has no file of this id");
    if (row.file.length > MAX_NRG_BYTES) {
      throw new HTTPException(413, {
        message: `The file is larger than ${
          MAX_NRG_BYTES / 1e6
        } MB, too large to draw. Download it instead.`,
      });
    }
    try {
      const decoder = new TextDecoder();
      let text = "";
      for await (const piece of await readFile(db, row.file)) {
        text += decoder.decode(piece, { stream: true });
      }
      return text + decoder.decode();
    } catch (error) {
      if (error instanceof DamagedFile) throw gone(error.message);
      throw error;
    }
  });
}

function gone(reason: string): HTTPException {
  return new HTTPException(410, {
    message: `The source does not hold this file whole: ${reason}.`,
  });
}

function without(name: PlotName, reason: string): NoPlot {
  return { name, title: "No plot", reason };
}
