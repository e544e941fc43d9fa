import { type Db, MongoClient, type MongoClientOptions } from "mongodb";
import { config } from "../../config.ts";

/** The source cannot be asked just now. The catalogue goes on without it; files and whole documents do not. */
export class SourceUnavailable extends Error {
  override name = "SourceUnavailable";
}

/** What the server may spend on one query. */
export const MAX_TIME_MS = 10_000;

const OPTIONS: MongoClientOptions = {
  appName: "mgkdb-web",
  readPreference: "secondaryPreferred",
  serverSelectionTimeoutMS: 2000,
  connectTimeoutMS: 2000,
  socketTimeoutMS: 30_000,
  // A retry doubles the socket's time-out.
  retryReads: false,
  maxPoolSize: 10,
  // One wrong byte in a name must not hide the other documents of an answer.
  enableUtf8Validation: false,
};
/** A server that stopped answering keeps `close` waiting for ever. */
const CLOSE_MS = 1000;
const PING_MS = 2000;
const FAILURES_TO_OPEN = 3;
const OPEN_MS = 10_000;

let connecting: Promise<MongoClient> | null = null;
let failures = 0;
let refusedUntil = 0;
const watchers = new Set<(command: string) => void>();

/**
 * The source's database, connected. After three failures in a row it refuses at once for ten seconds.
 *
 * @throws {SourceUnavailable} when no server answers
 * @throws {Error} when MONGO_URL is not set
 */
export async function source(): Promise<Db> {
  if (Date.now() < refusedUntil) {
    throw new SourceUnavailable("MongoDB did not answer a moment ago");
  }
  connecting ??= connect();
  const attempt = connecting;
  try {
    const client = await attempt;
    return client.db(config.MONGO_DB);
  } catch (error) {
    if (connecting === attempt) connecting = null;
    if (error instanceof SourceUnavailable) noteFailure();
    throw error;
  }
}

/**
 * Runs a read and says `SourceUnavailable` when it failed because the server is gone.
 *
 * Errors of a lost server have no class of their own, so the server is asked instead: when it answers a ping, the read is tried once
 * more, and what that throws is the caller's.
 * @throws {SourceUnavailable} and whatever `read` throws
 */
export async function fromSource<T>(read: (db: Db) => Promise<T>): Promise<T> {
  const db = await source();
  try {
    return succeeded(await read(db));
  } catch (error) {
    if (isAbort(error)) throw error;
    if (!await answers(db)) {
      noteFailure();
      throw new SourceUnavailable("MongoDB stopped answering", {
        cause: error,
      });
    }
    return succeeded(await read(db));
  }
}

/** Does the source answer a ping? Never throws. */
export async function sourceReachable(): Promise<boolean> {
  return await source().then(answers, () => false);
}

/** Ends the connections, or leaves them after a second. */
export async function closeSource(): Promise<void> {
  const open = connecting;
  connecting = null;
  failures = 0;
  refusedUntil = 0;
  if (open) await open.then(close, () => {});
}

/** Tells a test the name of every command that is sent from the next connection on. @returns a function that ends it. */
export async function watchCommands(
  listener: (command: string) => void,
): Promise<() => void> {
  watchers.add(listener);
  await closeSource();
  return () => void watchers.delete(listener);
}

/** A client whose first connect failed says "Topology is closed" for ever, hence a new one for each attempt. */
async function connect(): Promise<MongoClient> {
  if (!config.MONGO_URL) {
    throw new Error(
      "MONGO_URL is not set: it names the MongoDB server that holds the simulations",
    );
  }
  const client = new MongoClient(config.MONGO_URL, {
    ...OPTIONS,
    monitorCommands: watchers.size > 0,
  });
  client.on(
    "commandStarted",
    ({ commandName }) => watchers.forEach((tell) => tell(commandName)),
  );
  try {
    return await client.connect();
  } catch (error) {
    await close(client);
    throw new SourceUnavailable("MongoDB cannot be reached", { cause: error });
  }
}

async function answers(db: Db): Promise<boolean> {
  const ping = db.command({ ping: 1, maxTimeMS: PING_MS }).then(
    () => true,
    () => false,
  );
  return await within(PING_MS, ping, false);
}

async function close(client: MongoClient): Promise<void> {
  await within(CLOSE_MS, client.close().catch(() => {}), undefined);
}

/** The promise's value, or `late` after a time; leaves no timer behind. */
async function within<T>(ms: number, promise: Promise<T>, late: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expiry = new Promise<T>((done) =>
    timer = setTimeout(() => done(late), ms)
  );
  try {
    return await Promise.race([promise, expiry]);
  } finally {
    clearTimeout(timer);
  }
}

function succeeded<T>(value: T): T {
  failures = 0;
  return value;
}

function noteFailure(): void {
  failures++;
  if (failures < FAILURES_TO_OPEN) return;
  failures = 0;
  refusedUntil = Date.now() + OPEN_MS;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
