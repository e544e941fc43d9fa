import { z } from "zod";
import { readIfThere, removeAll, writeSecret } from "./files.ts";

/** What a running launcher tells the other commands: addresses (with passwords) and process ids. */
export const ServicesFile = z.object({
  pid: z.number(),
  databaseUrl: z.string(),
  mongoUrl: z.string(),
  /** Which of the two are embedded: `postgres`, `mongo`. */
  embedded: z.array(z.string()),
  postgres: z.number().optional(),
  mongod: z.number().optional(),
  app: z.number().optional(),
});
export type ServicesFile = z.infer<typeof ServicesFile>;

/** Writes DATA_DIR/services.json, readable by its owner only. */
export async function writeServices(dataDir: string, services: ServicesFile) {
  await writeSecret(pathIn(dataDir), JSON.stringify(services, null, 2) + "\n");
}

/** Returns what the last launcher wrote, or null; whether that one is still alive, the lock tells. */
export async function readServices(
  dataDir: string,
): Promise<ServicesFile | null> {
  const text = await readIfThere(pathIn(dataDir));
  return text === null ? null : ServicesFile.parse(JSON.parse(text));
}

/** Removes the file, at the end of a launcher. */
export async function removeServices(dataDir: string): Promise<void> {
  await removeAll(pathIn(dataDir));
}

function pathIn(dataDir: string): string {
  return `${dataDir}/services.json`;
}
