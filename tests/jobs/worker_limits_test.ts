import { test } from "../setup.ts";
import { expect } from "expect";
import { getDownload } from "../../db/downloads.ts";
import { setLimits } from "../../db/limits.ts";
import { sql } from "../../db/sql.ts";
import {
  bigDownload,
  expectComplete,
  MB,
  mongoPort,
  reached,
  startWorker,
} from "../archive_faults.ts";
import { makeUser } from "../make.ts";
import { startProxy } from "../tcp_proxy.ts";
import { until } from "../until.ts";

const NONE = {
  archive_max_bytes: null,
  user_quota_bytes: null,
  archive_ttl_hours: null,
};

async function running(): Promise<number> {
  const [{ n }] = await sql<[{ n: number }]>`
    select count(*)::int as n from archives where state = 'running'`;
  return n;
}

test("a worker follows the number of archives that an admin sets, and none is lost", async () => {
  const admin = await makeUser({ role: "admin" });
  const set = (worker_archives: number) =>
    setLimits({ ...NONE, worker_archives }, admin, { ip: null });
  const asked = [
    await bigDownload(3),
    await bigDownload(3),
    await bigDownload(3),
  ];
  const line = startProxy(mongoPort(), { bytesPerSecond: 0.5 * MB });
  await set(1);
  const worker = startWorker(line.port);
  await until(async () => await running() === 1, {
    what: "one is built",
    ms: 40_000,
  });
  await set(3);
  await until(async () => await running() === 3, {
    what: "three are built",
    ms: 40_000,
  });
  line.close();
  worker.kill("SIGTERM");
  await worker.status;
  const quick = startWorker(mongoPort());
  for (const { user, id, runs } of asked) {
    const download = await reached(
      () => getDownload(user.id, id),
      (d) => d.state === "ready",
      60,
    );
    await expectComplete(download, runs);
  }
  quick.kill("SIGTERM");
  expect((await quick.status).success).toBe(true);
});
