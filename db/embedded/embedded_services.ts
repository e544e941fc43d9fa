import { startMongod } from "./mongod.ts";
import { startPostgres } from "./postgres.ts";
import { keepRunning, type KeptService, type Service } from "./service.ts";
import type { Log } from "./log.ts";

/** What is embedded is exactly what has no URL of its own. */
export interface Urls {
  databaseUrl?: string;
  mongoUrl?: string;
}

/** A set of embedded services that start together and stop together. */
export interface EmbeddedServices {
  /** Starts what has no URL, side by side. @throws the first failure, in words. */
  start(): Promise<Required<Urls>>;
  /** Process ids of those that run. */
  pids(): { postgres?: number; mongod?: number };
  /** Waits for starts under way, then stops whatever runs. */
  stop(): Promise<void>;
}

/** Prepares the services that `given` lacks; each is started again when it ends by itself, and `changed` is told. */
export function embeddedServices(
  { dataDir, given, log, changed = () => {} }: {
    dataDir: string;
    given: Urls;
    log: Log;
    changed?: () => void | Promise<void>;
  },
): EmbeddedServices {
  let postgres: Promise<KeptService> | undefined;
  let mongod: Promise<KeptService> | undefined;
  const running = new Map<string, Service>();

  async function keep(start: (port?: number) => Promise<Service>) {
    const kept = await keepRunning({
      start,
      log,
      restarted: (service) => {
        running.set(service.name, service);
        return changed();
      },
    });
    running.set(kept.current().name, kept.current());
    return kept;
  }

  return {
    start: async () => {
      if (!given.databaseUrl) {
        postgres = keep((port) => startPostgres({ dataDir, log, port }));
      }
      if (!given.mongoUrl) {
        mongod = keep((port) => startMongod({ dataDir, log, port }));
      }
      const [keptPostgres, keptMongod] = await Promise.all([postgres, mongod]);
      return {
        databaseUrl: given.databaseUrl ?? keptPostgres!.current().url,
        mongoUrl: given.mongoUrl ?? keptMongod!.current().url,
      };
    },
    pids: () => ({
      postgres: running.get("Postgres")?.pid,
      mongod: running.get("MongoDB")?.pid,
    }),
    stop: async () => {
      const started = await Promise.allSettled([postgres, mongod]);
      await Promise.all(
        started.map((s) => s.status === "fulfilled" ? s.value?.stop() : null),
      );
    },
  };
}
