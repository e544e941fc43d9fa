import { test } from "../setup.ts";
import { expect } from "expect";
import JSZip from "jszip";
import { createHash } from "node:crypto";
import { config } from "../../config.ts";
import {
  cancelDownload,
  createDownload,
  retryDownload,
} from "../../db/download_requests.ts";
import { type Download, getDownload } from "../../db/downloads.ts";
import { PARTS } from "../../db/parts.ts";
import { closeSource } from "../../db/source/client.ts";
import { sql } from "../../db/sql.ts";
import type { User } from "../../db/users.ts";
import { runJobs } from "../jobs.ts";
import { makeUser } from "../make.ts";
import { makeStoredRun, type StoredRun } from "../make_stored_run.ts";
import { noise } from "../noise.ts";
import { startProxy } from "../tcp_proxy.ts";

const MB = 1_000_000;

test("a download goes on after its worker was killed, without anyone asking", async () => {
  const { user, runs, id } = await bigDownload();
  const slow = startProxy(mongoPort(), { bytesPerSecond: 30 * MB });
  const first = startWorker(slow.port);
  await reached(
    () => getDownload(user.id, id),
    (d) => d.files_done >= 4 && d.state === "running",
  );
  first.kill("SIGKILL");
  await first.status;
  slow.close();
  const begun = Date.now();
  const second = startWorker(mongoPort());
  const download = await reached(
    () => getDownload(user.id, id),
    (d) => d.state === "ready",
    35,
  );
  second.kill("SIGTERM");
  expect((await second.status).success).toBe(true);
  console.log(`killed, then ready after ${(Date.now() - begun) / 1000} s`);
  await expectComplete(download, runs);
  expect(await partsLeft()).toEqual([]);
});

test("a download waits while the source is away, says so, and goes on when it is back", async () => {
  const { user, runs, id } = await bigDownload();
  const proxy = startProxy(mongoPort(), { bytesPerSecond: 40 * MB });
  await through(proxy.port);
  const job = runJobs({ names: ["build_archive"] });
  await reached(() => getDownload(user.id, id), (d) => d.files_done >= 2);
  proxy.cut();
  const away = await reached(
    () => getDownload(user.id, id),
    (d) => d.state === "waiting",
  );
  expect(away.reason).toContain("cannot be reached");
  proxy.mend();
  await job;
  proxy.close();
  await through(mongoPort());
  const download = (await getDownload(user.id, id))!;
  expect(download).toMatchObject({ state: "ready", reason: null });
  await expectComplete(download, runs);
});

test("cancelling ends the job within a second and leaves no file", async () => {
  const { user, id } = await bigDownload();
  const proxy = startProxy(mongoPort(), { bytesPerSecond: 5 * MB });
  await through(proxy.port);
  const job = runJobs({ names: ["build_archive"] });
  await reached(() => getDownload(user.id, id), (d) => d.bytes_done > 0);
  const begun = Date.now();
  expect(await cancelDownload(id, user)).toBe(true);
  await job;
  expect(Date.now() - begun).toBeLessThan(1000);
  proxy.close();
  await through(mongoPort());
  expect(await getDownload(user.id, id)).toMatchObject({ state: "cancelled" });
  expect(await partsLeft()).toEqual([]);
});

test("a full volume ends a download in words, leaves no file, and a new try works", async () => {
  const user = await makeUser();
  const run = await makeStoredRun({ files: { field: noise(MB) } });
  const { id, archive_id } = await ask(user, [run]);
  // Whatever is written there finds no space.
  await Deno.symlink(
    "/dev/full",
    `${config.ARCHIVE_DIR}/.${archive_id}.1.part`,
  );
  await runJobs({ names: ["build_archive"] });
  const full = await getDownload(user.id, id);
  expect(full).toMatchObject({ state: "failed" });
  expect(full!.reason).toContain("volume of archives is full");
  expect(await partsLeft()).toEqual([]);
  await retryDownload(id, user);
  await runJobs({ names: ["build_archive"] });
  await expectComplete((await getDownload(user.id, id))!, [run]);
});

test("a download survives that every connection to Postgres is lost", async () => {
  const { user, runs, id } = await bigDownload();
  const slow = startProxy(mongoPort(), { bytesPerSecond: 20 * MB });
  const worker = startWorker(slow.port);
  await reached(() => getDownload(user.id, id), (d) => d.files_done >= 2);
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name in ('mgkdb-worker', 'mgkdb-queue')`;
  const download = await reached(
    () => getDownload(user.id, id),
    (d) => d.state === "ready",
  );
  worker.kill("SIGTERM");
  expect((await worker.status).success).toBe(true);
  slow.close();
  await expectComplete(download, runs);
});

test("a worker that is told to stop puts its download back, and the next one goes on", async () => {
  const { user, runs, id } = await bigDownload();
  const slow = startProxy(mongoPort(), { bytesPerSecond: 6 * MB });
  const first = startWorker(slow.port);
  await reached(() => getDownload(user.id, id), (d) => d.files_done >= 2);
  first.kill("SIGTERM");
  expect((await first.status).success).toBe(true);
  expect(await getDownload(user.id, id)).toMatchObject({ state: "queued" });
  const second = startWorker(mongoPort());
  const download = await reached(
    () => getDownload(user.id, id),
    (d) => d.state === "ready",
  );
  second.kill("SIGTERM");
  await second.status;
  slow.close();
  await expectComplete(download, runs);
});

/** Ten runs with 60 MB in all. */
async function bigDownload() {
  const user = await makeUser();
  const runs = [];
  for (let n = 1; n <= 10; n++) {
    runs.push(
      await makeStoredRun({
        files: { parameters: noise(2000, n), field: noise(6 * MB, n) },
      }),
    );
  }
  return { user, runs, ...await ask(user, runs) };
}

async function ask(user: User, runs: StoredRun[]) {
  const picked = { runs: runs.map((r) => r.id) };
  const made = await createDownload(user, picked, [...PARTS]);
  if (made.kind !== "made") throw new Error(JSON.stringify(made));
  const { archive_id } = (await getDownload(user.id, made.id))!;
  return { id: made.id, archive_id };
}

function mongoPort(): number {
  return Number(new URL(Deno.env.get("TEST_MONGO_URL")!).port);
}

async function through(port: number): Promise<void> {
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
function startWorker(port: number): Deno.ChildProcess {
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

async function reached(
  look: () => Promise<Download | null>,
  holds: (d: Download) => boolean,
  seconds = 20,
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

async function expectComplete(
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

async function partsLeft(): Promise<string[]> {
  const names = [];
  for await (const { name } of Deno.readDir(config.ARCHIVE_DIR)) {
    if (name.startsWith(".")) names.push(name);
  }
  return names;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
