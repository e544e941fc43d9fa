import { type Db, type Document, ObjectId } from "mongodb";
import {
  type ArchiveRun,
  getPlan,
  listArchiveRuns,
  savePlan,
} from "../../db/archive_plans.ts";
import { isChosen, type Part } from "../../db/parts.ts";
import { MAX_TIME_MS } from "../../db/source/client.ts";
import { plotNames } from "../../db/source/plots.ts";
import { listFiles } from "../../db/source/gridfs.ts";
import type { CollectionName } from "../../db/source/simulation.ts";
import type { Attempt } from "./attempt.ts";
import {
  ArchivePlanner,
  type FileReference,
  fileReference,
  type PlannedRun,
} from "./plan.ts";

const RUNS_PER_QUERY = 200;

/** A run of the frozen list, with where its document lies. */
export type FrozenRun = PlannedRun & { collection: CollectionName };

/** The list of files of an archive: frozen by the first attempt from the source as it is then, read again by later ones. */
export async function frozenRuns(attempt: Attempt): Promise<FrozenRun[]> {
  const { archive } = attempt;
  const kept = await getPlan(archive.id);
  if (kept) return kept as FrozenRun[];
  const runs = await listArchiveRuns(archive.id);
  const planner = new ArchivePlanner();
  const frozen: FrozenRun[] = [];
  for (let at = 0; at < runs.length; at += RUNS_PER_QUERY) {
    const batch = runs.slice(at, at + RUNS_PER_QUERY);
    const planned = await attempt.patiently((db) =>
      lookAt(db, batch, archive.parts)
    );
    for (const { run, references, rows, plots } of planned) {
      attempt.signal.throwIfAborted();
      const toPlan = {
        source_id: run.source_id,
        folder_path: run.folder_path,
        suffix: run.run_suffix,
        references,
        plots,
        summary: archive.parts.includes("summary"),
      };
      frozen.push({ ...planner.plan(toPlan, rows), collection: nameOf(run) });
    }
  }
  await savePlan(archive, frozen);
  return frozen;
}

/** What the documents of some runs refer to, of the parts that are wanted. A run that has gone refers to nothing. */
async function lookAt(db: Db, runs: ArchiveRun[], parts: Part[]) {
  const documents = new Map<string, Document>();
  const plots = new Map<string, string[]>();
  for (const collection of ["LinearRuns", "NonlinRuns"] as const) {
    const ids = runs.filter((run) => nameOf(run) === collection)
      .map((run) => new ObjectId(run.source_id));
    if (ids.length === 0) continue;
    const found = await db.collection(collection).find(
      { _id: { $in: ids } },
      {
        projection: { Files: 1, Diagnostics: 1 },
        batchSize: RUNS_PER_QUERY,
        singleBatch: true,
        maxTimeMS: MAX_TIME_MS,
      },
    ).toArray();
    for (const document of found) documents.set(String(document._id), document);
    if (!parts.includes("plots")) continue;
    for (const [id, names] of await plotNames(db, collection, ids)) {
      plots.set(id, names);
    }
  }
  const references = new Map(runs.map((run) => [
    run.source_id,
    referencesOf(documents.get(run.source_id) ?? {}, parts),
  ]));
  const ids = [...references.values()].flat().flatMap((r) => r.file_id ?? []);
  const rows = await listFiles(db, ids);
  return runs.map((run) => ({
    run,
    references: references.get(run.source_id)!,
    rows,
    plots: plots.get(run.source_id) ?? [],
  }));
}

function referencesOf(document: Document, parts: Part[]): FileReference[] {
  const blocks = [["Files", "files"], ["Diagnostics", "diagnostics"]] as const;
  return blocks.flatMap(([block, part]) =>
    Object.entries(isRecord(document[block]) ? document[block] : {})
      .filter(([key]) => isChosen({ block, key }, parts))
      .map(([key, value]) => fileReference(part, key, value))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
}

function nameOf({ collection }: ArchiveRun): CollectionName {
  return collection === "nonlinear" ? "NonlinRuns" : "LinearRuns";
}
