import { type Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { Buffer } from "node:buffer";
import { config } from "../config.ts";
import { archivePath } from "../db/archives.ts";
import { audit } from "../db/audit.ts";
import { verifyLink } from "../db/download_links.ts";
import { type Download, getDownload } from "../db/downloads.ts";
import { getUser, type User } from "../db/users.ts";
import { type AppEnv, currentUser, notFound } from "./http.ts";
import { type ByteRange, isKnown, rangeHolds, readRange } from "./ranges.ts";

const READ_BYTES = 256 * 1024;

/** The finished files: for their owner, and for who holds a signed link. */
export const downloadArchive = new Hono<AppEnv>();

downloadArchive.get("/downloads/:id/archive", async (c) => {
  return await sendOwnArchive(c, c.req.param("id"));
});

/** The archive of a download of the user. */
export async function sendOwnArchive(
  c: Context<AppEnv>,
  id: string,
): Promise<Response> {
  const user = currentUser(c);
  const download = await getDownload(user.id, id);
  return sendArchive(c, download ?? notFound(), user);
}

downloadArchive.get("/a/:token", async (c) => {
  const download = await verifyLink(c.req.param("token"));
  const owner = download && await getUser(download.user_id);
  if (!download || owner?.state !== "approved") notFound();
  return sendArchive(c, download, owner);
});

/** Sends the zip, or the part that is asked for; behind Caddy only says which file it is. */
async function sendArchive(
  c: Context<AppEnv>,
  download: Download,
  user: User,
): Promise<Response> {
  refuseUnready(download);
  const file = await findFile(download);
  const { etag, modified, size } = file;
  c.header("Content-Type", "application/zip");
  c.header("Content-Disposition", disposition(download.file_name));
  c.header("Cache-Control", "private, no-cache");
  c.header(
    "Repr-Digest",
    `sha-256=:${Buffer.from(download.sha256!, "hex").toString("base64")}:`,
  );
  c.header("ETag", etag);
  const asked = readRange(c.req.header("Range"), size);
  const range = rangeHolds(c.req.header("If-Range"), file) ? asked : null;
  // Behind Caddy the client has Caddy's ETag, so that only Caddy knows whether the range holds.
  await noteFetch(c, download, user, config.X_ACCEL ? asked : range);
  if (config.X_ACCEL) {
    c.header("X-Accel-Redirect", `/${download.archive_id}.zip`);
    return c.body(null);
  }
  c.header("Accept-Ranges", "bytes");
  c.header("Last-Modified", modified.toUTCString());
  if (isKnown(c.req.header("If-None-Match"), etag)) return c.body(null, 304);
  if (range === "unsatisfiable") {
    c.header("Content-Range", `bytes */${size}`);
    return c.body(null, 416);
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  c.header("Content-Length", String(end - start + 1));
  if (range) c.header("Content-Range", `bytes ${start}-${end}/${size}`);
  const status = range ? 206 : 200;
  if (c.req.method === "HEAD") return c.body(null, status);
  return c.body(await readPart(file.path, { start, end }), status);
}

function refuseUnready({ state, reason, expires_at }: Download): void {
  if (state === "expired" || (expires_at && expires_at < new Date())) {
    throw new HTTPException(410, {
      message:
        "This archive has expired and was deleted. Ask for it again on its page.",
    });
  }
  if (state !== "ready" && state !== "partial") {
    throw new HTTPException(409, {
      message: `There is no file yet: this download is ${state}. ${
        reason ?? ""
      }`.trim(),
    });
  }
}

interface ArchiveOnDisk {
  path: string;
  size: number;
  modified: Date;
  etag: string;
}

async function findFile(download: Download): Promise<ArchiveOnDisk> {
  const path = archivePath(download.archive_id);
  const info = await Deno.stat(path).catch((cause) => {
    throw new HTTPException(410, {
      message:
        "The file of this archive is no longer on the volume. Ask for it again on its page.",
      cause,
    });
  });
  const modified = info.mtime ?? download.finished_at!;
  return { path, size: info.size, modified, etag: etagOf(modified, info.size) };
}

/** Caddy 2.6 makes the same one of a file it serves (later ones take nanoseconds): base 36 of the seconds of its last change, then of its size. */
function etagOf(modified: Date, size: number): string {
  const seconds = Math.floor(modified.getTime() / 1000);
  return `"${seconds.toString(36)}${size.toString(36)}"`;
}

/** The name is ASCII by its making; both forms, for readers that know only one. */
function disposition(name: string): string {
  return `attachment; filename="${name}"; filename*=UTF-8''${
    encodeURIComponent(name)
  }`;
}

async function noteFetch(
  c: Context<AppEnv>,
  download: Download,
  actor: User,
  range: ByteRange | "unsatisfiable" | null,
): Promise<void> {
  const begins = range === null ||
    (range !== "unsatisfiable" && range.start === 0);
  if (c.req.method === "HEAD" || !begins) return;
  await audit({
    action: "download_fetch",
    actor,
    target: `download:${download.id}`,
    ip: c.get("ip"),
    request_id: c.get("requestId"),
  });
}

/** A stream of a part of a file; a client that leaves closes the file. */
async function readPart(
  path: string,
  { start, end }: ByteRange,
): Promise<ReadableStream<Uint8Array>> {
  const file = await Deno.open(path, { read: true });
  const closed = (error: unknown): never => {
    file.close();
    throw error;
  };
  await file.seek(start, Deno.SeekMode.Start).catch(closed);
  let left = end - start + 1;
  return new ReadableStream({
    async pull(controller) {
      const piece = new Uint8Array(Math.min(READ_BYTES, left));
      const got = left > 0 ? await file.read(piece).catch(closed) : null;
      if (got === null) {
        file.close();
        return left > 0
          ? controller.error(new Error(`${path} is shorter than it was`))
          : controller.close();
      }
      left -= got;
      controller.enqueue(piece.subarray(0, got));
    },
    cancel: () => file.close(),
  }, { highWaterMark: 1 });
}
