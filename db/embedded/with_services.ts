import { resolve } from "node:path";
import { config } from "../../config.ts";
import { embeddedServices, type Urls } from "./embedded_services.ts";
import { type Lock, tryLockDataDir } from "./lock.ts";
import type { Log } from "./log.ts";
import { keptSecretKey } from "./secrets.ts";
import { readServices } from "./services_file.ts";

const POLL_MS = 100;
/** A launcher that is still starting may be fetching its mongod. */
const LAUNCHER_READY_MS = 120_000;

/**
 * Calls `use` with the addresses of both databases, for commands beside the site (`deno task seed`).
 *
 * Settings that are given are used as they are. What they lack comes from the launcher that runs on DATA_DIR, or else is
 * started for the time of the call. `config` has the addresses by then: modules that read it are to be imported inside
 * `use`.
 */
export async function withServices<T>(
  use: (urls: Required<Urls>) => Promise<T>,
  { log = console.error }: { log?: Log } = {},
): Promise<T> {
  const given = givenUrls();
  if (isComplete(given)) return await use(given);
  const dataDir = resolve(config.DATA_DIR);
  const found = await lockOrLauncher(dataDir);
  if (!("release" in found)) return await use(await adopt(dataDir, found));
  const services = embeddedServices({ dataDir, given, log });
  try {
    return await use(await adopt(dataDir, await services.start()));
  } finally {
    await services.stop();
    await found.release();
  }
}

function givenUrls(): Urls {
  return { databaseUrl: config.DATABASE_URL, mongoUrl: config.MONGO_URL };
}

function isComplete(urls: Urls): urls is Required<Urls> {
  return urls.databaseUrl !== undefined && urls.mongoUrl !== undefined;
}

/** The lock of DATA_DIR, or, while a launcher has it, the addresses that one has written. */
async function lockOrLauncher(
  dataDir: string,
): Promise<Lock | Required<Urls>> {
  for (const end = Date.now() + LAUNCHER_READY_MS; Date.now() < end;) {
    const lock = await tryLockDataDir(dataDir);
    if (lock) return lock;
    const services = await readServices(dataDir);
    if (services) return services;
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
  throw new Error(
    `The site that is starting on DATA_DIR ${dataDir} is not ready yet: try again when it is`,
  );
}

/** Makes the addresses this process's settings. */
async function adopt(
  dataDir: string,
  { databaseUrl, mongoUrl }: Required<Urls>,
): Promise<Required<Urls>> {
  if (!config.DATABASE_URL) {
    config.EMBEDDED.push("postgres");
    config.SECRET_KEY ??= await keptSecretKey(dataDir);
  }
  if (!config.MONGO_URL) config.EMBEDDED.push("mongo");
  config.DATABASE_URL = databaseUrl;
  config.MONGO_URL = mongoUrl;
  return { databaseUrl, mongoUrl };
}
