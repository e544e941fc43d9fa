import { randomBytes, randomInt } from "node:crypto";
import { z } from "zod";
import { readIfThere, writeSecret } from "./files.ts";

const WORDS = (
  "amber basil cedar delta ember fjord glade hazel indigo juniper kelp lotus maple nectar olive " +
  "pebble quartz raven saffron tundra umber violet willow zephyr"
).split(" ");

/** The accounts that the embedded mode makes, with the passwords that the start prints. */
export const DemoAccounts = z.array(z.object({
  role: z.enum(["admin", "researcher"]),
  email: z.string(),
  password: z.string().min(15),
}));
export type DemoAccounts = z.infer<typeof DemoAccounts>;

/** Address of the demo admin; the embedded mode's default of ADMIN_EMAILS. */
export const DEMO_ADMIN = "demo.admin@example.org";
const DEMO_RESEARCHER = "demo.researcher@example.org";

/** Returns the SECRET_KEY of an embedded installation, made once and kept in DATA_DIR. */
export async function keptSecretKey(dataDir: string): Promise<string> {
  const path = `${dataDir}/secret-key`;
  const kept = (await readIfThere(path))?.trim();
  if (kept) return kept;
  const key = randomBytes(48).toString("hex");
  await writeSecret(path, `${key}\n`);
  return key;
}

/**
 * Makes the demo accounts' credentials once and returns the path of their file, which only its owner can read.
 *
 * The passwords are random, since an installation that others can reach may be started this way, too.
 */
export async function keptDemoAccounts(dataDir: string): Promise<string> {
  const path = `${dataDir}/demo-accounts.json`;
  if (await readIfThere(path) !== null) return path;
  const accounts: DemoAccounts = [
    { role: "researcher", email: DEMO_RESEARCHER, password: newPassword() },
    { role: "admin", email: DEMO_ADMIN, password: newPassword() },
  ];
  await writeSecret(path, `${JSON.stringify(accounts, null, 2)}\n`);
  return path;
}

/** Reads the credentials back; the file is ours, so a damaged one is an error. */
export async function readDemoAccounts(path: string): Promise<DemoAccounts> {
  return DemoAccounts.parse(JSON.parse(await Deno.readTextFile(path)));
}

/** Three words and eight digits: some 40 bits, to be typed by hand. */
function newPassword(): string {
  const word = () => WORDS[randomInt(WORDS.length)];
  const digits = () => String(randomInt(10_000)).padStart(4, "0");
  return `${word()}-${digits()}-${word()}-${digits()}-${word()}`;
}
