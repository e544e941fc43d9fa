import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { beginParked, sweepArchives } from "../../db/archive_upkeep.ts";
import { getDownload } from "../../db/downloads.ts";
import { cancelDownload } from "../../db/ended_downloads.ts";
import { sql } from "../../db/sql.ts";
import {
  ask,
  bigDownload,
  expectComplete,
  MB,
  mongoPort,
  partsLeft,
  reached,
  startWorker,
  through,
} from "../archive_faults.ts";
import { runJobs } from "../jobs.ts";
import { makeUser } from "../make.ts";
import { makeStoredRun } from "../make_stored_run.ts";
import { noise } from "../noise.ts";
import { startProxy } from "../tcp_proxy.ts";

test("a download goes on after its worker was killed, without anyone asking and without reading everything again", async () => {
  const { user, runs, id } = await bigDownload(20);
  const slow = startProxy(mongoPort(), { bytesPerSecond: 30 * MB });
  const first = startWorker(slow.port);
  await reached(() => getDownload(user.id, id), (d) => d.files_done >= 30);
  first.kill("SIGKILL");
  await first.status;
  slow.close();
  const counting = startProxy(mongoPort(), { bytesPerSecond: 1000 * MB });
  const second = startWorker(counting.port);
  const download = await reached(
    () => getDownload(user.id, id),
    (d) => d.state === "ready",
    60,
  );
  second.kill("SIGTERM");
  expect((await second.status).success).toBe(true);
  // 120 MB in all, and what an archive has is kept at every 64 MiB.
  expect(counting.passed()).toBeLessThan(60 * MB);
  counting.close();
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

test("a download that finds the volume full says so, leaves no file, and is begun again when there is room", async () => {
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
  expect(full).toMatchObject({ state: "waiting", bytes_done: 0 });
  expect(full!.reason).toContain("volume of archives is full");
  expect(await partsLeft()).toEqual([]);
  expect(await sweepArchives()).toBe(0);
  expect(await beginParked()).toBe(1);
  expect(await getDownload(user.id, id)).toMatchObject({
    state: "queued",
    reason: null,
  });
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
