import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { subscribe } from "../db/notify.ts";
import { isSessionOpen } from "../db/sessions.ts";
import type { AppEnv } from "./http.ts";

/** Least time between two messages to one page. */
const PACE_MS = 500;
const KEEP_ALIVE_MS = 15_000;
/** How soon a page of an ended session is cut off. */
const SESSION_CHECK_MS = 5000;
/** Things that grow old on a page without anything happening, such as "stalled", are drawn anew this often. */
const REDRAW_MS = 15_000;
/** Each open page has one: a person keeps the list, single downloads and the queue in several tabs, and a page just left counts for a moment still. */
const STREAMS_PER_SESSION = 8;
const STREAMS = 2000;
const HEADERS = { "Cache-Control": "no-store", "X-Accel-Buffering": "no" };

/** A list on a page as it is now: the whole of it, and each row by its element's id. */
export interface LiveView {
  list: string;
  rows: Map<string, string>;
  /** Nothing more will happen: the stream ends and the page forgets it. */
  idle: boolean;
}

/** What to show, where, and when to look. */
export interface LiveOptions {
  /** Id of the element that `list` draws. */
  target: string;
  look(): Promise<LiveView>;
  /** Whether a message of the channel `downloads` can concern this page. */
  concerns(payload: string): boolean;
}

const open = new Map<string, number>();

/**
 * Server-sent events that keep a list current: the whole list first, then each row that changed.
 *
 * The database is the only source, so a lost message or a reconnect loses nothing. The page gets only the latest state: a slow
 * reader is never sent a backlog.
 */
export function live(c: Context<AppEnv>, options: LiveOptions): Response {
  const session = c.get("session");
  if (!session) throw new HTTPException(401);
  // Hono answers HEAD by the handler of GET and drops the body: its stream would never be told to end.
  if (c.req.method === "HEAD") {
    return c.body(null, 200, {
      "Content-Type": "text/event-stream",
      ...HEADERS,
    });
  }
  if (
    total() >= STREAMS || (open.get(session.id) ?? 0) >= STREAMS_PER_SESSION
  ) {
    throw new HTTPException(503, {
      message: "Too many pages are being kept current",
    });
  }
  const response = streamSSE(c, async (stream) => {
    count(session.id, 1);
    const waker = new Waker();
    stream.onAbort(() => waker.wake());
    let unsubscribe = () => {};
    try {
      unsubscribe = await subscribe("downloads", (payload) => {
        if (payload === null || options.concerns(payload)) waker.wake();
      });
      await keepCurrent(stream, waker, session.id, options);
    } finally {
      unsubscribe();
      count(session.id, -1);
    }
  });
  for (const [name, value] of Object.entries(HEADERS)) {
    response.headers.set(name, value);
  }
  return response;
}

/** Sends what changed until nothing more will, the page has left or its session has ended. */
async function keepCurrent(
  stream: SSEStreamingApi,
  waker: Waker,
  sessionId: string,
  { look, target }: LiveOptions,
): Promise<void> {
  let before: LiveView | null = null;
  let [looked, written] = [0, Date.now()];
  for (let seq = 1; !stream.aborted;) {
    if (!await isSessionOpen(sessionId)) return;
    if (waker.woken || Date.now() - looked >= REDRAW_MS) {
      waker.woken = false;
      const view = await look();
      looked = Date.now();
      const data = changes(before, view, target) + (view.idle ? FORGET : "");
      if (data) {
        await stream.writeSSE({ id: String(seq++), data });
        written = Date.now();
      }
      if (view.idle) return await stream.writeSSE({ event: "idle", data: "" });
      before = view;
    }
    if (Date.now() - written >= KEEP_ALIVE_MS) {
      await stream.write(": keep-alive\n\n");
      written = Date.now();
    }
    await delay(PACE_MS);
    await waker.sleep(SESSION_CHECK_MS);
  }
}

/** Removes the element that opened the stream, and with it the stream and its watchdog. */
const FORGET = '<hx-partial hx-target="#live" hx-swap="delete"></hx-partial>';

/** The whole list when rows came or went, else the rows that look different; "" when nothing does. */
function changes(
  before: LiveView | null,
  { list, rows }: LiveView,
  target: string,
): string {
  const ids = [...rows.keys()].join(" ");
  if (!before || ids !== [...before.rows.keys()].join(" ")) {
    return partial(target, list);
  }
  return [...rows].filter(([id, html]) => before.rows.get(id) !== html)
    .map(([id, html]) => partial(id, html)).join("");
}

/** A morph keeps the focus on a row's button. */
function partial(id: string, html: string): string {
  return `<hx-partial hx-target="#${id}" hx-swap="outerMorph">${html}</hx-partial>`;
}

/** Lets a loop sleep until something happens. */
class Waker {
  woken = true;
  #end: (() => void) | null = null;

  wake(): void {
    this.woken = true;
    this.#end?.();
  }

  /** Ends at once when woken since the flag was last taken down. */
  async sleep(ms: number): Promise<void> {
    if (this.woken) return;
    await new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      this.#end = () => {
        clearTimeout(timer);
        done();
      };
    });
    this.#end = null;
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

function total(): number {
  return open.values().reduce((sum, n) => sum + n, 0);
}

function count(sessionId: string, change: number): void {
  const n = (open.get(sessionId) ?? 0) + change;
  if (n > 0) open.set(sessionId, n);
  else open.delete(sessionId);
}
