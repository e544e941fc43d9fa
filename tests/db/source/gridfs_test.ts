import { expect } from "expect";
import { Long, ObjectId } from "mongodb";
import { fileRow, listFiles } from "../../../db/source/gridfs.ts";
import { mongoTest, putFile, source } from "../../mongo.ts";
import { noise } from "../../noise.ts";

mongoTest(
  "listFiles() tells usable rows, unusable ones and none apart",
  async () => {
    const good = await putFile(noise(10), { filename: "nrg_0001", md5: true });
    const bad = new ObjectId();
    await source.collection("fs.files").insertOne({
      _id: bad,
      length: "ten",
      chunkSize: 0,
    });
    const dangling = new ObjectId().toHexString();
    const rows = await listFiles(source, [
      good.id,
      bad.toHexString(),
      dangling,
      good.id,
    ]);
    expect(rows.get(good.id)).toEqual({ ok: true, file: good });
    expect(rows.get(bad.toHexString())).toEqual({
      ok: false,
      filename: null,
      reason:
        "The file's record is unusable: length is no possible number, chunkSize is no possible number",
    });
    expect(rows.has(dangling)).toBe(false);
  },
);

mongoTest("listFiles() reads thousands of rows", async () => {
  const rows = Array.from({ length: 2500 }, () => ({
    _id: new ObjectId(),
    filename: "x",
    length: Long.fromNumber(7),
    chunkSize: 261120,
  }));
  await source.collection("fs.files").insertMany(rows);
  const ids = rows.map((row) => row._id.toHexString());
  const found = await listFiles(source, ids);
  expect(found.size).toBe(2500);
  expect(found.get(ids[0]!)).toMatchObject({ ok: true, file: { length: 7 } });
});

for (const length of [null, -1, 1.5, NaN, Infinity, "x", undefined, 2 ** 60]) {
  Deno.test(`fileRow() refuses the length ${length}`, () => {
    const row = { _id: new ObjectId(), filename: "a", length, chunkSize: 1 };
    expect(fileRow(row)).toMatchObject({ ok: false, filename: "a" });
  });
}
