import { pngOf } from "../../db/source/plots.ts";
import { readDocument } from "../../db/source/whole_document.ts";
import { strictJson } from "../../db/source/json.ts";
import type { Attempt } from "./attempt.ts";
import type { FrozenRun } from "./freeze.ts";
import type { RunContent } from "./write_archive.ts";

/** Documents asked for before they are needed: enough to hide a round trip, few enough for memory (2 MB each). */
const AHEAD = 6;

/** The summaries and plots of these runs, in order; null for a document that has gone or cannot be decoded. */
export async function* contentsOf(
  attempt: Attempt,
  runs: FrozenRun[],
): AsyncGenerator<RunContent | null> {
  const asked: Promise<RunContent | null>[] = [];
  let next = 0;
  while (next < runs.length || asked.length > 0) {
    while (asked.length <= AHEAD && next < runs.length) {
      const content = contentOf(attempt, runs[next++]!);
      // It is awaited later; until then its failure must not count as nobody's.
      content.catch(() => {});
      asked.push(content);
    }
    attempt.signal.throwIfAborted();
    yield await asked.shift()!;
  }
}

async function contentOf(
  attempt: Attempt,
  { source_id, collection, plots }: FrozenRun,
): Promise<RunContent | null> {
  const document = await attempt.patiently((db) =>
    readDocument(db, source_id, collection)
  );
  if (!document) return null;
  const pictures = plots.flatMap(({ name }) => {
    const png = pictureOf(document.Plots, name);
    return png ? [[name, png] as const] : [];
  });
  const summary = JSON.stringify(strictJson(document), null, 1) + "\n";
  return { summary, plots: new Map(pictures) };
}

function pictureOf(plots: unknown, name: string): Uint8Array | null {
  if (typeof plots !== "object" || plots === null) return null;
  const stored = Object.hasOwn(plots, name)
    ? (plots as Record<string, unknown>)[name]
    : null;
  return typeof stored === "string" ? pngOf(stored) : null;
}
