import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { EXPORT_POOL_SIZE } from "../db/sql.ts";
import { type AppEnv, currentUser } from "./http.ts";
import { auditOnce, limit, LIMITS } from "./rate_limit.ts";

/** What bounds exports beside their rate; reasons in security.md 2. */
export const EXPORTS = {
  /** Sent to one user at once. */
  perUser: 2,
  /** A client that takes nothing for so long has left, or sleeps. */
  stalled_ms: 60_000,
};

const RETRY_AFTER_S = "10";

/** The users whose exports are being sent, one entry for each export. */
const sending: string[] = [];

/**
 * Sends all runs of a search. Each export holds a connection of its own until its client has read it, so there are few at once; one
 * that is not read any more is ended, and the answer is cut off: never a file that only looks whole.
 *
 * @throws {HTTPException} 429 when the user asks too often or for too many at once, 503 when the process sends as many as it can
 */
export async function sendExport(
  c: Context<AppEnv>,
  pieces: AsyncGenerator<string>,
): Promise<Response> {
  const { id } = currentUser(c);
  await limit(c, [`export:${id}`, LIMITS.exportPerUser]);
  if (c.req.method === "HEAD") return c.body(null);
  const ofUser = sending.filter((user) => user === id).length;
  if (ofUser >= EXPORTS.perUser) return await refuse(c, id);
  if (sending.length >= EXPORT_POOL_SIZE) {
    throw new HTTPException(503, {
      message:
        `${EXPORT_POOL_SIZE} exports are being sent at the moment, and no more can be sent at once. Please try again in a minute.`,
    });
  }
  sending.push(id);
  return c.body(streamOf(pieces, function ended() {
    sending.splice(sending.indexOf(id), 1);
  }));
}

/** Sends what is read at once and short, such as one page of a search. */
export function sendPieces(
  c: Context<AppEnv>,
  pieces: AsyncGenerator<string>,
): Response {
  return c.body(
    ReadableStream.from(pieces).pipeThrough(new TextEncoderStream()),
  );
}

async function refuse(c: Context<AppEnv>, id: string): Promise<never> {
  await auditOnce(c, "too_fast", `exports:${id}`, { action: "exports" });
  throw new HTTPException(429, {
    res: new Response(null, { headers: { "Retry-After": RETRY_AFTER_S } }),
    message:
      `${EXPORTS.perUser} exports are being sent to you already. Please try again when one of them has ended.`,
  });
}

/** A stream of the pieces, each made when the one before has been taken; `ended` is called once, when nothing is held any more. */
function streamOf(
  pieces: AsyncGenerator<string>,
  ended: () => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let untaken: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  async function end() {
    clearTimeout(untaken);
    if (isOver) return;
    isOver = true;
    await pieces.return(undefined).catch(() => {}).finally(ended);
  }
  return new ReadableStream({
    async pull(controller) {
      clearTimeout(untaken);
      try {
        const { value, done } = await pieces.next();
        if (done) return await end().then(() => controller.close());
        controller.enqueue(encoder.encode(value));
      } catch (error) {
        await end();
        throw error;
      }
      untaken = setTimeout(() => {
        controller.error(new Error("The client takes nothing any more"));
        end();
      }, EXPORTS.stalled_ms);
    },
    cancel: end,
  });
}
