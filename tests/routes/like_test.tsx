import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { makeDemo } from "../../db/embedded/demo/make.ts";
import { writeRuns } from "../../db/catalogue.ts";
import { readSimulation } from "../../db/source/simulation.ts";
import { getPhysics, nearestRuns } from "../../db/nearest.ts";
import { sql } from "../../db/sql.ts";
import { distance } from "../../physics/distance.ts";
import type { Simulation } from "../../physics/simulation.ts";
import {
  hasSharedDocuments,
  sharedDocuments,
} from "../db/source/shared_documents.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";
import { type DeckFile, deckFiles } from "../physics/decks/deck_files.ts";
import { CGYRO_INPUT as CGYRO } from "../physics/decks/sample_input.ts";

const COLLECTIONS = ["LinearRuns", "NonlinRuns"] as const;
const user = await makeUser();
const browser = await Browser.of(user);

interface Answer {
  code: string;
  notes: string[];
  runs: { id: number; distance: number }[];
}

async function nearestTo(text: string): Promise<Answer> {
  const response = await browser.post("/runs/like.json", { input: text });
  expect(response.status).toBe(200);
  return await response.json();
}

/** Writes documents into an empty catalogue; their input files. */
async function fill(
  documents: Record<(typeof COLLECTIONS)[number], Record<string, unknown>[]>,
  grid: Parameters<typeof deckFiles>[2],
): Promise<DeckFile[]> {
  await sql`delete from runs`;
  const simulations: Simulation[] = [];
  for (const collection of COLLECTIONS) {
    for (const document of documents[collection]) {
      const { simulation } = readSimulation(document, collection);
      if (simulation) simulations.push(simulation);
    }
  }
  await writeRuns(simulations);
  await sql`analyze runs`;
  return COLLECTIONS.flatMap((c) => deckFiles(documents[c], c, grid));
}

/** The first run is the one the input belongs to, or cannot be told from it: same folder or same code, physics, grid and typed k_y. */
async function expectFirst({ name, text, row }: DeckFile): Promise<void> {
  const { code, runs } = await nearestTo(text);
  expect({ name, code }).toEqual({ name, code: row.code });
  const distances = runs.map((r) => r.distance);
  expect(distances).toEqual(
    distances.toSorted((a, b) =>
      Math.round(a * 1000) - Math.round(b * 1000) || 0
    ),
  );
  const [first] = await sql`select * from runs where id = ${runs[0]!.id}`;
  const told = ["code", "kind", "ky_input", "nx", "nky", "nz", "nv", "nw"];
  const of = (r: Record<string, unknown>) =>
    Object.fromEntries(told.map((key) => [key, r[key] ?? null]));
  expect({ name, ...of(first!) }).toEqual({ name, ...of(row) });
  for (const key of ["q", "s_hat", "RLTi", "RLTe", "beta_e", "gamma_E"]) {
    const [got, want] = [first![key], row[key] as number | null];
    if (want === null) expect(got).toBe(null);
    else {expect(Math.abs(got - want)).toBeLessThan(
        1e-2 * Math.abs(want) + 1e-9,
      );}
  }
}

test("pasting the input of a real run finds that run first, for every code and layout", async () => {
  if (!hasSharedDocuments()) return;
  const decks = await fill({
    LinearRuns: await sharedDocuments("real", "LinearRuns"),
    NonlinRuns: await sharedDocuments("real", "NonlinRuns"),
  }, {
    files: await sharedDocuments("real", "fs.files"),
    chunks: await sharedDocuments("real", "fs.chunks"),
  });
  expect(decks.length).toBe(36);
  for (const deck of decks) await expectFirst(deck);
});

test("pasting the input of a demo run finds that run first", async () => {
  const demo = makeDemo();
  const decks = await fill(
    { LinearRuns: demo.linear, NonlinRuns: demo.nonlinear },
    demo,
  );
  const ofEach = decks.filter((_, k) => k % 6 === 0);
  expect(new Set(ofEach.map((d) => d.row.code)).size).toBe(5);
  for (const deck of ofEach) await expectFirst(deck);
});

test("nearestRuns agrees with the distance worked out for every run", async () => {
  const ids = await sql<{ id: number }[]>`select id from runs order by id`;
  const physics = new Map(
    await Promise.all(
      ids.map(async ({ id }) => [id, (await getPhysics(id))!] as const),
    ),
  );
  for (const { id } of ids.filter((_, k) => k % 40 === 0)) {
    const target = physics.get(id)!;
    const near = await nearestRuns(target, { limit: 25, except: id });
    const all = [...physics].filter(([other]) => other !== id).map(([, p]) =>
      distance(target, p)
    ).sort((a, b) => a - b);
    expect(near.length).toBe(25);
    near.forEach((run, k) => {
      expect(run.distance).toBeCloseTo(
        distance(target, physics.get(run.id)!),
        9,
      );
      expect(Math.abs(run.distance - all[k]!)).toBeLessThan(2e-3);
    });
  }
});

test("/runs?like= lists the runs nearest to a run, without it, nearest first and within other filters", async () => {
  const [run] = await sql<[{ id: number; code: string }]>`
    select id, code from runs where kind = 'linear' and code = 'CGYRO' and q is not null order by id limit 1`;
  const near = await nearestRuns((await getPhysics(run.id))!, {
    except: run.id,
  });
  const all = await (await browser.get(`/runs.json?like=${run.id}`)).json();
  expect(all.runs.map((r: { id: number }) => r.id)).toEqual(
    near.map((n) => n.id),
  );
  const gene = await (await browser.get(`/runs.json?code=GENE&like=${run.id}`))
    .json();
  expect(gene.runs.length).toBeGreaterThan(0);
  expect(gene.runs.length).toBeLessThan(all.runs.length);
  const page = await (await browser.get(`/runs?like=${run.id}`)).text();
  expect(page).toContain("distance");
  expect(page).toContain(`like run ${run.id}`);
  expect(page).toContain(`/downloads/new?run=${near[0]!.id}`);
  const runPage = await (await browser.get(`/runs/${run.id}`)).text();
  expect(runPage).toContain(`/runs?like=${run.id}`);
});

test("/runs?like= refuses what is no run by name, and downloads do not take it for a query", async () => {
  for (const like of ["x", "0", "-1", "1e3", "999999999"]) {
    const response = await browser.get(`/runs?like=${like}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("like:");
  }
  const query = new URLSearchParams({ query: "like=1" });
  const refused = await browser.get(`/downloads/new?${query}`);
  expect([400, 422]).toContain(refused.status);
});

test("/runs/like draws a form, and after a plain post the nearest runs with their differences and downloads", async () => {
  await sql`delete from runs`;
  const { id } = await makeRun({
    code: "CGYRO",
    q: 2,
    s_hat: 1,
    r_over_R: 0.2,
    RLTi: 9,
    RLTe: 6,
    folder_path: "/home/person/scan/one",
  });
  const form = await (await browser.get("/runs/like")).text();
  expect(form).toContain('enctype="multipart/form-data"');
  const response = await browser.post("/runs/like", { input: CGYRO });
  expect(response.status).toBe(200);
  const page = await response.text();
  expect(page).toContain(`/runs/${id}`);
  expect(page).toContain(`/downloads/new?run=${id}`);
  expect(page).toContain("<mark>");
  expect(page).not.toContain("/home/person");
});

test("/runs/like takes a file as well as text", async () => {
  const body = new FormData();
  body.append("input", "");
  body.append("input", new File([CGYRO], "input.cgyro"));
  const response = await browser.request("/runs/like.json", {
    method: "POST",
    body,
    headers: { Origin: config.BASE_URL, "Sec-Fetch-Site": "same-origin" },
  });
  expect(response.status).toBe(200);
  expect((await response.json()).code).toBe("CGYRO");
});

test("/runs/like answers hostile input in words: 422 for what is no input, 413 for what is too large, never 500", async () => {
  for (
    const [input, status] of [
      ["", 422],
      ["hello", 422],
      ["\x00\x01\x02", 422],
      ["<script>alert(1)</script>", 422],
      ["&".repeat(60_000), 422],
      ["x".repeat(64 * 1024 + 1), 413],
      ["x".repeat(300 * 1024), 413],
      [CGYRO.replace("Q=2.0", "Q=NaN"), 200],
      [CGYRO.replace("Q=2.0", "Q=1e308"), 200],
      [CGYRO.replaceAll(/=[\d.]+$/gm, "=1e29"), 200],
      [CGYRO.replaceAll(/=[\d.]+$/gm, "=-1e-300"), 422],
    ] as const
  ) {
    for (const path of ["/runs/like", "/runs/like.json"]) {
      const response = await browser.post(path, { input });
      expect([input.slice(0, 40), response.status]).toEqual([
        input.slice(0, 40),
        status,
      ]);
      expect(await response.text()).not.toContain("<script>alert");
    }
  }
});

test("/runs/like is for approved accounts only, and keeps nothing of what was sent", async () => {
  const nobody = await Browser.of(null);
  expect((await nobody.get("/runs/like")).status).toBe(303);
  const pending = await Browser.of(await makeUser({ state: "pending" }));
  expect((await pending.post("/runs/like", { input: CGYRO })).status).toBe(403);
  const [found] = await sql`
    select count(*)::int as n from audit_log a where a::text like '%DLNTDR%'`;
  expect(found!.n).toBe(0);
});
