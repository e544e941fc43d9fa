import { dirname } from "node:path";
import { expect } from "expect";
import { BIN_DIR, isAlive, until, withFolder } from "./folders.ts";
import { holdServices } from "./held_services.ts";

const ROOT = new URL("../../../", import.meta.url).pathname;
/** What the embedded services consist of. */
const PARTS = [
  ...["deno.json", "deno.lock", "db/embedded", "db/source/wire_message.ts"],
  "tests/db/embedded",
];

Deno.test("a project and a DATA_DIR below a folder of mode 0700 work for every user, root too", async () => {
  await withFolder(async (folder) => {
    const { mode } = await Deno.stat(folder);
    expect(mode! & 0o777).toBe(0o700);
    const root = `${folder}/site/`;
    for (const part of PARTS) {
      await Deno.mkdir(dirname(`${root}${part}`), { recursive: true });
      await run("cp", ["-R", `${ROOT}${part}`, `${root}${part}`]);
    }
    await Deno.mkdir(`${root}data`);
    await Deno.symlink(BIN_DIR, `${root}data/bin`);

    const { launcher, pids } = await holdServices(folder, root);

    expect(pids.length).toBe(2);
    launcher.kill("SIGTERM");
    await launcher.status;
    await until(
      async () => (await Promise.all(pids.map(isAlive))).every((a) => !a),
      "the end of both services",
    );
  });
});

async function run(command: string, args: string[]): Promise<void> {
  const { success } = await new Deno.Command(command, { args }).output();
  expect(success).toBe(true);
}
