import { expect } from "expect";
import { MongoClient } from "mongodb";
import { loadDemoRuns } from "../../../db/embedded/demo/load.ts";
import { demo } from "./demo_documents.ts";

const url = Deno.env.get("TEST_MONGO_URL");
if (!url) {
  throw new Error("TEST_MONGO_URL is not set: run tests with deno task test");
}

Deno.test("loading the demo fills the database once, and completes a load that was cut off", async (t) => {
  const name = `t_${crypto.randomUUID().replaceAll("-", "")}`;
  const client = await new MongoClient(url).connect();
  const db = client.db(name);
  const counts = {
    linear: demo.linear.length,
    nonlinear: demo.nonlinear.length,
    files: demo.files.length,
    bytes: demo.bytes,
  };
  const stored = async () => ({
    linear: await db.collection("LinearRuns").countDocuments(),
    nonlinear: await db.collection("NonlinRuns").countDocuments(),
    files: await db.collection("fs.files").countDocuments(),
    chunks: await db.collection("fs.chunks").countDocuments(),
  });
  const whole = {
    linear: counts.linear,
    nonlinear: counts.nonlinear,
    files: counts.files,
    chunks: demo.chunks.length,
  };
  const lines: string[] = [];
  const load = () => loadDemoRuns(url, name, (line) => lines.push(line));

  await t.step("an empty database", async () => {
    expect(await load()).toEqual(counts);
    expect(await stored()).toEqual(whole);
    expect(lines.join(" ")).toContain("analytic");
  });
  await t.step("a full one", async () => {
    lines.length = 0;
    expect(await load()).toEqual(counts);
    expect(lines).toEqual([]);
  });
  await t.step("a load that was killed half way", async () => {
    await db.collection("demo_marker").updateOne({}, {
      $set: { complete: false },
    });
    await db.collection("NonlinRuns").deleteMany({});
    await db.collection("fs.chunks").deleteMany({ n: 1 });
    expect(await load()).toEqual(counts);
    expect(await stored()).toEqual(whole);
  });
  await t.step("an older version, beside documents of others", async () => {
    await db.collection("demo_marker").updateOne({}, { $set: { version: 0 } });
    await db.collection("LinearRuns").insertOne({ note: "not of the demo" });
    await db.collection("LinearRuns").updateMany({ note: { $exists: false } }, {
      $set: { Diagnostics: "old" },
    });
    await load();
    expect(
      await db.collection("LinearRuns").countDocuments({ Diagnostics: "old" }),
    ).toBe(0);
    expect(await stored()).toEqual({ ...whole, linear: whole.linear + 1 });
  });
  await db.dropDatabase();
  await client.close();
});
