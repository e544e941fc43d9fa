/**
 * Writes what only ZIP64 can hold and has every reader at hand test it: an entry over 4 GiB with one behind it, whole and packed,
 * and 100,000 entries. Takes 5 GB below the folder for temporary files and about a minute.
 *
 *     deno run -A tests/bench/zip64.ts
 */
import { ZipWriter } from "../../jobs/archive/zip_writer.ts";
import { noise } from "../noise.ts";

const GIB = 2 ** 30;

/** Readers and how each is told to check an archive. */
const READERS: [string, string[]][] = [
  ["unzip", ["-tqq"]],
  ["python3", ["-m", "zipfile", "-t"]],
  ["7z", ["t", "-bso0", "-bsp0"]],
  ["bsdtar", ["-xOf"]],
];

const CASES: [string, (zip: ZipWriter) => Promise<void>][] = [
  ["an entry of 4.25 GiB, one behind it", (zip) => large(zip, false)],
  ["an entry of 4.25 GiB, packed, one behind it", (zip) => large(zip, true)],
  ["100,000 entries", many],
];

const folder = await Deno.makeTempDir();
try {
  for (const [what, fill] of CASES) await tried(what, fill);
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function tried(
  what: string,
  fill: (zip: ZipWriter) => Promise<void>,
): Promise<void> {
  const path = `${folder}/case.zip`;
  const begin = performance.now();
  const zip = ZipWriter.create(path);
  await fill(zip);
  const { size } = await zip.finish();
  const seconds = (performance.now() - begin) / 1000;
  const rss = Math.round(Deno.memoryUsage().rss / 1e6);
  console.log(`${what}: ${size} bytes, ${seconds.toFixed(1)} s, ${rss} MB`);
  for (const [program, args] of READERS) {
    console.log(`  ${program}: ${await verdict(program, [...args, path])}`);
  }
}

async function large(zip: ZipWriter, deflate: boolean): Promise<void> {
  const piece = noise(GIB / 1024);
  if (deflate) piece.fill(65);
  const size = 4.25 * GIB;
  await zip.begin("run/large.bin", { size, deflate });
  for (let at = 0; at < size; at += piece.length) await zip.write([piece]);
  await zip.end();
  await zip.add("run/behind.txt", [noise(1000)]);
}

async function many(zip: ZipWriter): Promise<void> {
  for (let n = 0; n < 100_000; n++) {
    await zip.add(`run ${n % 1000}/file ${n}.dat`, [noise(100, n)]);
  }
}

async function verdict(program: string, args: string[]): Promise<string> {
  try {
    const command = new Deno.Command(program, {
      args,
      stdout: program === "bsdtar" ? "null" : "piped",
      stderr: "piped",
    });
    const { code, stderr } = await command.output();
    return code === 0 ? "ok" : new TextDecoder().decode(stderr).trim();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "not installed";
    throw error;
  }
}
