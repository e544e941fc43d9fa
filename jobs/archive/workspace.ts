import { config } from "../../config.ts";
import type { ArchiveAttempt } from "../../db/archives.ts";
import { discardArchive, journalPath } from "./journal.ts";

const PART = /^\.([0-9a-f-]{36})\.(\d+)\.part(\.journal)?$/;

/** Copied between two looks at the signal. */
const COPY_BYTES = 4 * 1024 * 1024;

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
 * @throws the signal's reason, within a moment of its abort
 */
export async function takeOver(
  archive: ArchiveAttempt,
  signal: AbortSignal,
): Promise<void> {
  const earlier = (await listParts()).filter((part) =>
    part.archive_id === archive.id && part.attempt < archive.attempt
  ).sort((a, b) => b.attempt - a.attempt);
  const journal = earlier.find((part) => part.is_journal);
  if (journal) await copyPart(journal.path, partPath(archive), signal);
  for (const { path } of earlier) await Deno.remove(path).catch(() => {});
}

/**
 * The journal is read first, for what it promises is in the file by then, and written last: a process that is killed in between leaves
 * a file without a journal, and the next attempt goes on from the older one.
 */
async function copyPart(
  journal: string,
  own: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    const text = await Deno.readTextFile(journal);
    await copyFile(journal.slice(0, -JOURNAL_ENDING.length), own, signal);
    await Deno.writeTextFile(journalPath(own), text);
  } catch {
    // Gone meanwhile, or no room for a copy: beginning anew is right.
    await discardArchive(own);
    signal.throwIfAborted();
  }
}

/** Copies in pieces: `Deno.copyFile` cannot be stopped, and tens of gigabytes take minutes. */
async function copyFile(
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<void> {
  using source = await Deno.open(from);
  using copy = await Deno.create(to);
  const piece = new Uint8Array(COPY_BYTES);
  for (;;) {
    signal.throwIfAborted();
    const read = await source.read(piece);
    if (read === null) return;
    for (let done = 0; done < read;) {
      done += await copy.write(piece.subarray(done, read));
    }
  }
}
