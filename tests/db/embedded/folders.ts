import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { removeAll } from "../../../db/embedded/files.ts";

/** Where `deno task test` and `deno task dev` keep a fetched mongod. */
export const BIN_DIR = fileURLToPath(
  new URL("../../../data/bin", import.meta.url),
);

/** Calls `use` with a folder of mode 0700 that is gone afterwards, with what root's Postgres kept elsewhere for it. */
export async function withFolder(
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "mgkdb-embedded-" });
  try {
    await use(folder);
  } finally {
    await removeAll(folder);
    if (Deno.uid() === 0) await removeAll(rootHome(folder));
  }
}

/** Where root's Postgres lives when its user cannot reach DATA_DIR. */
export function rootHome(dataDir: string): string {
  const hash = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  return `/var/lib/mgkdb-web/${hash}`;
}

/** True while the process is there and not merely waiting to be noticed as dead. */
export async function isAlive(pid: number): Promise<boolean> {
  const { stdout } = await new Deno.Command("ps", {
    args: ["-o", "stat=", "-p", String(pid)],
  }).output();
  const state = new TextDecoder().decode(stdout).trim();
  return state !== "" && !state.startsWith("Z");
}

/** Asks again and again until the answer is yes, for at most 45 seconds, as other tests keep the machine busy. */
export async function until(
  ask: () => boolean | Promise<boolean>,
  what: string,
): Promise<void> {
  for (const end = Date.now() + 45_000; Date.now() < end;) {
    if (await ask()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`Waited in vain for: ${what}`);
}
