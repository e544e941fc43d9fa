import { randomBytes } from "node:crypto";
import { dirname } from "node:path";
import { exists, readIfThere, removeAll, writeSecret } from "./files.ts";
import type { Log } from "./log.ts";
import type { PostgresHome } from "./postgres_home.ts";

/** The role that owns everything in an embedded cluster. */
export const SUPERUSER = "mgkdb";

/**
 * Returns the password of the embedded Postgres, made once and kept in DATA_DIR.
 *
 * @throws {Error} that names its file when a cluster is there without it.
 */
export async function keptPassword(dataDir: string): Promise<string> {
  const path = `${dataDir}/postgres-password`;
  const kept = (await readIfThere(path))?.trim();
  if (kept) return kept;
  if (await exists(`${dataDir}/postgres`)) {
    throw new Error(
      `${path} is missing, so the database in ${dataDir}/postgres cannot be opened: ` +
        "put the file back, or move that folder away to begin anew",
    );
  }
  const password = randomBytes(24).toString("hex");
  await writeSecret(path, `${password}\n`);
  return password;
}

/** Makes the cluster under another name first, so that an interrupted start leaves none that is half-made. */
export async function makeCluster(
  home: PostgresHome,
  password: string,
  log: Log,
): Promise<void> {
  log("Making the embedded Postgres database");
  const unfinished = `${home.cluster}.new`;
  const passwordFile = `${unfinished}-password`;
  await removeAll(unfinished);
  await Deno.mkdir(unfinished, { recursive: true, mode: 0o700 });
  await Deno.writeTextFile(passwordFile, password, { mode: 0o600 });
  try {
    for (const path of [unfinished, passwordFile]) await giveTo(home, path);
    await initdb({ home, cluster: unfinished, passwordFile });
  } finally {
    await Deno.remove(passwordFile);
  }
  await Deno.rename(unfinished, home.cluster);
}

async function giveTo({ uid, gid }: PostgresHome, path: string) {
  if (uid !== undefined && gid !== undefined) await Deno.chown(path, uid, gid);
}

async function initdb(
  { home, cluster, passwordFile }: {
    home: PostgresHome;
    cluster: string;
    passwordFile: string;
  },
): Promise<void> {
  const { success, stderr } = await new Deno.Command(`${home.bin}/initdb`, {
    // The built-in locale sorts and folds case alike on every machine.
    args: [
      ...["--pgdata", cluster, "--username", SUPERUSER],
      ...["--auth", "scram-sha-256", "--pwfile", passwordFile],
      ...["--encoding", "UTF8", "--locale", "C"],
      ...["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"],
    ],
    uid: home.uid,
    gid: home.gid,
    cwd: dirname(cluster),
  }).output();
  if (success) return;
  const words = new TextDecoder().decode(stderr).trim().split("\n");
  throw new Error(`Postgres could not make its database: ${words.join("; ")}`);
}
