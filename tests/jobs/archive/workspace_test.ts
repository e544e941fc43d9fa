import { test } from "../../setup.ts";
import { expect } from "expect";
import { config } from "../../../config.ts";
import type { ArchiveAttempt } from "../../../db/archives.ts";
import { journalPath } from "../../../jobs/archive/journal.ts";
import { partPath, takeOver } from "../../../jobs/archive/workspace.ts";

const NEVER = new AbortController().signal;

/** Three attempts at one archive: only their names matter here. */
function attempts(): ArchiveAttempt[] {
  const id = crypto.randomUUID();
  return [1, 2, 3].map((attempt) => ({ id, attempt }) as ArchiveAttempt);
}

/** The paths of an archive's unfinished files. */
async function partsOf({ id }: ArchiveAttempt): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(config.ARCHIVE_DIR));
  return entries.filter(({ name }) => name.includes(id))
    .map(({ name }) => `${config.ARCHIVE_DIR}/${name}`).sort();
}

test("takeOver() copies the latest earlier part with its journal, and removes the others", async () => {
  const archive = attempts();
  const [first, second, third] = archive.map(partPath) as string[];
  const bytes = crypto.getRandomValues(new Uint8Array(50_000));
  const parts = [[first!, bytes.slice(9)], [second!, bytes]] as const;
  for (const [path, content] of parts) {
    await Deno.writeFile(path, content);
    await Deno.writeTextFile(journalPath(path), `of ${content.length} bytes`);
  }
  await takeOver(archive[2]!, NEVER);
  expect(await partsOf(archive[2]!)).toEqual([third, journalPath(third!)]);
  expect(await Deno.readFile(third!)).toEqual(bytes);
  expect(await Deno.readTextFile(journalPath(third!))).toBe("of 50000 bytes");
});

test("takeOver() stops when it is told to, and leaves the earlier part for the next attempt", async () => {
  const [first, second] = attempts() as [ArchiveAttempt, ArchiveAttempt];
  await Deno.create(partPath(first)).then((file) => file.close());
  await Deno.truncate(partPath(first), 20_000_000_000);
  await Deno.writeTextFile(journalPath(partPath(first)), "{}\n");
  const stop = new AbortController();
  const taken = takeOver(second, stop.signal);
  setTimeout(() => stop.abort(new Error("cancelled")), 100);
  await expect(taken).rejects.toThrow("cancelled");
  expect(await partsOf(first))
    .toEqual([partPath(first), journalPath(partPath(first))]);
});
