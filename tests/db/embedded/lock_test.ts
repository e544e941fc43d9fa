import { expect } from "expect";
import { lockDataDir } from "../../../db/embedded/lock.ts";
import { isAlive, until, withFolder } from "./folders.ts";
import { holdServices } from "./held_services.ts";

Deno.test("a second start on the same DATA_DIR is refused in words, and let in once the first is gone", async () => {
  await withFolder(async (dataDir) => {
    const lock = await lockDataDir(dataDir);
    const second = lockDataDir(dataDir);
    await expect(second).rejects.toThrow(
      `DATA_DIR ${dataDir} is in use by process ${Deno.pid}`,
    );
    await lock.release();
    const third = await lockDataDir(dataDir);
    await third.release();
  });
});

Deno.test("killing a launcher ends its services and frees its lock", async () => {
  await withFolder(async (dataDir) => {
    const { launcher, pids } = await holdServices(dataDir);
    await expect(lockDataDir(dataDir)).rejects.toThrow(String(launcher.pid));

    launcher.kill("SIGKILL");
    await launcher.status;

    await until(
      async () => (await Promise.all(pids.map(isAlive))).every((a) => !a),
      "the end of both services",
    );
    await (await lockDataDir(dataDir)).release();
  });
});
