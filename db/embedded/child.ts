import { dirname } from "node:path";
import { which } from "./files.ts";

const KEPT_LINES = 40;
const LOG_LIMIT_BYTES = 5_000_000;
const PIPES_CLOSE_MS = 2_000;

/** What to run, as whom, and how it is to end when this process is killed. */
export interface ChildOptions {
  command: string;
  args: string[];
  /** Its output goes to the end of this file, which starts anew beyond 5 MB. */
  logFile: string;
  /** Sent by the kernel when this process dies (Linux with util-linux; elsewhere the child stays for the next start to find). */
  dieWith: Deno.Signal;
  uid?: number;
  gid?: number;
  cwd?: string;
}

/** A running server in a process group of its own, so that Ctrl-C in the terminal does not reach it before the app. */
export interface Child {
  pid: number;
  /** Settles when the process has ended, in whatever way. */
  exited: Promise<Deno.CommandStatus>;
  /** The last lines it has written, oldest first; of a process that has ended, all it had still to say. */
  lastLines(): Promise<string[]>;
  /** Sends the signals one after another, each when the one before has not ended it within its time. */
  stop(steps: StopStep[]): Promise<void>;
}

/** A signal and how long to wait for it to end the process. */
export interface StopStep {
  signal: Deno.Signal;
  waitMs: number;
}

/** Starts a server as a child that ends with this process. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const [command, args] = await dieWithParent(options);
  const log = await openLog(options.logFile);
  const process = spawn({ ...options, command, args }, log);
  const lines: string[] = [];
  const piped = Promise.all([
    keepLines(process.stdout, log, lines),
    keepLines(process.stderr, log, lines),
  ]).finally(() => log.close());
  let ended = false;
  const exited = process.status.finally(() => ended = true);
  return {
    pid: process.pid,
    exited,
    lastLines: async () => {
      // A process is known to have ended before its pipes are read to their ends.
      if (ended) await endsWithin(piped, PIPES_CLOSE_MS);
      return lines;
    },
    stop: async (steps) => {
      await stopBySteps(process, steps);
      await endsWithin(piped, PIPES_CLOSE_MS);
    },
  };
}

/** Says how a process ended, for instance "ended with code 1" or "was ended by SIGKILL". */
export function howItEnded(status: Deno.CommandStatus): string {
  return status.signal
    ? `was ended by ${status.signal}`
    : `ended with code ${status.code}`;
}

/**
 * Puts `setpriv --pdeathsig` before a command where util-linux has it.
 *
 * The kernel sends the signal when the thread that spawned the child ends, which is the main thread in all our uses.
 */
export async function dieWithParent(
  { command, args, dieWith }: {
    command: string;
    args: string[];
    dieWith: Deno.Signal;
  },
): Promise<[string, string[]]> {
  const setpriv = Deno.build.os === "linux"
    ? await which("setpriv", Deno.env.get("PATH") ?? "/usr/bin:/bin")
    : null;
  if (!setpriv) return [command, args];
  const signal = dieWith.replace(/^SIG/, "");
  return [setpriv, ["--pdeathsig", signal, "--", command, ...args]];
}

async function openLog(path: string): Promise<Deno.FsFile> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const size = await Deno.stat(path).then((s) => s.size, () => 0);
  const anew = size > LOG_LIMIT_BYTES;
  return await Deno.open(path, {
    create: true,
    write: true,
    append: !anew,
    truncate: anew,
    mode: 0o600,
  });
}

function spawn(options: ChildOptions, log: Deno.FsFile): Deno.ChildProcess {
  try {
    return new Deno.Command(options.command, {
      args: options.args,
      cwd: options.cwd,
      uid: options.uid,
      gid: options.gid,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      detached: true,
    }).spawn();
  } catch (error) {
    log.close();
    throw error;
  }
}

async function keepLines(
  from: ReadableStream<Uint8Array>,
  log: Deno.FsFile,
  lines: string[],
): Promise<void> {
  const decoder = new TextDecoder();
  let open = "";
  for await (const bytes of from) {
    for (let at = 0; at < bytes.length;) {
      at += await log.write(bytes.subarray(at));
    }
    const parts = (open + decoder.decode(bytes, { stream: true })).split("\n");
    open = parts.pop() ?? "";
    lines.push(...parts.filter(Boolean));
    lines.splice(0, Math.max(0, lines.length - KEPT_LINES));
  }
  if (open) lines.push(open);
}

async function stopBySteps(process: Deno.ChildProcess, steps: StopStep[]) {
  for (const { signal, waitMs } of steps) {
    try {
      process.kill(signal);
    } catch {
      // It has ended meanwhile; its status is known below.
    }
    if (await endsWithin(process.status, waitMs)) return;
  }
  await process.status;
}

/** True when the promise settles within the time. */
export async function endsWithin(
  promise: Promise<unknown>,
  ms: number,
): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const done = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return done;
}
