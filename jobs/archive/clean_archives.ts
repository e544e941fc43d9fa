import { config } from "../../config.ts";
import {
  beginParked,
  expireArchives,
  listKept,
  sweepArchives,
} from "../../db/archive_upkeep.ts";
import { listParts } from "./workspace.ts";

const ZIP = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.zip$/;
/** A file may be a little ahead of its row. */
const STRAY_AFTER_MS = 3_600_000;

/** Deletes what has expired and what belongs to nothing, and gives archives that lost their job a new one. */
export async function cleanArchives(): Promise<void> {
  await expireArchives();
  await deleteStrays();
  await sweepArchives();
  await beginParked();
}

/** Deleting a file while somebody reads it is safe: the reader keeps it until the end. */
async function deleteStrays(): Promise<void> {
  const zips = await listZips();
  const parts = await listParts();
  const kept = await listKept([
    ...zips.map((z) => z.archive_id),
    ...parts.map((p) => p.archive_id),
  ]);
  const isServed = (id: string) =>
    kept.get(id) === "ready" || kept.get(id) === "partial";
  for (const { path, archive_id } of zips) {
    if (!isServed(archive_id)) await deleteFile(path, kept.has(archive_id));
  }
  for (const { path, archive_id } of parts) {
    if (isServed(archive_id) || !kept.has(archive_id)) {
      await deleteFile(path, false);
    }
  }
}

/** @param young Spare a file that was written lately. */
async function deleteFile(path: string, young: boolean): Promise<void> {
  const info = await Deno.stat(path).catch(() => null);
  if (!info) return;
  const age = Date.now() - (info.mtime?.getTime() ?? 0);
  if (young && age < STRAY_AFTER_MS) return;
  await Deno.remove(path).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

async function listZips(): Promise<{ path: string; archive_id: string }[]> {
  const zips = [];
  for await (const { name } of Deno.readDir(config.ARCHIVE_DIR)) {
    const id = ZIP.exec(name)?.[1];
    if (id) {
      zips.push({ path: `${config.ARCHIVE_DIR}/${name}`, archive_id: id });
    }
  }
  return zips;
}
