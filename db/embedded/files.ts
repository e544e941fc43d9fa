const OWNER_ONLY = 0o600;

/** True when something is at the path, whatever it is. */
export async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

/** Returns a file's text, or null when there is no such file. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Writes a file that only its owner may read, whole or not at all: under a temporary name, then renamed. */
export async function writeSecret(path: string, text: string): Promise<void> {
  const temporary = `${path}.${Deno.pid}.new`;
  await Deno.writeTextFile(temporary, text, { mode: OWNER_ONLY });
  await Deno.rename(temporary, path);
}

/** Removes a file or a folder with everything in it; quiet when it is not there. */
export async function removeAll(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Returns the first executable file of that name in a PATH-like list of folders, or null. */
export async function which(
  name: string,
  path: string,
): Promise<string | null> {
  for (const folder of path.split(":").filter(Boolean)) {
    const file = await Deno.stat(`${folder}/${name}`).catch(() => null);
    if (file?.isFile && ((file.mode ?? 0) & 0o111)) return `${folder}/${name}`;
  }
  return null;
}
