/** Held while a launcher works in a DATA_DIR. */
export interface Lock {
  /** Lets the next start in. */
  release(): Promise<void>;
}

/**
 * Takes the DATA_DIR for this process.
 *
 * @throws {Error} that names the folder and the holder's process when another start has it.
 */
export async function lockDataDir(dataDir: string): Promise<Lock> {
  const lock = await tryLockDataDir(dataDir);
  if (lock) return lock;
  const pid = (await Deno.readTextFile(pathIn(dataDir))).trim();
  throw new Error(
    `DATA_DIR ${dataDir} is in use by process ${pid}, which is still running. ` +
      "Stop it first, or set DATA_DIR to another folder",
  );
}

/**
 * Takes the DATA_DIR if it is free, else returns null.
 *
 * The lock is the kernel's, on an open file, so it is free again the moment its holder is dead, however it died.
 */
export async function tryLockDataDir(dataDir: string): Promise<Lock | null> {
  await Deno.mkdir(dataDir, { recursive: true });
  const path = pathIn(dataDir);
  const file = await Deno.open(path, { create: true, read: true, write: true });
  if (!await file.tryLock(true)) {
    file.close();
    return null;
  }
  await file.truncate();
  await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
  return {
    release: async () => {
      await file.truncate();
      file.close();
    },
  };
}

function pathIn(dataDir: string): string {
  return `${dataDir}/lock`;
}
