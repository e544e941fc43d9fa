import type { Log } from "./log.ts";
import type { StopStep } from "./child.ts";

const POLL_MS = 20;

/** Returns the command line of a living process, words separated by spaces, or null when there is no such process. */
export async function commandOf(pid: number): Promise<string | null> {
  // Deno itself reads /proc only with --allow-all, which the launcher does not need otherwise.
  const [command, ...args] = Deno.build.os === "linux"
    ? ["cat", `/proc/${pid}/cmdline`]
    : ["ps", "-o", "command=", "-p", String(pid)];
  const { stdout } = await new Deno.Command(command!, { args }).output();
  const text = new TextDecoder().decode(stdout);
  return text.replaceAll("\0", " ").trim() || null;
}

/**
 * Ends a process that an earlier, killed start has left behind.
 *
 * A pid out of a file may belong to somebody else by now: nothing is sent unless every one of `words` is in its command line.
 *
 * @returns true when the pid is free of our process: it has ended, or never was ours.
 */
export async function endOrphan(
  { pid, words, name, steps, log }: {
    pid: number;
    words: string[];
    name: string;
    steps: StopStep[];
    log: Log;
  },
): Promise<boolean> {
  if (!await isOurs(pid, words)) return true;
  log(`${name} of an earlier start is still there (process ${pid}): ending it`);
  for (const { signal, waitMs } of steps) {
    try {
      Deno.kill(pid, signal);
    } catch {
      // It has ended meanwhile; the look below says so.
    }
    if (await endsWhileWatched(pid, words, waitMs)) return true;
  }
  return false;
}

async function isOurs(pid: number, words: string[]): Promise<boolean> {
  if (!Number.isSafeInteger(pid) || pid <= 1 || pid === Deno.pid) return false;
  const command = await commandOf(pid);
  return command !== null && words.every((word) => command.includes(word));
}

async function endsWhileWatched(pid: number, words: string[], ms: number) {
  for (const end = Date.now() + ms; Date.now() < end;) {
    if (!await isOurs(pid, words)) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return false;
}
