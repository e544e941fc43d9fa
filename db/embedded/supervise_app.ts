import { type AppChild, startApp } from "./app_child.ts";
import { howItEnded } from "./child.ts";
import type { Log } from "./log.ts";
import { type CodeWatch, watchCode } from "./watch.ts";

/** Longer than the app's own limit for ending in good order. */
const STOP_MS = 25_000;
/** A reload does not wait for open event streams. */
const RELOAD_MS = 2_000;

type Turn =
  | { is: "told"; signal: Deno.Signal }
  | { is: "ended"; status: Deno.CommandStatus }
  | { is: "changed" };

interface Options {
  env: Record<string, string>;
  /** Settles with the signal that asks for the end. */
  told: Promise<Deno.Signal>;
  watch: boolean;
  log: Log;
  /** Hears of every start. */
  started: (pid: number) => void | Promise<void>;
}

/**
 * Runs the app until it ends by itself or is told to end; with `watch`, starts it anew whenever its code has changed.
 *
 * An app that fails after such a change is waited for: the next change may mend it.
 *
 * @returns the app's exit code.
 */
export async function superviseApp(options: Options): Promise<number> {
  const code = options.watch ? await watchCode() : null;
  try {
    return await untilItEnds(options, code);
  } finally {
    await code?.close();
  }
}

async function untilItEnds(options: Options, code: CodeWatch | null) {
  const told = options.told.then((signal): Turn => ({ is: "told", signal }));
  for (let first = true;; first = false) {
    const changed = code ? [turnOf(code.changed())] : [];
    const app = await startApp(options.env);
    await options.started(app.pid);
    let turn = await Promise.race([told, endOf(app), ...changed]);
    if (turn.is === "ended" && !first) {
      options.log(`The app ${howItEnded(turn.status)}: waiting for a change`);
      turn = await Promise.race([told, ...changed]);
    }
    if (turn.is === "ended") return turn.status.code;
    if (turn.is === "told") return await stop(app, turn.signal);
    options.log("Code has changed: starting the app anew");
    await app.stop("SIGTERM", RELOAD_MS);
  }
}

async function turnOf(changed: Promise<void>): Promise<Turn> {
  await changed;
  return { is: "changed" };
}

async function endOf(app: AppChild): Promise<Turn> {
  return { is: "ended", status: await app.exited };
}

async function stop(app: AppChild, signal: Deno.Signal): Promise<number> {
  await app.stop(signal === "SIGHUP" ? "SIGTERM" : signal, STOP_MS);
  return (await app.exited).code;
}
