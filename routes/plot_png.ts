import type { Order, Picture } from "./plot_png_worker.ts";

/** Pictures kept; one is some 100 kB. */
const KEPT = 100;

const pictures = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
const waiting = new Map<
  number,
  PromiseWithResolvers<Uint8Array<ArrayBuffer>>
>();
let worker: Worker | null = null;
let orders = 0;

/** An SVG of ours as PNG: drawn once in a thread of its own, then kept while it is asked for. @throws {Error} when it cannot be drawn */
export function pngOf(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const picture = pictures.get(svg) ?? drawn(svg);
  pictures.delete(svg);
  pictures.set(svg, picture);
  if (pictures.size > KEPT) pictures.delete(pictures.keys().next().value!);
  picture.catch(() => pictures.delete(svg));
  return picture;
}

/** Ends the thread; the next picture starts another. */
export function closePng(): void {
  worker?.terminate();
  worker = null;
  fail("The renderer was ended");
}

function drawn(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const order: Order = { id: ++orders, svg };
  const done = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
  waiting.set(order.id, done);
  worker ??= started();
  worker.postMessage(order);
  return done.promise;
}

function started(): Worker {
  const thread = new Worker(import.meta.resolve("./plot_png_worker.ts"), {
    type: "module",
  });
  thread.onmessage = ({ data }: MessageEvent<Picture>) => {
    const done = waiting.get(data.id);
    waiting.delete(data.id);
    if ("png" in data) done?.resolve(data.png);
    else done?.reject(new Error(`The picture cannot be drawn: ${data.fault}`));
  };
  thread.onerror = (event) => {
    event.preventDefault();
    worker = null;
    fail(`The renderer failed: ${event.message}`);
  };
  return thread;
}

function fail(message: string): void {
  for (const done of waiting.values()) done.reject(new Error(message));
  waiting.clear();
}
