import { Buffer } from "node:buffer";
import { z } from "zod";

/** What an archive has done of its plan. */
export interface Counts {
  /** Things of the plan that are done: entries, and lines of the manifest without one. */
  items: number;
  missing: number;
  files_done: number;
  bytes_done: number;
}

/** How far an archive has come, as it is kept beside the unfinished file. */
export interface Checkpoint extends Counts {
  /** Bytes of the archive which hold complete entries. */
  offset: number;
  /** SHA-256 of those bytes, lower-case hex. */
  sha256: string;
  /** Central directory records of the entries since the checkpoint before. */
  central: Uint8Array;
  /** Lines of the manifest since the checkpoint before. */
  manifest: string;
}

const Line = z.object({
  offset: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  items: z.int().min(0),
  missing: z.int().min(0),
  files_done: z.int().min(0),
  bytes_done: z.int().min(0),
  central: z.base64().transform((text) =>
    new Uint8Array(Buffer.from(text, "base64"))
  ),
  manifest: z.string(),
});

/** Where the journal of an unfinished archive is kept. */
export function journalPath(path: string): string {
  return `${path}.journal`;
}

/** Adds a checkpoint. Its archive bytes have to be with the operating system already. */
export async function appendCheckpoint(
  path: string,
  checkpoint: Checkpoint,
): Promise<void> {
  const central = Buffer.from(checkpoint.central).toString("base64");
  const line = JSON.stringify({ ...checkpoint, central }) + "\n";
  await Deno.writeTextFile(journalPath(path), line, { append: true });
}

/**
 * The last checkpoint of an unfinished archive, with all central records and manifest lines so far; null without one. A line that
 * a killed process left half-written ends the reading.
 */
export async function lastCheckpoint(path: string): Promise<Checkpoint | null> {
  const checkpoints: Checkpoint[] = [];
  for (const line of (await journalText(path)).split("\n")) {
    const checkpoint = parsed(line);
    if (!checkpoint) break;
    checkpoints.push(checkpoint);
  }
  const last = checkpoints.at(-1);
  return last
    ? {
      ...last,
      central: new Uint8Array(
        Buffer.concat(checkpoints.map(({ central }) => central)),
      ),
      manifest: checkpoints.map(({ manifest }) => manifest).join(""),
    }
    : null;
}

/** Begins the journal anew with this checkpoint, or empty. */
export async function resetJournal(
  path: string,
  checkpoint: Checkpoint | null,
): Promise<void> {
  await removeJournal(path);
  if (checkpoint) await appendCheckpoint(path, checkpoint);
}

/** Removes an unfinished archive and its journal, as far as they are there. */
export async function discardArchive(path: string): Promise<void> {
  await Deno.remove(path).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await removeJournal(path);
}

/** Removes the journal, if there is one. */
export async function removeJournal(path: string): Promise<void> {
  await Deno.remove(journalPath(path)).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

async function journalText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(journalPath(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

function parsed(line: string): Checkpoint | null {
  try {
    return Line.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
