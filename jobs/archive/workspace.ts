import { config } from "../../config.ts";
import type { ArchiveAttempt } from "../../db/archives.ts";
import { discardArchive, journalPath } from "./journal.ts";

const PART = /^\.([0-9a-f-]{36})\.(\d+)\.part(\.journal)?$/;

const JOURNAL_ENDING = journalPath("");

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
 * A copy, for a predecessor may only have lost its lock and still be writing. Without a journal there is nothing to go on from.
 */
export async function takeOver(archive: ArchiveAttempt): Promise<void> {
  const earlier = (await listParts()).filter((part) =>
    part.archive_id === archive.id && part.attempt < archive.attempt
  ).sort((a, b) => b.attempt - a.attempt);
  const journal = earlier.find((part) => part.is_journal);
  if (journal) await copyPart(journal.path, partPath(archive));
  for (const { path } of earlier) await Deno.remove(path).catch(() => {});
}

/**
 * The journal is read first, for what it promises is in the file by then, and written last: a process that is killed in between leaves
 * a file without a journal, and the next attempt goes on from the older one.
 */
async function copyPart(journal: string, own: string): Promise<void> {
  try {
    const text = await Deno.readTextFile(journal);
    await Deno.copyFile(journal.slice(0, -JOURNAL_ENDING.length), own);
    await Deno.writeTextFile(journalPath(own), text);
  } catch {
    // Gone meanwhile, or no room for a copy: beginning anew is right.
    await discardArchive(own);
  }
}
