import { config } from "../../config.ts";
import type { ArchiveAttempt } from "../../db/archives.ts";
import { discardArchive } from "./archive_output.ts";
import { journalPath } from "./journal.ts";

const PART = /^\.([0-9a-f-]{36})\.(\d+)\.part(\.journal)?$/;

/** A file of an attempt that is not finished. */
export interface PartFile {
  path: string;
  archive_id: string;
  attempt: number;
  is_journal: boolean;
}

/** Where an attempt writes: a name of its own, so that two attempts never write one file. */
export function partPath({ id, attempt }: ArchiveAttempt): string {
  return `${config.ARCHIVE_DIR}/.${id}.${attempt}.part`;
}

/** The unfinished files of the volume. */
export async function listParts(): Promise<PartFile[]> {
  const parts = [];
  for await (const { name } of Deno.readDir(config.ARCHIVE_DIR)) {
    const match = PART.exec(name);
    if (!match) continue;
    parts.push({
      path: `${config.ARCHIVE_DIR}/${name}`,
      archive_id: match[1]!,
      attempt: Number(match[2]),
      is_journal: match[3] !== undefined,
    });
  }
  return parts;
}

/**
 * Gives an attempt what its predecessors left: the latest of their files as a copy under its own name, and the others are removed.
 *
 * A copy, for a predecessor may only have lost its lock and still be writing. The journal first: what it promises is in the file
 * already. Without one there is nothing to go on from.
 */
export async function takeOver(archive: ArchiveAttempt): Promise<void> {
  const earlier = (await listParts()).filter((part) =>
    part.archive_id === archive.id && part.attempt < archive.attempt
  ).sort((a, b) => b.attempt - a.attempt);
  const journal = earlier.find((part) => part.is_journal);
  if (journal) {
    const own = partPath(archive);
    try {
      await Deno.copyFile(journal.path, journalPath(own));
      await Deno.copyFile(journal.path.replace(/\.journal$/, ""), own);
    } catch {
      // Gone meanwhile, or no room for a copy: beginning anew is right.
      await discardArchive(own);
    }
  }
  for (const { path } of earlier) await Deno.remove(path).catch(() => {});
}
