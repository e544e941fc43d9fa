/** Held while a launcher works in a DATA_DIR. */
export interface Lock {
  /** Lets the next start in. */
  release(): Promise<void>;
}

/**
 * Takes the DATA_DIR for this process.
 *
 * The lock is the kernel's, on an open file, so it is free again the moment its holder is dead, however it died.
 *
 * @throws {Error} that names the folder and the holder's process when another start has it.
 */
export async function lockDataDir(dataDir: string): Promise<Lock> {
  await Deno.mkdir(dataDir, { recursive: true });
  const path = `${dataDir}/lock`;
  const file = await Deno.open(path, { create: true, read: true, write: true });
  if (!await file.tryLock(true)) {
    const pid = (await Deno.readTextFile(path)).trim();
    file.close();
    throw new Error(
      `DATA_DIR ${dataDir} is in use by process ${pid}, which is still running. ` +
        "Stop it first, or set DATA_DIR to another folder",
    );
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
