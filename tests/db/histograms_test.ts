import { test } from "../setup.ts";
import { expect } from "expect";
import { histograms } from "../../db/runs/histograms.ts";
import { parseQueryString } from "../../db/runs/query.ts";
import { sql } from "../../db/sql.ts";
import { makeRun } from "../make_run.ts";

const q = Array.from({ length: 200 }, (_, n) => 1 + (n % 40) / 10);
for (const [n, value] of q.entries()) {
  await makeRun({
    code: n % 2 ? "GENE" : "TGLF",
    q: value,
    gamma: n < 3 ? null : 10 ** (-2 + (n % 40) / 10),
    omega: n === 5 ? 1e9 : (n % 21) - 10,
    s_hat: 1,
  });
}

function sharesOf(edges: number[], values: number[]): number[] {
  const bins = new Array<number>(edges.length + 1).fill(0);
  for (const v of values) bins[edges.filter((e) => e <= v).length]!++;
  return bins.map((n) => n / values.length);
}

function search(text: string, total: number) {
  return histograms(
    parseQueryString(text).data!,
    ["q", "gamma", "omega", "s_hat", "kappa"].map((key) => ({
      key,
      cs_a: false,
    })),
    total,
  );
}

test("histograms share out the runs as a count by hand does", async () => {
  const found = await search("code=GENE&q_max=2.5", 80);
  const { edges, all, selected, sample } = found.get("q")!;
  expect(sample).toBeNull();
  expect(all).toEqual(sharesOf(edges, q));
  const wanted = q.filter((v, n) => n % 2 === 1 && v <= 2.5);
  expect(selected).toEqual(sharesOf(edges, wanted));
});

test("histograms are logarithmic over decades, and not squeezed by one wrong value", async () => {
  const found = await search("", 200);
  expect(found.get("gamma")!.edges).toContain(0.1);
  expect(found.get("gamma")!.edges).toContain(10);
  const omega = found.get("omega")!.edges;
  expect(omega).toContain(0);
  expect(omega.at(-1)).toBeLessThanOrEqual(10);
});

test("histograms leave out columns of one value or none", async () => {
  const found = await search("", 200);
  expect([...found.keys()]).toEqual(["q", "gamma", "omega"]);
});

test("histograms of a search without a value are empty, not wrong", async () => {
  const found = await search("code=CGYRO", 0);
  expect(new Set(found.get("q")!.selected)).toEqual(new Set([0]));
});

test("histograms of a large search come from a sample and say of how many", async () => {
  await sql`
    insert into runs (source_id, folder_path, run_suffix, detail, row_hash, kind, collection, code, q)
    select lpad(to_hex(n), 24, '0'), '/f', n::text, '{}', '', 'linear', 'linear', 'GX', 1 + n % 3 from generate_series(1, 12000) n`;
  const found = await search("code=GX", 12_000);
  const { edges, selected, sample } = found.get("q")!;
  expect(sample).toBeGreaterThan(1000);
  expect(sample).toBeLessThan(12_000);
  const third = selected[edges.filter((e) => e <= 2).length]!;
  expect(Math.abs(third - 1 / 3)).toBeLessThan(0.03);
});

test("histograms in c_s and a are of the converted values of runs whose a/R0 is known", async () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8];
  for (const RLTe of values) {
    await makeRun({ code: "GS2", RLTe, a_over_R: 0.25 });
    await makeRun({ code: "GS2", RLTe, a_over_R: null });
  }
  const quantities = [{ key: "RLTe", cs_a: true }];
  const filter = parseQueryString("code=GS2").data!;
  const found = await histograms(filter, quantities, 16);
  const { edges, selected } = found.get("RLTe")!;
  expect(selected).toEqual(sharesOf(edges, values.map((v) => v / 4)));
});
