import { test } from "../setup.ts";
import { expect } from "expect";
import { ObjectId } from "mongodb";
import { config } from "../../config.ts";
import { sql } from "../../db/sql.ts";
import { closeSource } from "../../db/source/client.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { imasDocument, imasSpecies } from "../db/source/make_document.ts";
import { Browser, makeUser } from "../make.ts";
import { putFile, source } from "../mongo.ts";
import { noise } from "../noise.ts";

Object.assign(config, { MONGO_DB: source.databaseName });

const HARM = /<script>alert|<img src=x|<svg onload|<a hx-get="\/account"/;
const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(1)</script>`;
/** A picture of one pixel. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const researcher = await Browser.of(await makeUser());
const admin = await Browser.of(await makeUser({ role: "admin" }));
const bytes = noise(600_000);
const whole = await putFile(bytes, { filename: 'out "1"; ü\r\n.dat' });
const short = await putFile(noise(600_000), { filename: "short.dat" });
await source.collection("fs.chunks").deleteOne({
  files_id: new ObjectId(short.id),
  n: 2,
});

/** Three runs of a k_y scan; the middle one has files, pictures and hostile text. */
const documents = [0.2, 0.3, 0.4].map((ky) => {
  const document = imasDocument({ suffix: `_${ky}`, comments: HOSTILE });
  const [wavevector] = document.gyrokineticsIMAS.linear.wavevector;
  wavevector!.binormal_wavevector_norm = ky;
  wavevector!.eigenmode[0]!.growth_rate_norm = ky / 2;
  return document;
});
const [first, second, third] = documents;
Object.assign(second!, {
  Files: {
    "out_0001": new ObjectId(whole.id),
    "short_0001": new ObjectId(short.id),
    "gone_0001": new ObjectId("0123456789abcdef01234567"),
    "input": "None",
  },
  Plots: { growth: PNG, html: btoa("<html>"), none: null },
});
Object.assign(second!.Metadata, {
  Publications: {
    doi: ["10.1063/1.873896", "javascript:alert(1)", HOSTILE],
  },
});
second!.gyrokineticsIMAS.species.push(
  imasSpecies(6, 6, { n: 0.01, t: 1 }),
  imasSpecies(1, 1, { n: 0.02, t: 9 }),
);
await source.collection("LinearRuns").insertMany(documents as never[]);
await syncCatalogue({ pass: "full" });

async function idOf(document: { _id: unknown } | undefined): Promise<number> {
  const [row] = await sql<[{ id: number }]>`
    select id from runs where source_id = ${String(document!._id)}`;
  return row.id;
}

async function page(document = second, browser = researcher): Promise<string> {
  const response = await browser.get(`/runs/${await idOf(document)}`);
  expect(response.status).toBe(200);
  return await response.text();
}

function textOf(html: string): string {
  return html.replaceAll(/<[^>]+>/g, "").replaceAll(/\s+/g, " ");
}

test("GET /runs/:id begins with a sentence made from the data", async () => {
  expect(textOf(await page())).toContain(
    "Linear CGYRO run, ion-scale, ion-direction mode, γ = 0.15 vref/R0 at ky ρref = 0.3",
  );
});

test("GET /runs/:id shows species with their roles, in stored order", async () => {
  const text = textOf(await page());
  expect(text).toMatch(/electrons.*main ions.*impurity.*fast ions/);
});

test("GET /runs/:id says how far the numbers can be trusted", async () => {
  const text = textOf(await page());
  expect(text).toContain("Converged");
  expect(text).toContain("drifted by 1 %");
  expect(text).toContain("2 of 3 files cannot be read");
});

test("GET /runs/:id leads to its neighbours along what they vary", async () => {
  const html = await page();
  const [before, after] = [await idOf(first), await idOf(third)];
  expect(html).toContain(`rel="prev" href="/runs/${before}"`);
  expect(html).toContain(`rel="next" href="/runs/${after}"`);
  expect(await page(first)).not.toContain('rel="prev"');
});

test("GET /runs/:id lists files with sizes, links and reasons", async () => {
  const html = await page();
  expect(html).toContain(`/files/${whole.id}"`);
  expect(html).not.toContain(`/files/${short.id}"`);
  const text = textOf(html);
  expect(text).toContain("600 kB");
  expect(text).toContain("2 of 3 chunks");
  expect(text).toContain("GridFS has no file of this id");
  expect(text).toContain("not stored");
});

test("GET /runs/:id draws hostile text as text and links only what is safe", async () => {
  const html = await page();
  expect(html).toContain("&lt;script&gt;alert(1)");
  expect(html).not.toMatch(HARM);
  expect(html).toContain('href="https://doi.org/10.1063/1.873896"');
  expect(html).not.toMatch(/href="javascript:/i);
});

test("GET /runs/:id shows the whole folder to admins only", async () => {
  expect(await page(second, admin)).toContain("/home/t/runs/scan");
  const html = await page();
  expect(html).toContain("runs/scan");
  expect(html).not.toContain("/home/t");
});

test("GET /runs/:id sends a MongoDB id to the number", async () => {
  const response = await researcher.get(`/runs/${second!._id}`);
  expect(response.status).toBe(303);
  expect(response.headers.get("Location")).toBe(`/runs/${await idOf(second)}`);
});

test("GET /runs/:id is 404 for what is unknown, hidden or no id", async () => {
  const { id } = await hidden();
  for (
    const name of [
      "999999",
      "0",
      "abc",
      "99999999999999999999",
      "0123456789abcdef01234567",
      String(id),
    ]
  ) {
    for (const path of [`/runs/${name}`, `/runs/${name}.json`]) {
      expect((await researcher.get(path)).status).toBe(404);
    }
  }
  expect((await researcher.get(`/runs/${id}/images/growth`)).status).toBe(404);
});

async function hidden(): Promise<{ id: number }> {
  const [row] = await sql<[{ id: number }]>`
    update runs set hidden_at = now() where source_id = ${
    String(third!._id)
  } returning id`;
  return row;
}

test("GET /runs/:id.json gives the document with its own keys", async () => {
  const response = await researcher.get(`/runs/${await idOf(second)}.json`);
  expect(response.headers.get("Content-Type")).toContain("application/json");
  const document = await response.json();
  expect(document._id).toBe(String(second!._id));
  expect(document.Files.out_0001).toBe(whole.id);
  expect(document.Metadata.DBtag.run_collection_name).toBe("/home/t/runs/scan");
});

test("GET /runs/:id/files/:fileId sends the bytes as an attachment with a safe name", async () => {
  const response = await researcher.get(
    `/runs/${await idOf(second)}/files/${whole.id}`,
  );
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Length")).toBe("600000");
  const disposition = response.headers.get("Content-Disposition")!;
  expect(disposition).toContain('filename="out _1__ ___.dat"');
  expect(disposition).toContain(
    "filename*=UTF-8''out%20%221%22%3B%20%C3%BC__.dat",
  );
  expect(await response.bytes()).toEqual(bytes);
});

test("GET /runs/:id/files/:fileId says what is wrong with a file that is not whole", async () => {
  const id = await idOf(second);
  for (const file of [short.id, "0123456789abcdef01234567"]) {
    const response = await researcher.get(`/runs/${id}/files/${file}`);
    expect(response.status).toBe(410);
    expect(await response.text()).toContain("does not hold this file whole");
  }
});

test("GET /runs/:id/files/:fileId knows only the run's own files", async () => {
  const other = await idOf(first);
  expect((await researcher.get(`/runs/${other}/files/${whole.id}`)).status)
    .toBe(404);
  expect((await researcher.get(`/runs/${other}/files/nonsense`)).status)
    .toBe(404);
});

test("GET /runs/:id/images/:name sends pictures, and nothing else", async () => {
  const id = await idOf(second);
  expect(await page()).toContain(`src="/runs/${id}/images/growth"`);
  const response = await researcher.get(`/runs/${id}/images/growth`);
  expect(response.headers.get("Content-Type")).toBe("image/png");
  expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
  expect((await response.bytes()).toBase64()).toBe(PNG);
  for (const name of ["html", "none", "nosuch", "__proto__"]) {
    expect((await researcher.get(`/runs/${id}/images/${name}`)).status)
      .toBe(404);
  }
});

test("a run is for approved accounts", async () => {
  const stranger = await Browser.of(null);
  const id = await idOf(second);
  for (const path of ["", ".json", `/files/${whole.id}`, "/images/growth"]) {
    expect((await stranger.get(`/runs/${id}${path}`)).status).toBe(303);
  }
});

test("a run is shown while the source is away, its document and files are not", async () => {
  const id = await idOf(second);
  await closeSource();
  const url = config.MONGO_URL;
  config.MONGO_URL = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200";
  try {
    expect((await researcher.get(`/runs/${id}`)).status).toBe(200);
    for (const path of [".json", `/files/${whole.id}`]) {
      const response = await researcher.get(`/runs/${id}${path}`);
      expect(response.status).toBe(503);
      expect(response.headers.get("Retry-After")).not.toBeNull();
    }
  } finally {
    config.MONGO_URL = url;
    await closeSource();
  }
});
