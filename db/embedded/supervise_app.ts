import { type AppChild, startApp } from "./app_child.ts";
import { howItEnded } from "./child.ts";
import type { Log } from "./log.ts";
import { type CodeWatch, watchCode } from "./watch.ts";

/** Longer than the app's own limit for ending in good order. */
const STOP_MS = 25_000;
/** A reload does not wait for open event streams. */
const RELOAD_MS = 2_000;
/** An app that ends sooner after the very first start has not come up: another try would end the same way. */
const CAME_UP_MS = 5_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const STEADY_AFTER_MS = 60_000;
/** Exit code of an app that refuses its settings. */
const REFUSED = 2;

type Turn =
  | { is: "told"; signal: Deno.Signal }
  | { is: "ended"; status: Deno.CommandStatus }
  | { is: "changed" }
  | { is: "rested" };

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
 * Runs the app until it is told to end, ends by itself with code 0, or does not come up at all.
 *
 * One that was up and fails is started again, after longer and longer pauses while it keeps failing; with `watch`, also
 * whenever its code has changed.
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
  let pause = FIRST_PAUSE_MS;
  for (let first = true;; first = false) {
    const changed = code ? [turnOf(code.changed())] : [];
    const since = Date.now();
    const app = await startApp(options.env);
    await options.started(app.pid);
    let turn = await Promise.race([told, endOf(app), ...changed]);
    if (turn.is === "ended") {
      const lived = Date.now() - since;
      if (isFinal(turn.status, first && lived < CAME_UP_MS)) {
        return turn.status.code;
      }
      if (lived > STEADY_AFTER_MS) pause = FIRST_PAUSE_MS;
      const how = howItEnded(turn.status);
      options.log(`The app ${how}: starting it again in ${pause / 1000} s`);
      turn = await rest(pause, [told, ...changed]);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
    if (turn.is === "told") return await stop(app, turn.signal);
    if (turn.is === "changed") {
      options.log("Code has changed: starting the app anew");
      await app.stop("SIGTERM", RELOAD_MS);
    }
  }
}

function isFinal(status: Deno.CommandStatus, neverUp: boolean): boolean {
  return neverUp || status.code === 0 || status.code === REFUSED;
}

/** Waits for the pause to pass, or for something that cuts it short. */
async function rest(ms: number, others: Promise<Turn>[]): Promise<Turn> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rested = new Promise<Turn>((done) => {
    timer = setTimeout(() => done({ is: "rested" }), ms);
  });
  const turn = await Promise.race([rested, ...others]);
  clearTimeout(timer);
  return turn;
}

async function turnOf(changed: Promise<void>): Promise<Turn> {
  await changed;
  return { is: "changed" };
}

async function endOf(app: AppChild): Promise<Turn> {
  return { is: "ended", status: await app.exited };
}

async function stop(app: AppChild, told: Deno.Signal): Promise<number> {
  const signal = told === "SIGHUP" ? "SIGTERM" : told;
  await app.stop(signal, STOP_MS);
  const status = await app.exited;
  // An app still starting has no handler yet and ends by the signal itself: as asked, so no failure.
  return status.signal === signal ? 0 : status.code;
}
