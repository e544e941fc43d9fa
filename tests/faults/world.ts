/**
 * A Postgres and a mongod of this file's own, which its tests may stop and start, and the tools of the other tests on top of them.
 * Everything else has to be imported from here: it reads the addresses while it is loaded.
 */
import { fileURLToPath } from "node:url";
import { removeAll } from "../../db/embedded/files.ts";
import { startMongod } from "../../db/embedded/mongod.ts";
import { startPostgres } from "../../db/embedded/postgres.ts";
import type { Service } from "../../db/embedded/service.ts";

const BIN_DIR = fileURLToPath(new URL("../../data/bin", import.meta.url));
const MIGRATE = fileURLToPath(
  new URL("../migrate_template.ts", import.meta.url),
);

const dataDir = await Deno.makeTempDir({ prefix: "mgkdb-faults-" });
// Root's Postgres runs as another user, who must be able to enter.
await Deno.chmod(dataDir, 0o755);

/** The services as they run now. */
const running: { mongod: Service; postgres: Service } = {
  mongod: await mongodOn(),
  postgres: await postgresOn(),
};

/** Runs something while MongoDB is stopped, then starts it again where it was. */
export async function withoutMongod(during: () => Promise<void>) {
  const { port } = running.mongod;
  await running.mongod.stop();
  try {
    await during();
  } finally {
    running.mongod = await mongodOn(port);
  }
}

/** Runs something while Postgres is stopped, then starts it again where it was. */
export async function withoutPostgres(during: () => Promise<void>) {
  const { port } = running.postgres;
  await running.postgres.stop();
  try {
    await during();
  } finally {
    running.postgres = await postgresOn(port);
  }
}

Deno.test.afterAll(async () => {
  await running.mongod.stop();
  await running.postgres.stop();
  await removeAll(dataDir);
});

await prepare(running.postgres.url);
/** `test()`, and the databases and folder of this file. */
export const setup = await import("../setup.ts");
export const faults = await import("../archive_faults.ts");
export const make = await import("../make.ts");
export const downloads = await import("../../db/downloads.ts");
export const retries = await import("../../db/download_retries.ts");
export const { sql } = await import("../../db/sql.ts");
export const { config } = await import("../../config.ts");

function mongodOn(port?: number): Promise<Service> {
  return startMongod({ dataDir, binDir: BIN_DIR, log: console.error, port });
}

function postgresOn(port?: number): Promise<Service> {
  return startPostgres({ dataDir, log: console.error, port });
}

/** Makes the template that tests/setup.ts clones, and says where both services are. */
async function prepare(postgresUrl: string): Promise<void> {
  const { default: postgres } = await import("postgres");
  const server = postgres(postgresUrl, { max: 1, onnotice: () => {} });
  await server.unsafe("create database mgkdb_template");
  await server.end();
  const template = new URL(postgresUrl);
  template.pathname = "/mgkdb_template";
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MIGRATE],
    env: { DATABASE_URL: template.href },
  }).output();
  if (!success) throw new Error("The template was not migrated");
  Deno.env.set("TEST_POSTGRES_URL", postgresUrl);
  Deno.env.set("TEST_MONGO_URL", running.mongod.url);
}
