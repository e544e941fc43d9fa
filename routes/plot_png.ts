import { HTTPException } from "hono/http-exception";
import { Kept } from "./kept.ts";
import type { Order, Picture } from "./plot_png_worker.ts";

/** What bounds the drawing of pictures. */
export const PNG = {
  /** Pictures that wait while one is drawn; one takes some 100 ms. */
  waiting: 20,
  /** Of them those of one user. */
  waitingPerUser: 5,
  /** A picture that takes longer is given up, and with it the thread that draws it. */
  draw_ms: 20_000,
};

/** Pictures kept; one is some 100 kB. */
const KEPT = 100;

type Bytes = Uint8Array<ArrayBuffer>;

/** A picture that has been asked for and is not there yet. */
interface Asked extends Order {
  user: string;
  /** Requests that still wait for it. */
  requests: number;
  done: PromiseWithResolvers<Bytes>;
}

const pictures = new Kept<Bytes>(KEPT);
let waiting: Asked[] = [];
let drawing: Asked | null = null;
let tooLong: ReturnType<typeof setTimeout> | undefined;
let worker: Worker | null = null;
let orders = 0;

/**
 * An SVG of ours as PNG: drawn once in a thread of its own, one at a time, then kept while it is asked for. One that nobody waits for
 * any more when its turn comes is not drawn.
 *
 * @throws {HTTPException} 503 when too many wait, or it takes too long
 * @throws {Error} when it cannot be drawn
 */
export async function pngOf(
  svg: string,
  { user, signal }: { user: string; signal: AbortSignal },
): Promise<Bytes> {
  const picture = pictures.get(svg, () => ask(svg, user));
  const asked = waiting.find((other) => other.svg === svg);
  if (asked) follow(asked, signal);
  return await picture;
}

/** Ends the thread; the next picture starts another. */
export function closePng(): void {
  for (const asked of waiting) asked.done.reject(ended());
  waiting = [];
  if (drawing) endThread(ended());
  worker?.terminate();
  worker = null;
}

/** @throws {HTTPException} 503 */
function ask(svg: string, user: string): Promise<Bytes> {
  const ofUser = waiting.filter((asked) => asked.user === user).length;
  if (waiting.length >= PNG.waiting || ofUser >= PNG.waitingPerUser) {
    throw unavailable(
      "Too many pictures wait to be drawn. Please try again in a few seconds, or take the plot as SVG.",
    );
  }
  const done = Promise.withResolvers<Bytes>();
  waiting.push({ id: ++orders, svg, user, requests: 0, done });
  // After the caller's request has been noted.
  queueMicrotask(drawNext);
  return done.promise;
}

function follow(asked: Asked, signal: AbortSignal): void {
  asked.requests++;
  const leave = () => {
    const isDropped = --asked.requests === 0 && waiting.includes(asked);
    if (!isDropped) return;
    waiting = waiting.filter((other) => other !== asked);
    asked.done.reject(unavailable("The client has left"));
  };
  if (signal.aborted) leave();
  else signal.addEventListener("abort", leave, { once: true });
}

function drawNext(): void {
  if (drawing) return;
  drawing = waiting.shift() ?? null;
  if (!drawing) return;
  worker ??= started();
  worker.postMessage({ id: drawing.id, svg: drawing.svg } satisfies Order);
  tooLong = setTimeout(
    () => endThread(unavailable("The picture takes too long to draw")),
    PNG.draw_ms,
  );
}

function started(): Worker {
  const thread = new Worker(import.meta.resolve("./plot_png_worker.ts"), {
    type: "module",
  });
  thread.onmessage = ({ data }: MessageEvent<Picture>) => {
    if (data.id !== drawing?.id) return;
    if ("png" in data) drawing.done.resolve(data.png);
    else {
      drawing.done.reject(
        new Error(`The picture cannot be drawn: ${data.fault}`),
      );
    }
    goOn();
  };
  thread.onerror = (event) => {
    event.preventDefault();
    if (thread === worker) {
      endThread(new Error(`The renderer failed: ${event.message}`));
    }
  };
  return thread;
}

/** Gives up what is being drawn; another thread draws the next. */
function endThread(reason: Error): void {
  worker?.terminate();
  worker = null;
  drawing?.done.reject(reason);
  goOn();
}

function goOn(): void {
  clearTimeout(tooLong);
  drawing = null;
  drawNext();
}

function ended(): Error {
  return new Error("The renderer was ended");
}

function unavailable(message: string): HTTPException {
  return new HTTPException(503, { message });
}
