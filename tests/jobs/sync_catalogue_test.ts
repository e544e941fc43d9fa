import { test } from "../setup.ts";
import { expect } from "expect";
import { closeSource, watchCommands } from "../../db/source/client.ts";
import { createPass, listPasses, saveProgress } from "../../db/sync_passes.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { imasDocument } from "../db/source/make_document.ts";
import { insert, runs, source } from "./sync_source.ts";

/** All within MongoDB's role `read`. */
const READ_COMMANDS = [
  "aggregate",
  "endSessions",
  "find",
  "getMore",
  "hello",
  "ismaster",
  "killCursors",
  "ping",
];

test("syncCatalogue() reads new documents and leaves known ones alone", async () => {
  await insert(imasDocument({ suffix: "a" }), imasDocument({ suffix: "b" }));
  await syncCatalogue({ pass: "new" });
  await insert(imasDocument({ suffix: "c" }));
  await syncCatalogue({ pass: "new" });
  await syncCatalogue({ pass: "full" });
  expect((await runs()).map((r) => r.suffix)).toEqual(["a", "b", "c"]);
  const passes = (await listPasses()).toReversed().map((
    p,
  ) => [p.kind, p.seen, p.added, p.changed]);
  expect(passes).toEqual([["full", 2, 2, 0], ["new", 3, 1, 0], [
    "full",
    3,
    0,
    0,
  ]]);
});

test("a full pass changes the rows whose document changed", async () => {
  const document = imasDocument({ suffix: "a" });
  await insert(document);
  await syncCatalogue({ pass: "new" });
  await source.collection("LinearRuns").updateOne({ _id: document._id }, {
    $set: { "gyrokineticsIMAS.flux_surface.q": -3.5 },
  });
  await syncCatalogue({ pass: "full" });
  expect((await runs())[0]!.q).toBe(3.5);
  expect((await listPasses())[0]!.changed).toBe(1);
});

test("a run keeps its number and stays hidden when it is uploaded again", async () => {
  const old = imasDocument({ suffix: "a" });
  await insert(old, imasDocument({ suffix: "b" }));
  await syncCatalogue({ pass: "new" });
  const [before] = await runs();
  await sql`update runs set hidden_at = now(), hidden_reason = 'wrong input' where id = ${
    before!.id
  }`;
  await source.collection("LinearRuns").deleteOne({ _id: old._id });
  await syncCatalogue({ pass: "new" });
  expect((await runs()).map((r) => r.suffix)).toEqual(["b"]);
  const again = imasDocument({ suffix: "a" });
  await insert(again);
  await syncCatalogue({ pass: "new" });
  const after = (await runs()).find((r) => r.suffix === "a")!;
  expect([after.id, after.source_id, after.hidden_reason]).toEqual([
    before!.id,
    again._id.toHexString(),
    "wrong input",
  ]);
  expect((await listPasses())[0]!.rehomed).toBe(1);
  await insert(imasDocument({ suffix: "c" }));
  await syncCatalogue({ pass: "new" });
  expect(new Set((await runs()).map((r) => r.id)).size).toBe(3);
});

test("an upload beside a hidden run, before the old document goes, is hidden too", async () => {
  await insert(imasDocument({ suffix: "a" }));
  await syncCatalogue({ pass: "new" });
  await sql`update runs set hidden_at = now(), hidden_reason = 'embargo'`;
  await insert(imasDocument({ suffix: "a" }), imasDocument({ suffix: "b" }));
  await syncCatalogue({ pass: "new" });
  const hidden = await sql<{ suffix: string; hidden_reason: string | null }[]>`
    select suffix, hidden_reason from runs order by id`;
  expect(hidden.map((r) => [r.suffix, r.hidden_reason])).toEqual([
    ["a", "embargo"],
    ["a", "embargo"],
    ["b", null],
  ]);
});

test("living documents that share a natural key are runs of their own", async () => {
  await insert(imasDocument({ suffix: "a" }), imasDocument({ suffix: "a" }));
  await syncCatalogue({ pass: "new" });
  expect((await runs()).map((r) => r.suffix)).toEqual(["a", "a"]);
});

test("a source that lists nothing takes nothing out of the catalogue", async () => {
  await insert(imasDocument({ suffix: "a" }));
  await syncCatalogue({ pass: "new" });
  await source.collection("LinearRuns").drop();
  await expect(syncCatalogue({ pass: "new" })).rejects.toThrow(
    "lists no documents",
  );
  expect((await runs()).length).toBe(1);
  expect((await listPasses())[0]!.error).toMatch("lists no documents");
});

test("two passes at once take turns and write each run once", async () => {
  await insert(
    ...Array.from(
      { length: 30 },
      (_, k) => imasDocument({ suffix: String(k) }),
    ),
  );
  await Promise.all([
    syncCatalogue({ pass: "new" }),
    syncCatalogue({ pass: "full" }),
    syncCatalogue({ pass: "new" }),
  ]);
  expect((await runs()).length).toBe(30);
  expect((await listPasses()).reduce((sum, p) => sum + p.added, 0)).toBe(30);
});

test("an interrupted full pass goes on behind its last batch", async () => {
  const documents = [
    imasDocument({ suffix: "a" }),
    imasDocument({ suffix: "b" }),
  ].sort((a, b) => String(a._id) < String(b._id) ? -1 : 1);
  await insert(...documents);
  const pass = await createPass("full");
  await saveProgress({
    ...pass,
    cursor: { collection: "LinearRuns", id: documents[0]!._id.toHexString() },
  });
  await syncCatalogue({ pass: "new" });
  expect((await runs()).map((r) => r.source_id)).toEqual([
    documents[1]!._id.toHexString(),
  ]);
  expect(
    (await listPasses()).map((p) => [p.id, p.kind, p.finished_at !== null]),
  ).toEqual([[pass.id, "full", true]]);
  await syncCatalogue({ pass: "new" });
  expect((await runs()).length).toBe(2);
});

test("a pass that was told to stop ends between batches", async () => {
  await insert(imasDocument({ suffix: "a" }));
  await expect(syncCatalogue({ pass: "new" }, { signal: AbortSignal.abort() }))
    .rejects.toThrow();
  expect((await runs()).length).toBe(0);
});

test("only commands of MongoDB's read role are sent", async () => {
  await insert(imasDocument({ suffix: "a" }));
  const sent = new Set<string>();
  const stop = await watchCommands((name) => sent.add(name));
  await syncCatalogue({ pass: "full" });
  await closeSource();
  stop();
  expect([...sent].filter((name) => !READ_COMMANDS.includes(name))).toEqual([]);
  expect(sent.has("find")).toBe(true);
});
