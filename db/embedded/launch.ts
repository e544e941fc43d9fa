import { resolve } from "node:path";
import { config } from "../../config.ts";
import { loadDemoOnce } from "./demo_once.ts";
import {
  type EmbeddedServices,
  embeddedServices,
  type Urls,
} from "./embedded_services.ts";
import { lockDataDir } from "./lock.ts";
import { endOrphan } from "./orphan.ts";
import { requirePort } from "./ports.ts";
import { DEMO_ADMIN, keptDemoAccounts, keptSecretKey } from "./secrets.ts";
import {
  readServices,
  removeServices,
  writeServices,
} from "./services_file.ts";
import { superviseApp } from "./supervise_app.ts";

const SIGNALS: Deno.Signal[] = ["SIGINT", "SIGTERM", "SIGHUP"];
const ORPHAN_STEPS = [
  { signal: "SIGTERM" as const, waitMs: 2_000 },
  { signal: "SIGKILL" as const, waitMs: 5_000 },
];

/**
 * Starts the services that have no URL, then the app as a child, and stays until the app or this process is to end.
 *
 * A service that dies is started again on its port; SIGINT, SIGTERM and SIGHUP go to the app first, then the services are
 * stopped. With `watch` the app is started anew whenever its code changes. Ends the process with the app's exit code, or
 * with 1 and a sentence when something could not start.
 */
export async function launch({ watch }: { watch: boolean }): Promise<never> {
  let code = 1;
  try {
    code = await run(watch, toldToEnd());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  Deno.exit(code);
}

function toldToEnd(): Promise<Deno.Signal> {
  return new Promise((done) => {
    for (const signal of SIGNALS) {
      Deno.addSignalListener(signal, () => done(signal));
    }
  });
}

async function run(watch: boolean, told: Promise<Deno.Signal>) {
  const dataDir = resolve(config.DATA_DIR);
  const lock = await lockDataDir(dataDir);
  let publish = async () => {};
  const services = embeddedServices({
    dataDir,
    given: { databaseUrl: config.DATABASE_URL, mongoUrl: config.MONGO_URL },
    log: say,
    changed: () => publish(),
  });
  try {
    await endStaleApp(dataDir);
    if (config.ROLE !== "worker") {
      requirePort({ hostname: config.HOST, port: config.PORT });
    }
    const urls = await Promise.race([prepare(dataDir, services), told]);
    if (typeof urls === "string") return 0;
    let app: number | undefined;
    publish = () =>
      writeServices(dataDir, { ...urls, ...services.pids(), ...facts(), app });
    const started = (pid: number) => (app = pid, publish());
    const env = await appSettings(dataDir, urls);
    return await superviseApp({ env, told, watch, log: say, started });
  } finally {
    await services.stop();
    await removeServices(dataDir);
    await lock.release();
  }
}

function say(line: string): void {
  console.log(`[start] ${line}`);
}

/** Where the kernel does not end the app with a killed launcher, it holds the port until the next start. */
async function endStaleApp(dataDir: string): Promise<void> {
  const pid = (await readServices(dataDir))?.app;
  if (!pid) return;
  const words = ["deno", "main.ts"];
  await endOrphan({
    pid,
    words,
    name: "The app",
    steps: ORPHAN_STEPS,
    log: say,
  });
}

async function prepare(
  dataDir: string,
  services: EmbeddedServices,
): Promise<Required<Urls>> {
  const begun = performance.now();
  const { embedded } = facts();
  if (embedded.length > 0) {
    say(`Starting ${embedded.join(" and ")} in ${dataDir}`);
  }
  const urls = await services.start();
  if (!config.MONGO_URL) {
    await loadDemoOnce({
      mongoUrl: urls.mongoUrl,
      dbName: config.MONGO_DB,
      log: say,
    });
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  say(`Databases are ready after ${seconds} s`);
  return urls;
}

/** What a launcher says of itself in services.json. */
function facts() {
  const embedded = [];
  if (!config.DATABASE_URL) embedded.push("postgres");
  if (!config.MONGO_URL) embedded.push("mongo");
  return { pid: Deno.pid, embedded };
}

async function appSettings(
  dataDir: string,
  urls: Required<Urls>,
): Promise<Record<string, string>> {
  const env: Record<string, string> = {
    DATABASE_URL: urls.databaseUrl,
    MONGO_URL: urls.mongoUrl,
    EMBEDDED: facts().embedded.join(","),
  };
  if (config.DATABASE_URL) return env;
  if (!config.SECRET_KEY) env.SECRET_KEY = await keptSecretKey(dataDir);
  if (!config.ADMIN_EMAILS) {
    env.ADMIN_EMAILS = DEMO_ADMIN;
    env.DEMO_ACCOUNTS = await keptDemoAccounts(dataDir);
  }
  return env;
}
