import { database, test } from "../setup.ts";
import { expect } from "expect";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { GridFSBucket, MongoClient } from "mongodb";
import { config } from "../../config.ts";
import { archivePath } from "../../db/archives.ts";
import { createDownload } from "../../db/download_requests.ts";
import { loadDemoRuns } from "../../db/embedded/demo/load.ts";
import { loadDumps } from "../../db/embedded/load_dumps.ts";
import { PARTS } from "../../db/parts.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { hasSharedDocuments } from "../db/source/shared_documents.ts";
import { runJobs } from "../jobs.ts";
import { makeUser } from "../make.ts";
import { output } from "./archive/readers.ts";

/** Reads every zip of a folder with Python's zipfile and Info-ZIP: {archive id: {name: [size, sha256]}}. */
const READ_ALL = `
import hashlib, json, pathlib, subprocess, sys, zipfile
found = {}
for path in pathlib.Path(sys.argv[1]).glob("*.zip"):
    subprocess.run(["unzip", "-tqq", path], check=True, stdout=subprocess.DEVNULL)
    with zipfile.ZipFile(path) as z:
        assert z.testzip() is None, path
        found[path.stem] = {i.filename: [i.file_size, hashlib.sha256(z.read(i)).hexdigest()] for i in z.infolist()}
json.dump(found, sys.stdout)
`;

interface Row {
  id: number;
  source_id: string;
  n_missing: number;
}

test("the zip of every demo run, and of every real one, holds every file as GridFS has it, and names what is missing", async () => {
  await loadDemoRuns(config.MONGO_URL!, database, () => {});
  if (hasSharedDocuments()) await loadReal();
  await syncCatalogue({ pass: "new" });
  const runs = await sql<Row[]>`select id, source_id, n_missing from runs`;
  expect(runs.length).toBeGreaterThan(400);
  const archives = new Map<string, Row>();
  for (const run of runs) archives.set(await request(run), run);
  await runJobs({ names: ["build_archive"] });
  const zips: Record<string, Record<string, [number, string]>> = JSON.parse(
    await output("python3", ["-c", READ_ALL, config.ARCHIVE_DIR]),
  );
  const originals = await readOriginals();
  const faults: string[] = [];
  for (const [id, run] of archives) {
    faults.push(...await compare(id, run, zips[id] ?? {}, originals));
  }
  expect(faults).toEqual([]);
});

async function loadReal(): Promise<void> {
  await loadDumps({
    folder: new URL("../../../shared/data/real", import.meta.url).pathname,
    mongoUrl: config.MONGO_URL!,
    dbName: database,
    log: () => {},
  });
}

/** Asks for one run as a user of its own, since each may have one unfinished download. -> the archive's id */
async function request(run: Row): Promise<string> {
  const made = await createDownload(await makeUser(), { runs: [run.id] }, [
    ...PARTS,
  ]);
  if (made.kind !== "made") throw new Error(JSON.stringify(made));
  const [row] = await sql<[{ archive_id: string }]>`
    select archive_id from downloads where id = ${made.id}`;
  return row.archive_id;
}

/** SHA-256 of every file that the driver's own reader finds whole, by id. */
async function readOriginals(): Promise<Map<string, string>> {
  const client = await new MongoClient(config.MONGO_URL!).connect();
  const db = client.db(database);
  const bucket = new GridFSBucket(db);
  const found = new Map<string, string>();
  for await (const file of db.collection("fs.files").find()) {
    const chunks: Uint8Array[] = [];
    try {
      for await (const chunk of bucket.openDownloadStream(file._id)) {
        chunks.push(chunk);
      }
    } catch {
      continue;
    }
    const bytes = Buffer.concat(chunks);
    if (bytes.length !== file.length) continue;
    found.set(
      String(file._id),
      createHash("sha256").update(bytes).digest("hex"),
    );
  }
  await client.close();
  return found;
}

async function compare(
  id: string,
  run: Row,
  zip: Record<string, [number, string]>,
  originals: Map<string, string>,
): Promise<string[]> {
  const where = `run ${run.id} (${run.source_id})`;
  const [archive] = await sql<
    [{ state: string; missing: number; size: number; sha256: string }]
  >`
    select state, missing, size, sha256 from archives where id = ${id}`;
  const [{ files }] = await sql<[{ files: { id: string | null }[] }]>`
    select detail -> 'files' as files from runs where id = ${run.id}`;
  const ids = files.flatMap((f) => f.id ?? []);
  const good = ids.filter((file) => originals.has(file));
  const faults: string[] = [];
  if (archive.state !== (good.length < ids.length ? "partial" : "ready")) {
    faults.push(`${where} is ${archive.state}`);
  }
  if (
    archive.missing !== ids.length - good.length ||
    archive.missing !== run.n_missing
  ) faults.push(`${where}: ${archive.missing} missing`);
  const inZip = Object.values(zip).map(([, sha]) => sha);
  for (const file of good) {
    if (!inZip.includes(originals.get(file)!)) {
      faults.push(`${where} lacks file ${file}`);
    }
  }
  const bytes = await Deno.readFile(archivePath(id));
  if (
    createHash("sha256").update(bytes).digest("hex") !== archive.sha256 ||
    bytes.length !== archive.size
  ) faults.push(`${where}: checksum or size of the zip`);
  return faults;
}
