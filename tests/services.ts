import { fileURLToPath } from "node:url";
import { removeAll } from "../db/embedded/files.ts";
import { startMongod } from "../db/embedded/mongod.ts";
import { startPostgres } from "../db/embedded/postgres.ts";
import type { Service } from "../db/embedded/service.ts";

/** A fetched mongod is shared with `deno task dev`. */
const BIN_DIR = fileURLToPath(new URL("../data/bin", import.meta.url));
const SETTINGS = { max_connections: "300", fsync: "off" };

/** One Postgres and one mongod for a test run, on free ports, with data that end with it. */
export interface TestServices {
  /** Of the superuser, so that a test file may create its own database. */
  postgresUrl: string;
  mongoUrl: string;
  /** Stops both and removes their data. */
  stop(): Promise<void>;
}

/** Starts the two services that tests need, in a temporary folder. */
export async function startTestServices(): Promise<TestServices> {
  const dataDir = await Deno.makeTempDir({ prefix: "mgkdb-services-" });
  // Root's Postgres runs as another user, who must be able to enter.
  await Deno.chmod(dataDir, 0o755);
  const log = console.error;
  const started = await Promise.allSettled([
    startPostgres({ dataDir, log, settings: SETTINGS }),
    startMongod({ dataDir, log, binDir: BIN_DIR }),
  ]);
  const running = started.flatMap((s) =>
    s.status === "fulfilled" ? [s.value] : []
  );
  const failed = started.find((s) => s.status === "rejected");
  if (failed) {
    await stopAll(running, dataDir);
    throw failed.reason;
  }
  const [postgres, mongod] = running;
  return {
    postgresUrl: postgres!.url,
    mongoUrl: mongod!.url,
    stop: () => stopAll(running, dataDir),
  };
}

async function stopAll(running: Service[], dataDir: string): Promise<void> {
  await Promise.all(running.map((service) => service.stop()));
  await removeAll(dataDir);
}
