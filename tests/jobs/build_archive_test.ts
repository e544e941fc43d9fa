import { test } from "../setup.ts";
import { expect } from "expect";
import JSZip from "jszip";
import { ObjectId } from "mongodb";
import { createHash } from "node:crypto";
import { config } from "../../config.ts";
import { expireArchives, sweepArchives } from "../../db/archive_upkeep.ts";
import { startArchive } from "../../db/archives.ts";
import { createDownload } from "../../db/download_requests.ts";
import { retryDownload } from "../../db/download_retries.ts";
import { type Download, getDownload } from "../../db/downloads.ts";
import { cancelDownload } from "../../db/ended_downloads.ts";
import { PARTS } from "../../db/parts.ts";
import { sql } from "../../db/sql.ts";
import type { User } from "../../db/users.ts";
import { cleanUp } from "../../jobs/clean_up.ts";
import { insertBroken } from "../db/source/insert_broken.ts";
import { runJobs } from "../jobs.ts";
import { makeUser } from "../make.ts";
import { makeStoredRun, type StoredRun } from "../make_stored_run.ts";
import { source } from "../mongo.ts";
import { noise } from "../noise.ts";

const TEXT = new TextEncoder().encode("q0 = 1.4\nshat = 0.8\n".repeat(200));

test("build_archive writes every file of a run byte for byte and ends ready", async () => {
  const user = await makeUser();
  const run = await makeStoredRun({
    files: { parameters: TEXT, nrg: noise(700_000), omega: null },
    diagnostics: { "Flux Spectra": noise(3000, 2) },
    plots: { growth: "not a picture" },
  });
  const download = await downloadOf(user, [run]);
  const { zip, bytes } = await openZip(download);
  expect(download).toMatchObject({
    state: "ready",
    missing: 0,
    files_done: 3,
    files_total: 3,
    bytes_total: TEXT.length + 703_000,
    size: bytes.length,
    sha256: sha256(bytes),
  });
  const names = Object.keys(zip.files).map((n) =>
    n.split("/").slice(1).join("/")
  ).sort();
  expect(names).toEqual([
    "",
    // Noise is no pickle that can be read as data: said beside it.
    "diagnostics/Flux Spectra.not-decoded.txt",
    "diagnostics/Flux Spectra.pkl",
    "mgkdb_summary_for_run_0001.json",
    "nrg",
    "parameters",
  ]);
  await expectContents(zip, [run]);
});

test("build_archive names what is missing and ends partial", async () => {
  const user = await makeUser();
  const run = await makeStoredRun({
    files: {
      parameters: TEXT,
      nrg: "dangling",
      field: { short: noise(900_000) },
      vsp: null,
    },
  });
  const download = await downloadOf(user, [run]);
  expect(download).toMatchObject({ state: "partial", missing: 2 });
  expect(download.reason).toContain("2 files");
  const { zip } = await openZip(download);
  const bad = (await manifest(zip)).filter(([, , , , status]) =>
    !["ok", "not stored"].includes(status!)
  );
  expect(bad.map(([path]) => path!.split("/")[1])).toEqual(["nrg", "field"]);
  await expectContents(zip, [run]);
});

test("build_archive says of a document that cannot be decoded why its summary is absent, and goes on", async () => {
  const user = await makeUser();
  const [broken, run] = [
    await makeStoredRun(),
    await makeStoredRun({ files: { parameters: TEXT } }),
  ];
  const _id = new ObjectId(broken.source_id);
  await source.collection("LinearRuns").deleteOne({ _id });
  await insertBroken(source.databaseName, "LinearRuns", _id);
  const download = await downloadOf(user, [broken, run]);
  expect(download.state).toBe("ready");
  const { zip } = await openZip(download);
  const lines = await manifest(zip);
  const ofBroken = lines.filter(([, , , id]) => id === broken.source_id);
  expect(ofBroken).toHaveLength(1);
  expect(ofBroken[0]![4]).toMatch(/^The document of the run cannot be read: /);
  await expectContents(zip, [run]);
  const left = await Array.fromAsync(Deno.readDir(config.ARCHIVE_DIR));
  expect(left.filter(({ name }) => name.includes(download.archive_id)))
    .toHaveLength(1);
});

test("build_archive holds only the parts that were asked for", async () => {
  const user = await makeUser();
  const run = await makeStoredRun({
    files: { input_cgyro: TEXT, out_cgyro_info: noise(100) },
    diagnostics: { Grid: noise(100) },
  });
  const download = await downloadOf(user, [run], ["inputs"]);
  const { zip } = await openZip(download);
  const lines = await manifest(zip);
  expect(lines.map(([path]) => path!.split("/").pop())).toEqual([
    "input.cgyro",
  ]);
});

test("build_archive ends quietly when the download was cancelled", async () => {
  const user = await makeUser();
  const { id } = await ask(user, [
    await makeStoredRun({ files: { nrg: TEXT } }),
  ]);
  expect(await cancelDownload(id, user)).toBe(true);
  await runJobs({ names: ["build_archive"] });
  expect(await getDownload(user.id, id)).toMatchObject({
    state: "cancelled",
    size: null,
  });
  expect(await ask(user, [await makeStoredRun()])).toBeDefined();
});

test("retryDownload builds a cancelled archive anew", async () => {
  const user = await makeUser();
  const run = await makeStoredRun({ files: { nrg: TEXT } });
  const { id } = await ask(user, [run]);
  await cancelDownload(id, user);
  expect(await retryDownload(id, user)).toEqual({ kind: "made", id });
  await runJobs({ names: ["build_archive"] });
  expect(await getDownload(user.id, id)).toMatchObject({ state: "ready" });
  expect(await retryDownload(id, user)).toBeNull();
});

test("startArchive gives up after three starts in a row without progress", async () => {
  const user = await makeUser();
  const { id } = await ask(user, [await makeStoredRun()]);
  const { archive_id } = (await getDownload(user.id, id))!;
  for (let n = 0; n < 3; n++) {
    expect(await startArchive(archive_id)).toMatchObject({ attempt: n + 1 });
    await sql`update archives set beat_at = now() - interval '1 minute' where id = ${archive_id}`;
  }
  expect(await startArchive(archive_id)).toBeNull();
  const download = await getDownload(user.id, id);
  expect(download!.state).toBe("failed");
  expect(download!.reason).toContain("3 times");
});

test("clean_up deletes expired archives and stray files, and revives an archive that lost its job", async () => {
  const user = await makeUser();
  const download = await downloadOf(user, [
    await makeStoredRun({ files: { nrg: TEXT } }),
  ]);
  const path = `${config.ARCHIVE_DIR}/${download.archive_id}.zip`;
  const stray = `${config.ARCHIVE_DIR}/.${crypto.randomUUID()}.1.part`;
  await Deno.writeTextFile(stray, "left by nobody");
  await sql`update archives set expires_at = now() where id = ${download.archive_id}`;
  await cleanUp();
  expect(await getDownload(user.id, download.id)).toMatchObject({
    state: "expired",
  });
  await expect(Deno.stat(path)).rejects.toThrow(Deno.errors.NotFound);
  await expect(Deno.stat(stray)).rejects.toThrow(Deno.errors.NotFound);
  await expireArchives();

  const { id } = await ask(user, [
    await makeStoredRun({ files: { nrg: TEXT } }),
  ]);
  const { archive_id } = (await getDownload(user.id, id))!;
  await sql`select graphile_worker.remove_job(${`archive:${archive_id}`})`;
  await sql`update archives set created_at = now() - interval '5 minutes' where id = ${archive_id}`;
  expect(await sweepArchives()).toBe(1);
  await runJobs({ names: ["build_archive"] });
  expect(await getDownload(user.id, id)).toMatchObject({ state: "ready" });
});

test("send_download_end mails the owner of a download that took long", async () => {
  const user = await makeUser();
  const { id } = await ask(user, [
    await makeStoredRun({ files: { nrg: TEXT } }),
  ]);
  await sql`update downloads set created_at = now() - interval '2 minutes' where id = ${id}`;
  await runJobs({ names: ["build_archive", "send_download_end"] });
  const [mail] =
    await sql`select subject, text from dev_mails where recipient = ${user.email}`;
  expect(mail!.subject).toBe("Your MGKDB download is ready");
  expect(mail!.text).toContain(`${config.BASE_URL}/downloads/${id}\n`);
});

async function ask(user: User, runs: StoredRun[], parts = [...PARTS]) {
  const made = await createDownload(
    user,
    { runs: runs.map((r) => r.id) },
    parts,
  );
  if (made.kind !== "made") throw new Error(JSON.stringify(made));
  return made;
}

async function downloadOf(
  user: User,
  runs: StoredRun[],
  parts = [...PARTS],
): Promise<Download> {
  const { id } = await ask(user, runs, parts);
  await runJobs({ names: ["build_archive"] });
  return (await getDownload(user.id, id))!;
}

async function openZip({ archive_id }: Download) {
  const bytes = await Deno.readFile(`${config.ARCHIVE_DIR}/${archive_id}.zip`);
  return { bytes, zip: await JSZip.loadAsync(bytes) };
}

async function manifest(zip: JSZip): Promise<string[][]> {
  const text = await zip.file("MANIFEST.tsv")!.async("string");
  return text.trimEnd().split("\n").slice(1).map((line) => line.split("\t"));
}

/** Every whole file is listed with its checksum, and the entry has those bytes. */
async function expectContents(zip: JSZip, runs: StoredRun[]): Promise<void> {
  const lines = await manifest(zip);
  for (const run of runs) {
    for (const [key, bytes] of run.bytes) {
      const line = lines.find(([, , sum, source]) =>
        sum === sha256(bytes) && source === run.source_id
      );
      expect({ key, line }).toMatchObject({ key, line: expect.anything() });
      const stored = await zip.file(line![0]!)!.async("uint8array");
      expect(sha256(stored)).toBe(sha256(bytes));
    }
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
