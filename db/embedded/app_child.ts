import { fileURLToPath } from "node:url";
import { dieWithParent, endsWithin } from "./child.ts";

/** The project's folder, where main.ts is. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What the app itself needs: unlike the launcher it starts no programs. */
const PERMISSIONS = [
  "--no-prompt",
  "--allow-net",
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-sys",
  "--allow-ffi",
];

/** The app as a child process. */
export interface AppChild {
  pid: number;
  exited: Promise<Deno.CommandStatus>;
  /** Passes a signal on; by force when it has not ended within the time. */
  stop(signal: Deno.Signal, waitMs: number): Promise<void>;
}

/** Runs main.ts with settings added to this process's environment; its output is ours, and it dies with us. */
export async function startApp(
  env: Record<string, string>,
): Promise<AppChild> {
  const [command, args] = await dieWithParent({
    command: Deno.execPath(),
    args: ["run", ...PERMISSIONS, `${ROOT}main.ts`],
    // At once: without its databases there is nothing that it could finish in good order.
    dieWith: "SIGKILL",
  });
  const process = new Deno.Command(command, {
    args,
    env,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  return {
    pid: process.pid,
    exited: process.status,
    stop: async (signal, waitMs) => {
      kill(process, signal);
      if (!await endsWithin(process.status, waitMs)) kill(process, "SIGKILL");
      await process.status;
    },
  };
}

function kill(process: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    process.kill(signal);
  } catch {
    // It has ended already.
  }
}
