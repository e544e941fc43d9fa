import { pngOf } from "../../db/source/plots.ts";
import {
  BrokenDocument,
  readDocument,
} from "../../db/source/whole_document.ts";
import { strictJson } from "../../db/source/json.ts";
import type { Attempt } from "./attempt.ts";
import type { FrozenRun } from "./freeze.ts";
import type { Absent, RunContent } from "./write_archive.ts";

/** Documents asked for before they are needed: enough to hide a round trip, few enough for memory (2 MB each). */
const AHEAD = 6;

/** The summaries and plots of these runs, in order, or why there are none: the document has gone, or cannot be decoded. */
export async function* contentsOf(
  attempt: Attempt,
  runs: FrozenRun[],
): AsyncGenerator<RunContent | Absent> {
  const asked: Promise<RunContent | Absent>[] = [];
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
): Promise<RunContent | Absent> {
  const document = await attempt.patiently((db) =>
    readDocument(db, source_id, collection).catch(broken)
  );
  if (!document) return { absent: "The run is no longer in the source" };
  if (document instanceof BrokenDocument) {
    const { message } = document;
    return { absent: `The document of the run cannot be read: ${message}` };
  }
  const pictures = plots.flatMap(({ name }) => {
    const png = pictureOf(document.Plots, name);
    return png ? [[name, png] as const] : [];
  });
  const summary = JSON.stringify(strictJson(document), null, 1) + "\n";
  return { summary, plots: new Map(pictures) };
}

function broken(error: unknown): BrokenDocument {
  if (error instanceof BrokenDocument) return error;
  throw error;
}

function pictureOf(plots: unknown, name: string): Uint8Array | null {
  if (typeof plots !== "object" || plots === null) return null;
  const stored = Object.hasOwn(plots, name)
    ? (plots as Record<string, unknown>)[name]
    : null;
  return typeof stored === "string" ? pngOf(stored) : null;
}
