import { type Db, type Document, ObjectId } from "mongodb";
import {
  type ArchiveRun,
  getPlanPortion,
  listArchiveRuns,
  savePlan,
} from "../../db/archive_plans.ts";
import { isChosen, type Part } from "../../db/parts.ts";
import { decode } from "../../db/source/bson.ts";
import { MAX_TIME_MS } from "../../db/source/client.ts";
import { plotNames } from "../../db/source/plots.ts";
import { type FileRow, listFiles } from "../../db/source/gridfs.ts";
import type { CollectionName } from "../../db/source/simulation.ts";
import { type Attempt, Superseded } from "./attempt.ts";
import { insist } from "./insist.ts";
import {
  addToTotals,
  ArchivePlanner,
  type FileReference,
  fileReference,
  type PlannedRun,
  type PlanTotals,
} from "./plan.ts";
import { packRuns, unpackRuns } from "./plan_portion.ts";

const RUNS_PER_QUERY = 200;

/** A run of the frozen list, with where its document lies. */
export type FrozenRun = PlannedRun & { collection: CollectionName };

/** What an archive will hold. */
export interface FrozenPlan {
  totals: PlanTotals;
  /** The runs in their order, some hundred at a time in memory. */
  runs(): AsyncGenerator<FrozenRun>;
}

/** The list of files of an archive: frozen by the first attempt from the source as it is then, read again by later ones. */
export async function frozenPlan(attempt: Attempt): Promise<FrozenPlan> {
  const { archive, signal } = attempt;
  const first = await insist(() => getPlanPortion(archive.id, 0), { signal });
  if (!first) await freeze(attempt);
  let totals: PlanTotals = { runs: 0, files: 0, bytes: 0, missing: 0 };
  for await (const run of frozenRuns(attempt)) {
    totals = addToTotals(totals, run);
  }
  return { totals, runs: () => frozenRuns(attempt) };
}

async function* frozenRuns(
  { archive, signal }: Attempt,
): AsyncGenerator<FrozenRun> {
  for (let n = 0;; n++) {
    const portion = await insist(
      () => getPlanPortion(archive.id, n),
      { signal },
    );
    if (!portion && n === 0) throw new Superseded("No longer wanted");
    if (!portion) return;
    yield* await unpackRuns<FrozenRun>(portion);
  }
}

async function freeze(attempt: Attempt): Promise<void> {
  const { archive } = attempt;
  const runs = await listArchiveRuns(archive.id);
  const planner = new ArchivePlanner();
  const portions: Uint8Array[] = [];
  for (let at = 0; at < runs.length || at === 0; at += RUNS_PER_QUERY) {
    const batch = runs.slice(at, at + RUNS_PER_QUERY);
    const looked = await attempt.patiently((db) =>
      lookAt(db, batch, archive.parts)
    );
    attempt.signal.throwIfAborted();
    const summary = archive.parts.includes("summary");
    portions.push(
      await packRuns(looked.map((one) => planned(planner, one, summary))),
    );
  }
  await savePlan(archive, portions);
}

function planned(
  planner: ArchivePlanner,
  { run, references, rows, plots }: Looked,
  summary: boolean,
): FrozenRun {
  const { source_id, folder_path, run_suffix: suffix } = run;
  const toPlan = { source_id, folder_path, suffix, references, plots, summary };
  return { ...planner.plan(toPlan, rows), collection: nameOf(run) };
}

/** A run and what its document refers to. */
interface Looked {
  run: ArchiveRun;
  references: FileReference[];
  /** The rows of `fs.files` of these references, and of others. */
  rows: Map<string, FileRow>;
  /** Names of its stored pictures. */
  plots: string[];
}

/** What the documents of some runs refer to, of the parts that are wanted. One that has gone or is broken refers to nothing. */
async function lookAt(
  db: Db,
  runs: ArchiveRun[],
  parts: Part[],
): Promise<Looked[]> {
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
        // Decoded one by one: one that is broken must not take the others along.
        raw: true,
      },
    ).toArray() as unknown as Uint8Array[];
    for (const { document } of found.map(decode)) {
      if (document) documents.set(String(document._id), document);
    }
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
