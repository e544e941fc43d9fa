import { modeStructurePlot } from "../components/plots/mode_structure.ts";
import { nrgPlot } from "../components/plots/nrg.ts";
import type { NoPlot, Plot, PlotName } from "../components/plots/plot.ts";
import {
  diagnosticPlot,
  diagnosticTitle,
} from "../components/plots/diagnostic.ts";
import { omegaPlot } from "../components/plots/omega.ts";
import {
  drawnDiagnostics,
  hasStructure,
  omegaDiagnostic,
  SOURCE_TITLES,
  type SourcePlotName,
  textFileId,
} from "../components/run_plots.tsx";
import { aOf, unitsOfRun } from "../components/shown_units.ts";
import type { RunRow } from "../db/runs/list.ts";
import type { Run } from "../db/runs/run.ts";
import { fromSource } from "../db/source/client.ts";
import {
  readDiagnostic,
  UnreadableDiagnostic,
} from "../db/source/diagnostics.ts";
import { readStructures } from "../db/source/mode_structure.ts";
import { kind } from "../physics/linear.ts";
import { type Profiles, profilesOf } from "../physics/plots/diagnostic.ts";
import { compareOmega, omegaLines } from "../physics/plots/gene_omega.ts";
import { modeStructure } from "../physics/plots/mode_structure.ts";
import type { Simulation, StoredFile } from "../physics/simulation.ts";
import { toShown, type Unit, type UnitSystem } from "../physics/units.ts";
import { Kept } from "./kept.ts";
import { readNrg, readOmega } from "./source_texts.ts";

/** Diagnostics kept as what is drawn of them; files of at most 10 MB. */
const KEPT_DIAGNOSTICS = 4;

const profiles = new Kept<Profiles>(KEPT_DIAGNOSTICS);

/** Plots whose numbers are read from the source when they are asked for. @throws {SourceUnavailable} while it is away */
export const SOURCE_PLOTS: Record<
  SourcePlotName,
  (run: Run, asked: UnitSystem) => Promise<Plot | NoPlot | null>
> = {
  "mode-structure": drawStructure,
  nrg: drawNrg,
  omega: drawOmega,
};

/** The plot of one diagnostic by its name; null when the run has none of that name. @throws {SourceUnavailable} while the source is away */
export async function drawDiagnostic(
  { detail }: Run,
  name: string,
): Promise<Plot | NoPlot | null> {
  const file = drawnDiagnostics(detail).find((f) => f.name === name);
  if (!file) return null;
  try {
    const found = await readProfiles(file, documentOf(detail));
    return diagnosticPlot({ key: file.key, name: file.name, found });
  } catch (error) {
    if (!(error instanceof UnreadableDiagnostic)) throw error;
    return without(
      file.name,
      `It cannot be drawn. ${error.message}.`,
      diagnosticTitle(file.key),
    );
  }
}

/** What is drawn of a diagnostic. A file never changes under its id, so the last ones are kept; what stands in the document is read anew. */
function readProfiles(
  file: StoredFile,
  document: Parameters<typeof readDiagnostic>[1],
): Promise<Profiles> {
  const read = async () => profilesOf(await readDiagnostic(file, document));
  return file.id === null ? read() : profiles.get(file.id, read);
}

/** The omega file, else the diagnostic that repeats it. */
async function drawOmega(
  { detail, row }: Run,
  asked: UnitSystem,
): Promise<Plot | NoPlot | null> {
  const id = textFileId(detail, "omega");
  const stored = omegaDiagnostic(detail);
  if (id === null && stored === null) return null;
  const lines = id === null
    ? omegaLines(await readDiagnostic(stored!, documentOf(detail)))
    : await readOmega(id);
  return lines === null
    ? without("omega", "The file omega is not written as GENE writes it.")
    : omegaPlot(
      lines,
      compareOmega(lines, detail),
      shownBy("rate", row, asked),
    );
}

function documentOf({ source }: Simulation) {
  return {
    id: source.id,
    collection: source.collection === "linear" ? "LinearRuns" : "NonlinRuns",
  } as const;
}

async function drawStructure(
  { detail, row }: Run,
  asked: UnitSystem,
): Promise<Plot | NoPlot | null> {
  const { id, collection } = documentOf(detail);
  const stored = await fromSource((db) => readStructures(db, id, collection));
  const structure = stored === null ? null : modeStructure(stored);
  if (structure === null) {
    return hasStructure(detail)
      ? without(
        "mode-structure",
        "ϕ has fewer than two numbers along the field line, or is zero everywhere.",
        SOURCE_TITLES["mode-structure"],
      )
      : null;
  }
  return modeStructurePlot(
    structure,
    shownBy("wavenumber", row, asked),
  );
}

/** The units of a run's plot, and the factor to them from the stored one. */
function shownBy(unit: Unit, row: RunRow, asked: UnitSystem) {
  const { units } = unitsOfRun(asked, row);
  const factor = units === "cs_a" ? toShown(unit, aOf(row)!).factor : 1;
  return { units, factor };
}

async function drawNrg({ detail }: Run): Promise<Plot | NoPlot | null> {
  const id = textFileId(detail, "nrg");
  if (id === null) return null;
  const nrg = await readNrg(id);
  return nrg === null
    ? without("nrg", "The file nrg is not written as GENE writes it.")
    : nrgPlot(nrg, detail, kind(detail) === "linear");
}

function without(name: PlotName, reason: string, title = "No plot"): NoPlot {
  return { name, title, reason };
}
