import {
  buryVanished,
  knownDocuments,
  writeRuns,
  writeUnreadable,
} from "../db/catalogue.ts";
import { withCatalogueLock } from "../db/catalogue_lock.ts";
import type { Payload } from "../db/queue.ts";
import { deleteUnusedInputs } from "../db/run_inputs.ts";
import type { Simulation } from "../physics/simulation.ts";
import { fromSource } from "../db/source/client.ts";
import {
  BATCH_SIZE,
  type DocumentId,
  listDocuments,
  readDocuments,
} from "../db/source/documents.ts";
import { checkFiles } from "../db/source/files.ts";
import {
  COLLECTION_NAMES,
  type CollectionName,
} from "../db/source/simulation.ts";
import {
  createPass,
  failPass,
  finishPass,
  interruptedFullPass,
  isCatalogueCurrent,
  saveProgress,
  type SyncPass,
} from "../db/sync_passes.ts";

/**
 * Brings the catalogue in step with the source, one process at a time.
 *
 * A `new` pass compares the ids and reads only new documents. A `full` pass reads all of them and changes the rows that differ; it is
 * also what runs when no full pass of today's extractor has ended. It goes on where an interrupted one stopped.
 * @throws {SourceUnavailable} when the source is away: the queue tries again
 */
export async function syncCatalogue(
  { pass }: Payload<"sync_catalogue">,
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  await withCatalogueLock(() => runPass(pass, signal), signal);
}

async function runPass(
  wanted: SyncPass["kind"],
  signal?: AbortSignal,
): Promise<void> {
  const pass = await interruptedFullPass() ??
    await createPass(
      wanted === "full" || !await isCatalogueCurrent() ? "full" : "new",
    );
  try {
    const living = await fromSource(listDocuments);
    pass.seen = living.length;
    pass.removed += await removeVanished(living);
    await nameOddIds(pass, living);
    for (const collection of COLLECTION_NAMES) {
      await readCollection(
        pass,
        collection,
        await idsToRead(pass, collection, living),
        signal,
      );
    }
    if (pass.kind === "full") await deleteUnusedInputs();
    await finishPass(pass);
  } catch (error) {
    await failPass(
      pass.id,
      error instanceof Error ? error.message : String(error),
    ).catch(() => {});
    throw error;
  }
}

/** An empty source is more likely a wrong address than the end of all runs, so then nothing is removed. */
async function removeVanished(living: DocumentId[]): Promise<number> {
  if (living.length > 0) return await buryVanished(living);
  if ((await knownDocuments()).size > 0) {
    throw new Error(
      "MongoDB lists no documents at all; the catalogue keeps its runs",
    );
  }
  return 0;
}

async function nameOddIds(pass: SyncPass, living: DocumentId[]): Promise<void> {
  const odd = living.filter((d) => !d.is_object_id);
  await writeUnreadable(
    odd.map(({ id, collection }) => ({
      source_id: id,
      collection,
      reason: "Its _id is no ObjectId",
    })),
  );
  pass.unreadable += odd.length;
}

/** Ids of one collection that this pass has to read, ascending. */
async function idsToRead(
  pass: SyncPass,
  collection: CollectionName,
  living: DocumentId[],
): Promise<string[]> {
  const ids = living.filter((d) =>
    d.collection === collection && d.is_object_id
  ).map((d) => d.id);
  if (pass.kind === "new") {
    const known = await knownDocuments();
    return ids.filter((id) => !known.has(id));
  }
  const { cursor } = pass;
  if (cursor === null) return ids;
  const [at, here] = [cursor.collection, collection].map((name) =>
    COLLECTION_NAMES.indexOf(name as CollectionName)
  ) as [number, number];
  return here < at ? [] : here > at ? ids : ids.filter((id) => id > cursor.id);
}

/** Each batch is committed with how far the pass has come. */
async function readCollection(
  pass: SyncPass,
  collection: CollectionName,
  ids: string[],
  signal?: AbortSignal,
): Promise<void> {
  for (let from = 0; from < ids.length; from += BATCH_SIZE) {
    signal?.throwIfAborted();
    const batch = ids.slice(from, from + BATCH_SIZE);
    await readBatch(pass, collection, batch);
    if (pass.kind === "full") pass.cursor = { collection, id: batch.at(-1)! };
    await saveProgress(pass);
  }
}

async function readBatch(
  pass: SyncPass,
  collection: CollectionName,
  ids: string[],
): Promise<void> {
  const readings = await fromSource((db) => readDocuments(db, collection, ids));
  const simulations = readings.flatMap((r) => r.simulation ?? []);
  await fromSource((db) => checkFiles(db, simulations));
  const refused = await write(pass, simulations);
  const unreadable = readings.flatMap((r) =>
    r.unreadable === undefined
      ? []
      : [{ source_id: r.id, collection, reason: r.unreadable }]
  );
  await writeUnreadable([
    ...unreadable,
    ...refused.map((r) => ({ ...r, collection })),
  ]);
  pass.unreadable += unreadable.length + refused.length;
}

/** Writes a batch; where Postgres refuses it for its content, one by one. @returns those that it refuses */
async function write(
  pass: SyncPass,
  simulations: Simulation[],
): Promise<{ source_id: string; reason: string }[]> {
  try {
    const written = await writeRuns(simulations);
    pass.added += written.added;
    pass.changed += written.changed;
    pass.rehomed += written.rehomed;
    return [];
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const [only, ...others] = simulations;
    if (only && others.length === 0) {
      return [{
        source_id: only.source.id,
        reason: `It cannot be stored: ${error.message}`,
      }];
    }
    const refused = [];
    for (const simulation of simulations) {
      refused.push(...await write(pass, [simulation]));
    }
    return refused;
  }
}

/** Postgres's classes 22 (data exception) and 54 (limit exceeded): the content is at fault, not the connection. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && "code" in error &&
    /^(22|54)/.test(String(error.code));
}
