/**
 * Gives a test file a database of its own, cloned from the migrated template, and a Mongo database name of its own.
 * Import it before anything that reads db/sql.ts. tests/run.ts starts the services and names them in the environment.
 */
import postgres from "postgres";
import { config } from "../config.ts";

const TEMPLATE = "mgkdb_template";
const CLONE_TRIES = 20;

const server = Deno.env.get("TEST_POSTGRES_URL");
if (!server) {
  throw new Error(
    "TEST_POSTGRES_URL is not set: run tests with deno task test",
  );
}

/** Name of this file's databases, in Postgres and in MongoDB. */
export const database = `t_${crypto.randomUUID().replaceAll("-", "")}`;
/** A folder of this file's own. */
export const folder = Deno.makeTempDirSync({ prefix: "mgkdb-test-" });

// Before the first await: modules imported beside this one do not wait for it.
Object.assign(config, {
  DATABASE_URL:
    Object.assign(new URL(server), { pathname: `/${database}` }).href,
  MONGO_URL: Deno.env.get("TEST_MONGO_URL"),
  MONGO_DB: database,
  BASE_URL: "http://localhost:8000",
  ADMIN_EMAILS: ["admin@example.org"],
  SECRET_KEY: crypto.randomUUID() + crypto.randomUUID(),
  DATA_DIR: folder,
  ARCHIVE_DIR: `${folder}/archives`,
  EMBEDDED: [],
});
Deno.mkdirSync(config.ARCHIVE_DIR);

const admin = postgres(server, { max: 1, onnotice: () => {} });
await clone();

Deno.test.afterAll(async () => {
  const { closeSql } = await import("../db/sql.ts");
  // A loaded machine may take some seconds over what a test left behind.
  await closeSql(10);
  await admin.unsafe(`drop database if exists ${database} with (force)`);
  await admin.end({ timeout: 1 });
  await Deno.remove(folder, { recursive: true });
});

/** A test that may keep connections open between tests, as the app does. */
export function test(
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

/** A clone waits its turn: Postgres copies a template for one client at a time. */
async function clone(): Promise<void> {
  for (let n = 1;; n++) {
    try {
      await admin.unsafe(`create database ${database} template ${TEMPLATE}`);
      return;
    } catch (error) {
      if (n === CLONE_TRIES) throw error;
      await new Promise((done) => setTimeout(done, 50 * n));
    }
  }
}
