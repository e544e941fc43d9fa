import {
  type ArchiveAttempt,
  archivePath,
  failArchive,
  finishArchive,
  handOver,
  MAX_CRASHES,
  parkArchive,
  releaseArchive,
  startArchive,
} from "../db/archives.ts";
import type { Payload } from "../db/queue.ts";
import { Attempt, Superseded } from "./archive/attempt.ts";
import { contentsOf } from "./archive/contents.ts";
import { frozenPlan, type FrozenRun } from "./archive/freeze.ts";
import { discardArchive, removeJournal } from "./archive/journal.ts";
import { insist } from "./archive/insist.ts";
import { partPath, takeOver } from "./archive/workspace.ts";
import { writeArchive } from "./archive/write_archive.ts";
import type { JobContext } from "./tasks.ts";

const NO_SPACE = "ENOSPC";

/**
 * Builds one archive from the frozen list of its files, under a name of its own, and renames it when it is complete.
 *
 * Goes on where a killed attempt was, waits while the source is away, and ends quietly when the archive is no longer wanted.
 */
export async function buildArchive(
  { archive_id }: Payload<"build_archive">,
  { signal, lastAttempt }: JobContext,
): Promise<void> {
  const archive = await startArchive(archive_id);
  if (!archive) return;
  const attempt = new Attempt(archive, signal);
  try {
    await build(attempt);
  } catch (error) {
    // Nothing it tells may come behind the last word.
    await attempt.close();
    await giveUp(attempt, error, { stopping: signal.aborted, lastAttempt });
  } finally {
    await attempt.close();
  }
}

async function build(attempt: Attempt): Promise<void> {
  const { archive, signal } = attempt;
  const { totals, runs } = await frozenPlan(attempt);
  attempt.expect(totals);
  await takeOver(archive, signal);
  const path = partPath(archive);
  const result = await writeArchive({
    db: await attempt.patiently((db) => Promise.resolve(db)),
    path,
    runs: runs(),
    contents: (some) => contentsOf(attempt, some as FrozenRun[]),
    signal,
    on_lost: (error) => attempt.outlast(error),
    on_progress: (progress) => attempt.advance(progress),
    compress: true,
    resumable: true,
  });
  const { size, sha256, missing } = result;
  const end = {
    size,
    sha256,
    missing,
    files_total: totals.files,
    bytes_total: totals.bytes,
    reason: missing > 0 ? missingWords(missing) : null,
  };
  const published = await insist(() =>
    finishArchive(archive, end, () => publish(path, archivePath(archive.id)))
  );
  if (!published) throw new Superseded("No longer wanted");
  await removeJournal(path);
}

/** Puts the file in its place. One that is there already was put there before the database was lost for a moment. */
async function publish(path: string, place: string): Promise<void> {
  try {
    await Deno.rename(path, place);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await Deno.stat(place);
  }
}

function missingWords(n: number): string {
  return n === 1
    ? "One file is missing or damaged in the source; MANIFEST.tsv names it with the reason."
    : `${n} files are missing or damaged in the source; MANIFEST.tsv names each with the reason.`;
}

/** Sorts out why an attempt ended. Throws when the queue is to start another one. */
async function giveUp(
  { archive }: Attempt,
  error: unknown,
  { stopping, lastAttempt }: { stopping: boolean; lastAttempt: boolean },
): Promise<void> {
  const path = partPath(archive);
  if (error instanceof Superseded) return await discardArchive(path);
  if (stopping) {
    return await handOver(
      archive,
      "The worker was stopped. The archive goes on with the next one.",
    );
  }
  if ((error as { code?: string }).code === NO_SPACE) {
    await discardArchive(path);
    return await parkArchive(archive);
  }
  const faultId = logFault(archive, error);
  if (lastAttempt || archive.crashes + 1 >= MAX_CRASHES) {
    await discardArchive(path);
    return await failArchive(
      archive,
      `Something went wrong while the archive was built. Tell an administrator the id ${faultId}.`,
    );
  }
  await releaseArchive(
    archive,
    `Something went wrong (id ${faultId}); it is tried again.`,
  );
  throw error;
}

/** -> the id under which the log has it */
function logFault({ id: archive_id }: ArchiveAttempt, error: unknown): string {
  const fault_id = crypto.randomUUID().slice(0, 8);
  const words = error instanceof Error ? error.stack : String(error);
  console.error(
    JSON.stringify({ level: "error", fault_id, archive_id, error: words }),
  );
  return fault_id;
}
