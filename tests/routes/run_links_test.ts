import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { listBackLinks, MAX_LINKED } from "../../db/runs/links.ts";
import { closeSource } from "../../db/source/client.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { imasDocument } from "../db/source/make_document.ts";
import {
  hasSharedDocuments,
  sharedDocuments,
} from "../db/source/shared_documents.ts";
import { Browser, makeUser } from "../make.ts";
import { source } from "../mongo.ts";

Object.assign(config, { MONGO_DB: source.databaseName });

const researcher = await Browser.of(await makeUser());

/** A made-up run, restarted from one document and linked to another. */
function made(
  suffix: string,
  { from, to }: { from?: { _id: unknown }; to?: { _id: unknown } } = {},
) {
  const document = imasDocument({ suffix });
  Object.assign(document.Metadata.DBtag, {
    linkedObjectID: to?._id ?? null,
    IsRestart: {
      restart: from !== undefined,
      Timestep: 100,
      InitObjectId: from?._id ?? null,
    },
  });
  return document;
}

const first = made("first");
const second = made("second", { from: first });
const third = made("third", { from: second, to: first });
const hidden = made("hidden", { from: first, to: first });
const afterHidden = made("after", { from: hidden });
const itself = made("itself");
Object.assign(itself, made("itself", { from: itself }), { _id: itself._id });
const popular = made("popular");
const many = Array.from(
  { length: MAX_LINKED + 3 },
  (_, k) => made(`many${k}`, { from: popular }),
);

await source.collection("LinearRuns").insertMany(
  [
    first,
    second,
    third,
    hidden,
    afterHidden,
    itself,
    popular,
    ...many,
  ] as never[],
);
const real = hasSharedDocuments();
if (real) {
  for (const name of ["LinearRuns", "NonlinRuns"]) {
    for (const set of ["real", "trouble"] as const) {
      const documents = await sharedDocuments(set, name);
      if (documents.length > 0) {
        await source.collection(name).insertMany(documents as never[]);
      }
    }
  }
}
await syncCatalogue({ pass: "full" });
const hiddenId = await idOf(hidden);
await sql`update runs set hidden_at = now() where id = ${hiddenId}`;

async function idOf({ _id }: { _id: unknown }): Promise<number> {
  const [row] = await sql<[{ id: number }]>`
    select id from runs where source_id = ${String(_id)}`;
  return row.id;
}

/** The line of the trust panel, without its tags but with the addresses of links. */
async function lineOf(id: number): Promise<string> {
  const page = await (await researcher.get(`/runs/${id}`)).text();
  const row = /<th scope="row">Restart and links<\/th>(.*?)<\/tr>/s.exec(page)!;
  return row[1]!.replaceAll(/<a href="([^"]*)"[^>]*>/g, "[$1] ")
    .replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ").trim();
}

test("a run's page leads to what it was restarted from and to what was restarted from it", async () => {
  const [a, b, c] = await Promise.all([first, second, third].map(idOf));
  expect(await lineOf(a!)).toBe(
    `linked 1 run was restarted from it: [/runs/${b}] run ${b} . 1 run is linked to it: [/runs/${c}] run ${c} .`,
  );
  expect(await lineOf(b!)).toBe(
    `linked Restarted from [/runs/${a}] run ${a} . 1 run was restarted from it: [/runs/${c}] run ${c} .`,
  );
  expect(await lineOf(c!)).toBe(
    `linked Restarted from [/runs/${b}] run ${b} . Linked to [/runs/${a}] run ${a} .`,
  );
});

test("a run that was taken down is in no line: neither back nor forth", async () => {
  expect(await lineOf(await idOf(first))).not.toContain(String(hiddenId));
  expect(await lineOf(await idOf(afterHidden))).toBe(
    `linked Restarted from ${hidden._id} , which is not in the catalogue.`,
  );
  const back = await listBackLinks(hiddenId);
  expect((await researcher.get(`/runs/${hiddenId}`)).status).toBe(404);
  expect(back.restarts.total).toBe(1);
});

test("a run that names itself is not restarted from itself", async () => {
  const id = await idOf(itself);
  expect((await listBackLinks(id)).restarts.total).toBe(0);
});

test("of many restarts the first are named and the others counted", async () => {
  const line = await lineOf(await idOf(popular));
  expect(line).toContain("linked 23 runs were restarted from it: [/runs/");
  expect(line).toContain("and 3 more.");
  expect(line.match(/\[\/runs\//g)).toHaveLength(MAX_LINKED);
});

test("a run without restarts and links says so", async () => {
  const alone = imasDocument({ suffix: "alone" });
  await source.collection("LinearRuns").insertOne(alone as never);
  await syncCatalogue({ pass: "full" });
  expect(await lineOf(await idOf(alone))).toContain("no run names it");
});

test("the runs that name one are found by an index", async () => {
  const id = await idOf(first);
  for (
    const [index, named] of [
      ["runs_restarted_from", sql`detail->'tags'->'restart'->>'from'`],
      ["runs_linked_to", sql`detail->'tags'->>'linked_to'`],
    ] as const
  ) {
    const plan = await sql.begin(async (tx) => {
      await tx`set local enable_seqscan = off`;
      return await tx`explain select id from runs
        where ${named} = (select source_id from runs where id = ${id}) and hidden_at is null`;
    });
    expect(JSON.stringify(plan)).toContain(index);
  }
});

Deno.test({
  name: "real documents show which document of the trouble set names them",
  ignore: !real,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const rows = await sql<{ id: number; from: string; to: string }[]>`
      select id, detail->'tags'->'restart'->>'from' as from, detail->'tags'->>'linked_to' as to from runs
      where (detail->'tags'->'restart'->>'from' in (select source_id from runs)
        or detail->'tags'->>'linked_to' in (select source_id from runs)) and suffix not in ('second', 'third', 'hidden', 'after', 'itself')
        and not starts_with(suffix, 'many')`;
    expect(rows.length).toBeGreaterThan(0);
    for (const { id, from, to } of rows) {
      for (
        const [name, words] of [[from, "restarted from"], [to, "linked to"]]
      ) {
        if (!name) continue;
        const target = await idOf({ _id: name });
        expect(await lineOf(target)).toMatch(
          new RegExp(`1 run (was|is) ${words} it: \\[/runs/${id}\\]`),
        );
        expect(await lineOf(id)).toContain(`[/runs/${target}] run ${target}`);
      }
    }
  },
});

test("ends", async () => {
  await closeSource();
});
