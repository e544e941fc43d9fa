import { endsWithin } from "./child.ts";
import type { Log } from "./log.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const STEADY_AFTER_MS = 60_000;

/** An embedded server that accepts connections. */
export interface Service {
  name: string;
  url: string;
  port: number;
  pid: number;
  /** Settles with words ("was ended by SIGKILL") when the server has ended. */
  exited: Promise<string>;
  /** Ends the server in good order, by force if it does not. */
  stop(): Promise<void>;
}

/** A service that is started again whenever it ends by itself. */
export interface KeptService {
  current(): Service;
  stop(): Promise<void>;
}

/**
 * Keeps a service running on the port of its first start, with longer and longer pauses while it keeps failing.
 *
 * @throws what the first start throws: only a service that has once worked is worth starting again.
 */
export async function keepRunning(
  { start, log, restarted }: {
    start: (port?: number) => Promise<Service>;
    log: Log;
    restarted: (service: Service) => void | Promise<void>;
  },
): Promise<KeptService> {
  let current = await start();
  const stopping = Promise.withResolvers<void>();
  let stopped = false;
  const watching = watch();

  async function watch() {
    let pause = FIRST_PAUSE_MS;
    while (!stopped) {
      const since = Date.now();
      const how = await Promise.race([current.exited, stopping.promise]);
      if (stopped) return;
      if (Date.now() - since > STEADY_AFTER_MS) pause = FIRST_PAUSE_MS;
      log(`${current.name} ${how}: starting it again in ${pause / 1000} s`);
      if (await endsWithin(stopping.promise, pause)) return;
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      await startAgain();
    }
  }

  async function startAgain() {
    try {
      await current.stop();
      current = await start(current.port);
      log(`${current.name} is running again`);
      await restarted(current);
    } catch (error) {
      log(error instanceof Error ? error.message : String(error));
    }
  }

  return {
    current: () => current,
    stop: async () => {
      stopped = true;
      stopping.resolve();
      await watching;
      await current.stop();
    },
  };
}
