import { expect } from "expect";
import { BSON, ObjectId } from "mongodb";
import postgres from "postgres";
import { exists, readIfThere } from "../../../db/embedded/files.ts";
import { freePort } from "../../../db/embedded/ports.ts";
import {
  readServices,
  type ServicesFile,
} from "../../../db/embedded/services_file.ts";
import { BIN_DIR, isAlive, until, withFolder } from "./folders.ts";

const MAIN = new URL("../../../main.ts", import.meta.url).pathname;
const SEED = new URL("../../../db/embedded/seed.ts", import.meta.url).pathname;
/** The launcher gives up an app that ends sooner than this after its first start. */
const CAME_UP_MS = 5_000;
/** As `deno task dev` and `deno task start` have it. */
const PERMISSIONS = ["net", "read", "write", "env", "run", "ffi", "sys"]
  .map((name) => `--allow-${name}`);

Deno.test("the launcher brings up the site and everything it needs, and takes all of it down again", async (t) => {
  await withFolder(async (dataDir) => {
    await Deno.symlink(BIN_DIR, `${dataDir}/bin`);
    let site = await startSite(dataDir);

    await t.step(
      "what it tells other commands is for its owner only",
      async () => {
        const { mode } = await Deno.stat(`${dataDir}/services.json`);
        expect(mode! & 0o777).toBe(0o600);
        expect(site.services.embedded).toEqual(["postgres", "mongo"]);
      },
    );

    await t.step("a second start is refused in words", async () => {
      const { code, stderr } = await command([MAIN], siteEnv(dataDir));
      expect(code).toBe(1);
      expect(stderr).toContain(`DATA_DIR ${dataDir} is in use by process`);
    });

    await t.step("deno task seed uses the running services", async () => {
      const dump = await Deno.makeTempDir({ dir: dataDir });
      const run = BSON.serialize({ _id: new ObjectId() });
      await Deno.writeFile(`${dump}/LinearRuns.bson`, run);
      const { code, stdout } = await command([SEED, dump], siteEnv(dataDir));
      expect(code).toBe(0);
      expect(stdout).toContain("LinearRuns: 1 loaded");
      expect((await readServices(dataDir))!.mongod).toBe(site.services.mongod);
    });

    await t.step(
      "a Postgres and an app that die are started again",
      async () => {
        const { databaseUrl, postgres: pid, app } = site.services;
        await new Promise((done) => setTimeout(done, CAME_UP_MS));
        Deno.kill(pid!, "SIGKILL");
        Deno.kill(app!, "SIGKILL");
        await until(async () => {
          const now = await readServices(dataDir);
          return now?.postgres !== pid && now?.app !== app &&
            await answers(databaseUrl) &&
            await responds(`${site.address}/readyz`);
        }, "the site to be back");
        site.services = (await readServices(dataDir))!;
      },
    );

    await t.step(
      "SIGTERM ends the site with code 0 and the services after it",
      async () => {
        expect(await site.end("SIGTERM")).toBe(0);
        expect(await alive(site.services)).toEqual([]);
        expect(await exists(`${dataDir}/services.json`)).toBe(false);
      },
    );

    await t.step(
      "a killed launcher takes everything with it, and the next start works",
      async () => {
        site = await startSite(dataDir);
        await site.end("SIGKILL");
        await until(
          async () => (await alive(site.services)).length === 0,
          "the end",
        );
        site = await startSite(dataDir);
        expect(await site.end("SIGINT")).toBe(0);
        expect(await alive(site.services)).toEqual([]);
      },
    );

    await t.step("log-ins and keys are made once", async () => {
      const accounts = await readIfThere(`${dataDir}/demo-accounts.json`);
      expect(JSON.parse(accounts!).map((a: { email: string }) => a.email))
        .toEqual(["demo.researcher@example.org", "demo.admin@example.org"]);
      for (const name of ["demo-accounts.json", "secret-key"]) {
        const { mode } = await Deno.stat(`${dataDir}/${name}`);
        expect(mode! & 0o777).toBe(0o600);
      }
    });
  });
});

Deno.test("a port that is taken is named before anything is started", async () => {
  await withFolder(async (dataDir) => {
    const env = siteEnv(dataDir);
    const port = Number(env.PORT);
    using _taken = Deno.listen({ hostname: "127.0.0.1", port });
    const { code, stderr } = await command([MAIN], env);
    expect(code).toBe(1);
    expect(stderr).toContain(`PORT ${port} is in use`);
  });
});

Deno.test("deno task seed never writes to MONGO_URL", async () => {
  await withFolder(async (dataDir) => {
    const env = { ...siteEnv(dataDir), MONGO_URL: "mongodb://127.0.0.1:1" };
    const { code, stderr } = await command([SEED, dataDir], env);
    expect(code).toBe(1);
    expect(stderr).toContain("MONGO_URL is set");
  });
});

interface Site {
  address: string;
  services: ServicesFile;
  /** Sends the signal to the launcher and waits for its exit code. */
  end(signal: Deno.Signal): Promise<number>;
}

async function startSite(dataDir: string): Promise<Site> {
  const env = siteEnv(dataDir);
  const launcher = new Deno.Command(Deno.execPath(), {
    args: ["run", ...PERMISSIONS, "--no-check", MAIN],
    env,
    stdout: "null",
    stderr: "null",
  }).spawn();
  const address = `http://127.0.0.1:${env.PORT}`;
  await until(() => responds(`${address}/readyz`), "the site to answer");
  return {
    address,
    services: (await readServices(dataDir))!,
    end: async (signal) => {
      launcher.kill(signal);
      return (await launcher.status).code;
    },
  };
}

/** None of the test run's own services, so that both are embedded. */
function siteEnv(dataDir: string): Record<string, string> {
  return {
    DATA_DIR: dataDir,
    PORT: String(freePort()),
    DATABASE_URL: "",
    MONGO_URL: "",
  };
}

async function command(args: string[], env: Record<string, string>) {
  const { code, ...output } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...PERMISSIONS, "--no-check", ...args],
    env,
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(output.stdout), stderr: text(output.stderr) };
}

async function responds(address: string): Promise<boolean> {
  const response = await fetch(address).catch(() => null);
  await response?.body?.cancel();
  return response?.ok ?? false;
}

async function answers(databaseUrl: string): Promise<boolean> {
  const sql = postgres(databaseUrl, { max: 1 });
  const done = await sql`select 1`.then(() => true, () => false);
  await sql.end();
  return done;
}

async function alive(services: ServicesFile): Promise<number[]> {
  const pids = [services.postgres!, services.mongod!, services.app!];
  const states = await Promise.all(pids.map(isAlive));
  return pids.filter((_, i) => states[i]);
}
