/** What tests of faults share: a download that takes a while, workers to kill, and the proof that nothing was lost. */
import { expect } from "expect";
import JSZip from "jszip";
import { createHash } from "node:crypto";
import { config } from "../config.ts";
import { createDownload } from "../db/download_requests.ts";
import { type Download, getDownload } from "../db/downloads.ts";
import { PARTS } from "../db/parts.ts";
import { closeSource } from "../db/source/client.ts";
import type { User } from "../db/users.ts";
import { makeUser } from "./make.ts";
import { makeStoredRun, type StoredRun } from "./make_stored_run.ts";
import { noise } from "./noise.ts";

export const MB = 1_000_000;

/** A download of runs with 6 MB each. */
export async function bigDownload(count = 10) {
  const user = await makeUser();
  const runs = [];
  for (let n = 1; n <= count; n++) {
    runs.push(
      await makeStoredRun({
        files: { parameters: noise(2000, n), field: noise(6 * MB, n) },
      }),
    );
  }
  return { user, runs, ...await ask(user, runs) };
}

/** Asks for all parts of these runs. */
export async function ask(user: User, runs: StoredRun[]) {
  const picked = { runs: runs.map((r) => r.id) };
  const made = await createDownload(user, picked, [...PARTS]);
  if (made.kind !== "made") throw new Error(JSON.stringify(made));
  const { archive_id } = (await getDownload(user.id, made.id))!;
  return { id: made.id, archive_id };
}

/** Port of the tests' mongod. */
export function mongoPort(): number {
  return Number(new URL(Deno.env.get("TEST_MONGO_URL")!).port);
}

/** Lets this process read the source through a port. */
export async function through(port: number): Promise<void> {
  config.MONGO_URL = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  await closeSource();
}

const workers: Deno.ChildProcess[] = [];

/** What a failed test has left running would work on the next one's download. */
Deno.test.afterEach(async () => {
  for (const worker of workers.splice(0)) {
    try {
      worker.kill("SIGKILL");
    } catch {
      // Ended by its test already.
    }
    await worker.status;
  }
});

/** A worker as an operator starts it, over this file's databases. */
export function startWorker(port: number): Deno.ChildProcess {
  const worker = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-prompt", "tests/worker_process.ts"],
    env: {
      ROLE: "worker",
      DATABASE_URL: config.DATABASE_URL!,
      MONGO_URL: `mongodb://127.0.0.1:${port}/?directConnection=true`,
      MONGO_DB: config.MONGO_DB,
      ARCHIVE_DIR: config.ARCHIVE_DIR,
      SECRET_KEY: config.SECRET_KEY!,
      ADMIN_EMAILS: "admin@example.org",
      BASE_URL: config.BASE_URL,
      SYNC_MINUTES: "1440",
    },
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  workers.push(worker);
  return worker;
}

/** The download once it is as wanted. */
export async function reached(
  look: () => Promise<Download | null>,
  holds: (d: Download) => boolean,
  seconds = 30,
): Promise<Download> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const download = await look();
    if (download && holds(download)) return download;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(
    `Not reached within ${seconds} s: ${JSON.stringify(await look())}`,
  );
}

/** The zip is what the database says, and holds every file of these runs byte for byte. */
export async function expectComplete(
  { archive_id, sha256: stated }: Download,
  runs: StoredRun[],
): Promise<void> {
  const bytes = await Deno.readFile(`${config.ARCHIVE_DIR}/${archive_id}.zip`);
  expect(sha256(bytes)).toBe(stated);
  const zip = await JSZip.loadAsync(bytes);
  const lines = (await zip.file("MANIFEST.tsv")!.async("string")).split("\n")
    .map((l) => l.split("\t"));
  for (const { source_id, bytes: files } of runs) {
    for (const content of files.values()) {
      const line = lines.find(([, , sum, source]) =>
        source === source_id && sum === sha256(content)
      );
      expect(line).toBeDefined();
      expect(sha256(await zip.file(line![0]!)!.async("uint8array"))).toBe(
        sha256(content),
      );
    }
  }
}

/** Unfinished files on the volume. */
export async function partsLeft(): Promise<string[]> {
  const names = [];
  for await (const { name } of Deno.readDir(config.ARCHIVE_DIR)) {
    if (name.startsWith(".")) names.push(name);
  }
  return names;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
