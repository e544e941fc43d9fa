import { test } from "../setup.ts";
import { expect } from "expect";
import { getDownload } from "../../db/downloads.ts";
import { sql } from "../../db/sql.ts";
import {
  bigDownload,
  expectComplete,
  MB,
  mongoPort,
  partsLeft,
  reached,
  startWorker,
} from "../archive_faults.ts";
import { startProxy } from "../tcp_proxy.ts";

const KILLS = 10;
/** Starting takes some 0.7 s: a kill falls anywhere between the first look and some 60 MB. */
const SHORTEST_LIFE_MS = 700;
const LONGEST_LIFE_MS = 1800;

test("a download is whole after its worker was killed at ten random moments", async () => {
  const { user, runs, id } = await bigDownload(25);
  const slow = startProxy(mongoPort(), { bytesPerSecond: 40 * MB });
  for (let n = 0; n < KILLS; n++) {
    const worker = startWorker(slow.port);
    await pause(
      SHORTEST_LIFE_MS + Math.random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS),
    );
    worker.kill("SIGKILL");
    await worker.status;
    await unlock();
  }
  slow.close();
  const last = startWorker(mongoPort());
  const download = await reached(
    () => getDownload(user.id, id),
    (d) => d.state === "ready",
  );
  last.kill("SIGTERM");
  await last.status;
  await expectComplete(download, runs);
  expect(await partsLeft()).toEqual([]);
});

/** What the reaper does when a pool has not beaten for 15 s. */
async function unlock(): Promise<void> {
  const locks = await sql<{ locked_by: string }[]>`
    select distinct locked_by from graphile_worker.jobs where locked_by is not null`;
  await sql`select graphile_worker.force_unlock_workers(${
    locks.map((l) => l.locked_by)
  })`;
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
