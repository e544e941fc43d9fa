import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { FilePreviewPage } from "../components/file_preview.tsx";
import { getRunFile } from "../db/runs/run.ts";
import { type AppEnv, notFound } from "./http.ts";
import { runNumber } from "./run.tsx";
import { openFile } from "./run_files.ts";

/** A preview reads no more of a file. */
const PREVIEW_BYTES = 64 * 1024;

/** The beginning of a text file of a run, as a page. */
export const runPreview = new Hono<AppEnv>();

runPreview.get(
  "/runs/:id{[0-9]+}/files/:fileId{[0-9a-f]+}/preview",
  async (c) => {
    const { id, fileId } = c.req.param();
    const run = runNumber(id);
    const named = await getRunFile(run, fileId) ?? notFound();
    const opened = await openFile(fileId);
    if ("fault" in opened) {
      throw new HTTPException(410, {
        message: `The source does not hold this file whole: ${opened.fault}.`,
      });
    }
    const { file, content } = opened;
    const name = file.filename || named.filename || named.key;
    const text = textOf(await beginningOf(content), file.length);
    return c.render(
      <FilePreviewPage
        run={run}
        href={`/runs/${run}/files/${fileId}`}
        name={name}
        length={file.length}
        text={text}
      />,
      { title: `${name} of run ${run}`, wide: true },
    );
  },
);

/** Leaving the loop ends the reading of the rest. */
async function beginningOf(
  content: AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  const beginning = new Uint8Array(PREVIEW_BYTES);
  let filled = 0;
  for await (const chunk of content) {
    const taken = chunk.subarray(0, PREVIEW_BYTES - filled);
    beginning.set(taken, filled);
    filled += taken.length;
    if (filled === PREVIEW_BYTES) break;
  }
  return beginning.subarray(0, filled);
}

/** The bytes as text; null when they are none: no UTF-8, or with characters that no text holds. */
function textOf(bytes: Uint8Array, length: number): string | null {
  try {
    // A character that was cut at the end is left out.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, {
      stream: bytes.length < length,
    });
    // deno-lint-ignore no-control-regex
    return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}
