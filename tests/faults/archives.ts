/**
 * `deno task test:faults`: archives while real services stop and start. Takes minutes, so it is not part of `deno task test`, where
 * the same is tried with proxies: workers killed at ten random moments, lines cut, connections lost.
 */
import { expect } from "expect";
import {
  config,
  downloads,
  faults,
  make,
  retries,
  setup,
  sql,
  withoutMongod,
  withoutPostgres,
} from "./world.ts";
import { startProxy } from "../tcp_proxy.ts";

const { bigDownload, expectComplete, MB, mongoPort, partsLeft, reached } =
  faults;
const { getDownload } = downloads;
const { test } = setup;

const AWAY_MS = 20_000;
const RATE = { bytesPerSecond: 15 * MB };

test("an archive is whole after MongoDB was stopped for 20 s in the middle", async () => {
  const { user, runs, id } = await bigDownload(20);
  const line = startProxy(mongoPort(), RATE);
  const worker = faults.startWorker(line.port);
  await begun(user.id, id);
  await withoutMongod(async () => {
    const away = await reached(
      () => getDownload(user.id, id),
      (d) => d.state === "waiting",
    );
    expect(away.reason).toContain("cannot be reached");
    await pause(AWAY_MS);
  });
  await expectReady(user.id, id, runs);
  await ended(worker);
  line.close();
});

test("an archive is whole after Postgres was restarted in the middle", async () => {
  const { user, runs, id } = await bigDownload(20);
  const line = startProxy(mongoPort(), RATE);
  const workers = supervised(line.port);
  await begun(user.id, id);
  await withoutPostgres(() => pause(3000));
  await expectReady(user.id, id, runs);
  await workers.stop();
  line.close();
});

test("two workers that believe to own one archive make one archive", async () => {
  const { user, runs, id } = await bigDownload(20);
  const line = startProxy(mongoPort(), RATE);
  const first = faults.startWorker(line.port);
  await begun(user.id, id);
  const second = faults.startWorker(line.port);
  // As if the first one's beat had been overlooked.
  await pause(1500);
  const locks = await sql<{ locked_by: string }[]>`
    select locked_by from graphile_worker.jobs where task_identifier = 'build_archive'`;
  await sql`select graphile_worker.force_unlock_workers(${
    locks.map((l) => l.locked_by)
  })`;
  const { archive_id } = await expectReady(user.id, id, runs);
  const [row] = await sql<
    [{ attempt: number }]
  >`select attempt from archives where id = ${archive_id}`;
  expect(row.attempt).toBeGreaterThan(1);
  await Promise.all([ended(first), ended(second)]);
  line.close();
});

test("a page that lost its events sees the archive as it is when it is back", async () => {
  const { user, runs, id } = await bigDownload(20);
  const line = startProxy(mongoPort(), RATE);
  const worker = faults.startWorker(line.port);
  const browser = await make.Browser.of(user);
  await begun(user.id, id);
  const first = await events(browser, id, (text) => text.includes("running"));
  expect(first).toContain("data:");
  const { files_done } = (await getDownload(user.id, id))!;
  await reached(
    () => getDownload(user.id, id),
    (d) => d.files_done > files_done + 4,
  );
  const last = await events(browser, id, (text) => text.includes("/archive"));
  expect(last.indexOf("running")).toBeLessThan(last.indexOf("/archive"));
  await expectReady(user.id, id, runs);
  await ended(worker);
  line.close();
});

Deno.test({
  name:
    "a full volume ends an archive in words and leaves no file; with room it is whole (needs root, for a volume of 64 MiB)",
  ignore: Deno.uid() !== 0,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const { user, runs, id } = await bigDownload(20);
    await mount(["-t", "tmpfs", "-o", "size=64m", "tmpfs", config.ARCHIVE_DIR]);
    try {
      const worker = faults.startWorker(mongoPort());
      const full = await reached(
        () => getDownload(user.id, id),
        (d) => d.state === "waiting",
      );
      expect(full.reason).toContain("volume of archives is full");
      expect(await partsLeft()).toEqual([]);
      await mount(["-o", "remount,size=8g", config.ARCHIVE_DIR]);
      await retries.retryDownload(id, user);
      await expectReady(user.id, id, runs);
      await ended(worker);
    } finally {
      await new Deno.Command("umount", { args: [config.ARCHIVE_DIR] }).output();
    }
  },
});

/** Resolves when a part of the archive is done. */
async function begun(user: string, id: string): Promise<void> {
  await reached(() => getDownload(user, id), (d) => d.files_done >= 6);
}

/** The archive becomes ready, every byte is right and nothing else is left on the volume. */
async function expectReady(
  user: string,
  id: string,
  runs: Parameters<typeof expectComplete>[1],
) {
  // While Postgres is away nobody knows.
  const look = () => getDownload(user, id).catch(() => null);
  const download = await reached(look, (d) => d.state === "ready", 120);
  await expectComplete(download, runs);
  expect(await partsLeft()).toEqual([]);
  return download;
}

async function ended(worker: Deno.ChildProcess): Promise<void> {
  worker.kill("SIGTERM");
  expect((await worker.status).success).toBe(true);
}

/** A worker that is started again whenever it ends, as compose does. */
function supervised(port: number): { stop(): Promise<void> } {
  let stopped = false;
  let worker = faults.startWorker(port);
  const over = (async () => {
    while (!stopped) {
      await worker.status;
      await pause(500);
      if (!stopped) worker = faults.startWorker(port);
    }
  })();
  return {
    async stop() {
      stopped = true;
      worker.kill("SIGTERM");
      await over;
    },
  };
}

/** What the events of a download say until `enough`; then the page is closed. */
async function events(
  browser: InstanceType<typeof make.Browser>,
  id: string,
  enough: (text: string) => boolean,
): Promise<string> {
  const response = await browser.get(`/downloads/events?id=${id}`);
  expect(response.status).toBe(200);
  const reader = response.body!.pipeThrough(new TextDecoderStream())
    .getReader();
  let text = "";
  while (!enough(text)) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader.cancel();
  return text;
}

async function mount(args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("mount", { args })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
