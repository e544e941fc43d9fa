import { database, test } from "../setup.ts";
import { expect } from "expect";
import { ObjectId } from "mongodb";
import { listUnreadable } from "../../db/sync_passes.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { insertBroken } from "../db/source/insert_broken.ts";
import { imasDocument } from "../db/source/make_document.ts";
import {
  expectedDocuments,
  hasSharedDocuments,
} from "../db/source/shared_documents.ts";
import { insert, load, runs, source } from "./sync_source.ts";

test("documents that cannot be shown are named with the reason, until they are gone", async () => {
  const bare = new ObjectId();
  await source.collection<{ _id: unknown }>("LinearRuns").insertMany(
    [{ _id: bare }, { _id: "a text" }] as never,
  );
  await insert(imasDocument({ suffix: "a" }));
  await syncCatalogue({ pass: "new" });
  expect((await listUnreadable()).map((u) => [u.source_id, u.reason])).toEqual([
    [
      bare.toHexString(),
      "It has neither a folder name nor gyrokinetic content",
    ],
    ["a text", "Its _id is no ObjectId"],
  ]);
  await source.collection("LinearRuns").deleteOne({ _id: bare });
  await syncCatalogue({ pass: "new" });
  expect((await listUnreadable()).map((u) => u.source_id)).toEqual(["a text"]);
  expect((await runs()).length).toBe(1);
});

test("a run that Postgres refuses is named with the reason and takes no other with it", async () => {
  await sql`alter table runs add constraint no_bad check (case when suffix = 'bad' then 1 / (n_files * 0) = 0 else true end)`;
  await insert(
    imasDocument({ suffix: "a" }),
    imasDocument({ suffix: "bad" }),
    imasDocument({ suffix: "c" }),
  );
  await syncCatalogue({ pass: "new" });
  await sql`alter table runs drop constraint no_bad`;
  expect((await runs()).map((r) => r.suffix)).toEqual(["a", "c"]);
  expect((await listUnreadable())[0]!.reason).toBe(
    "It cannot be stored: division by zero",
  );
});

test("a document that MongoDB holds broken is named, and a run again once it is whole", async () => {
  const _id = new ObjectId();
  await insertBroken(database, "LinearRuns", _id);
  await insert(imasDocument({ suffix: "a" }));
  await syncCatalogue({ pass: "new" });
  expect((await listUnreadable()).map((u) => u.source_id)).toEqual([
    _id.toHexString(),
  ]);
  await source.collection("LinearRuns").deleteOne({ _id });
  await insert({ ...imasDocument({ suffix: "b" }), _id });
  await syncCatalogue({ pass: "full" });
  expect(await listUnreadable()).toEqual([]);
  expect((await runs()).map((r) => r.suffix)).toEqual(["a", "b"]);
});

test("a text with NUL, a lone surrogate and keys of any name does not stop the sync", async () => {
  const document = imasDocument({ suffix: "a", comments: "a\0b \ud800 c" });
  Object.assign(document.Files, {
    ["__proto__x"]: null,
    "a\u202eb": "None",
    toString: "None",
  });
  await insert(document);
  await syncCatalogue({ pass: "new" });
  expect((await runs()).length).toBe(1);
});

Deno.test({
  name:
    "every real and troubled document is a run, with the bytes and the missing files of its expected values",
  ignore: !hasSharedDocuments(),
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    for (const set of ["real", "trouble"] as const) await load(set);
    await syncCatalogue({ pass: "new" });
    expect(await listUnreadable()).toEqual([]);
    const rows = new Map((await runs()).map((r) => [r.source_id, r]));
    expect(rows.size).toBe(71);
    for (
      const want of [
        ...await expectedDocuments("real"),
        ...await expectedDocuments("trouble"),
      ]
    ) {
      const got = rows.get(want._id)!;
      // contract.md: a text of 24 hex digits that names a file is an id. In t21 it is nrg_0001 of 3,072 bytes.
      const textIds = want.files.filter((f) =>
        f.state === "string" && /^[0-9a-f]{24}$/.test(String(f.value))
      ).length;
      const n_missing = want.files.filter((f) =>
        f.state === "broken" || f.state === "dangling"
      ).length;
      const n_files = n_missing + textIds + want.files.filter((f) =>
        f.state === "ok"
      ).length;
      const bytes = (want.bytes ?? want.ok_bytes!) + textIds * 3072;
      expect([want._id, got.bytes, got.n_missing, got.n_files]).toEqual([
        want._id,
        bytes,
        n_missing,
        n_files,
      ]);
    }
    const plots = await sql<{ folder: string; n: number }[]>`
      select folder, jsonb_array_length(detail->'plots') as n from runs where 'plots' = any(has) order by folder`;
    expect(plots.map((p) => [p.folder, p.n])).toEqual([[
      "old/nonlin_kinetic_b",
      6,
    ], ["trouble/t17_bad_plots", 6]]);
  },
});
