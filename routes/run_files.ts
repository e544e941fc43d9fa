import { type Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { getRunFile, getRunSource } from "../db/runs/run.ts";
import { fromSource } from "../db/source/client.ts";
import { readPlot } from "../db/source/plots.ts";
import {
  DamagedFile,
  listFiles,
  type StoredFile,
} from "../db/source/gridfs.ts";
import { readFile } from "../db/source/gridfs_reader.ts";
import { type AppEnv, notFound } from "./http.ts";
import { runNumber } from "./run.tsx";

const MAX_NAME_LENGTH = 120;

/** What is stored with a run: single files and pictures, straight from the source. */
export const runFiles = new Hono<AppEnv>();

runFiles.get("/runs/:id{[0-9]+}/files/:fileId{[0-9a-f]+}", async (c) => {
  const { id, fileId } = c.req.param();
  return await sendFile(c, runNumber(id), fileId);
});

/** A file of a run by its GridFS id, as it is stored. */
export async function sendFile(
  c: Context<AppEnv>,
  id: number,
  fileId: string,
): Promise<Response> {
  const named = await getRunFile(id, fileId) ?? notFound();
  const opened = await openFile(fileId);
  if ("fault" in opened) {
    throw new HTTPException(410, {
      message: `The source does not hold this file whole: ${opened.fault}.`,
    });
  }
  const { file, content } = opened;
  c.header("Content-Type", "application/octet-stream");
  c.header("Content-Length", String(file.length));
  c.header(
    "Content-Disposition",
    attachment(file.filename || named.filename || named.key),
  );
  c.header("Cache-Control", "private, no-cache");
  return c.body(ReadableStream.from(content));
}

runFiles.get("/runs/:id{[0-9]+}/images/:name", async (c) => {
  const { id, name } = c.req.param();
  const found = await getRunSource(runNumber(id)) ?? notFound();
  const png = await fromSource((db) => readPlot(db, found.source_id, name));
  if (!png) notFound();
  c.header("Content-Type", "image/png");
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Cache-Control", "private, max-age=3600");
  return c.body(png);
});

type Opened =
  | { file: StoredFile; content: AsyncIterable<Uint8Array> }
  | { fault: string };

/** The file and its content, whose beginning is checked before anything is sent; or why it cannot be sent. */
export function openFile(id: string): Promise<Opened> {
  return fromSource(async (db): Promise<Opened> => {
    const row = (await listFiles(db, [id])).get(id);
    if (!row) return { fault: "GridFS has no file of this id" };
    if (!row.ok) return { fault: row.reason };
    try {
      const { file } = row;
      return { file, content: await readFile(db, file) };
    } catch (error) {
      if (error instanceof DamagedFile) return { fault: error.message };
      throw error;
    }
  });
}

/** `Content-Disposition` for any name: an ASCII form without quotes, and the real one encoded (RFC 6266). */
function attachment(name: string): string {
  const base = name.toWellFormed().replaceAll(/[\p{C}/\\]/gu, "_").trim()
    .slice(0, MAX_NAME_LENGTH) || "file";
  const ascii = base.replaceAll(/[^\w.+ -]/g, "_");
  const encoded = encodeURIComponent(base.toWellFormed()).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
