import { test } from "../setup.ts";
import { expect } from "expect";
import { getCoverage, getOverview } from "../../db/coverage.ts";
import { parseQueryString } from "../../db/runs/query.ts";
import { sql } from "../../db/sql.ts";
import {
  emptiness,
  largestEmpty,
  nearestFilled,
} from "../../physics/coverage.ts";
import { Browser, makeUser } from "../make.ts";

const browser = await Browser.of(await makeUser());
/** R/L_Ti = 0 .. 19 in steps of 1 with R/L_Te = R/L_Ti below 10, and 0 .. 19 alone above: an L of data around an empty corner. */
await sql`
  insert into runs (source_id, folder_path, run_suffix, detail, row_hash, kind, collection, code, "RLTi", "RLTe", q)
  select lpad(to_hex(n), 24, '0'), '/grid', n::text, '{}', '', 'linear', 'linear', case when n % 2 = 0 then 'GENE' else 'GS2' end,
    n % 20, case when n % 20 < 10 then n / 20 else n / 20 / 4 end, case when n % 20 < 10 then 2 end
  from generate_series(0, 399) n`;
await sql`update runs set hidden_at = now() where run_suffix = '21'`;

async function text(path: string): Promise<string> {
  const response = await browser.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return await response.text();
}

const all = parseQueryString("").data!;

test("the grid counts each run in one cell, by the same rule as a loop over the runs", async () => {
  const grid = (await getCoverage({ x: "RLTi", y: "RLTe", query: all }))!;
  expect([grid.total, grid.sampled]).toEqual([399, false]);
  const counts = grid.counts.map((row) => row.map(() => 0));
  const bin = (edges: number[], v: number) =>
    edges.filter((e) => v >= e).length;
  for (let n = 0; n < 400; n++) {
    if (n === 21) continue;
    const [x, step] = [n % 20, Math.floor(n / 20)];
    const y = x < 10 ? step : Math.floor(step / 4);
    counts[bin(grid.yEdges, y)]![bin(grid.xEdges, x)]!++;
  }
  expect(grid.counts).toEqual(counts);
});

test("/explore/coverage says what is empty, where the nearest data are, and links cells to searches that find as many runs", async () => {
  const page = await text("/explore/coverage?x=RLTi&y=RLTe");
  expect(page).toMatch(/\d+ % of the \d+ cells of the box \(R\/LTi from/);
  expect(page).toContain("The largest empty part is");
  expect(page).toContain("The nearest data to its middle are at");
  const cells = [
    ...page.matchAll(/<td class="d\d"[^>]*><a href="([^"]+)">([\d,]+)<\/a>/g),
  ];
  expect(cells.length).toBeGreaterThan(50);
  for (const [, href, runs] of cells.slice(0, 4).concat(cells.slice(-4))) {
    const address = href!.replaceAll("&amp;", "&").replace(
      "/runs?",
      "/runs.json?",
    );
    const { total } = JSON.parse(await text(address));
    expect([address, total]).toEqual([address, Number(runs)]);
  }
  expect(page).toContain("d0");
  expect(page).not.toMatch(/\sstyle=|<script>/);
});

test("/explore/coverage.csv has every cell, empty ones too, and its runs add up", async () => {
  const csv = await text("/explore/coverage.csv?x=RLTi&y=RLTe&code=GS2");
  const [heads, ...lines] = csv.trimEnd().split("\r\n");
  expect(heads).toBe("RLTi_from,RLTi_below,RLTe_from,RLTe_below,runs");
  const runs = lines.map((l) => Number(l.split(",")[4]));
  // Odd numbers 1 .. 399 without the hidden 21.
  expect(runs.reduce((a, b) => a + b)).toBe(199);
  expect(runs).toContain(0);
  // Nothing lies below the first edge and above the last one at once, which are open.
  expect(lines[0]!.startsWith(",")).toBe(true);
});

test("the overview has every pair of columns with values, with the counts of the grid itself", async () => {
  const overview = await getOverview(all);
  // q has one value, the others none.
  expect(overview.map((g) => [g.x, g.y])).toEqual([["RLTi", "RLTe"]]);
  const grid = (await getCoverage({ x: "RLTi", y: "RLTe", query: all }))!;
  expect(overview[0]).toEqual(grid);
});

test("/explore/coverage refuses what it does not know, says when there is nothing, and is for members", async () => {
  for (
    const [query, word] of [
      ["x=gamma", "x"],
      ["y=code", "y"],
      ["x=q&y=q", "y"],
      ["foo=1", "foo"],
      ["q_min=abc", "q_min"],
      ["x=q&x=RLTi", "x"],
    ]
  ) {
    const refused = await browser.get(`/explore/coverage?${query}`);
    expect([query, refused.status]).toEqual([query, 400]);
    expect(await refused.text()).toContain(word);
  }
  expect(await text("/explore/coverage?x=q&y=RLTi")).toContain(
    "have no two different values",
  );
  expect(await text("/explore/coverage?code=nothing")).toContain(
    "have no two different values",
  );
  const stranger = await Browser.of(null);
  expect((await stranger.get("/explore/coverage")).status).toBe(303);
});

test("largestEmpty() finds the largest rectangle without runs, nearestFilled() the data beside it", () => {
  const counts = [
    [1, 1, 0, 0],
    [1, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  // Columns 2 and 3 over all three rows: 6 cells; columns 1 to 3 over two rows are 6, too, but found later.
  const hole = largestEmpty(counts)!;
  const size = (hole.columns[1] - hole.columns[0] + 1) *
    (hole.rows[1] - hole.rows[0] + 1);
  expect(size).toBe(6);
  expect(nearestFilled(counts, { columns: [2, 3], rows: [0, 2] })).toEqual({
    column: 1,
    row: 0,
    runs: 1,
  });
  expect(largestEmpty([[1]])).toBe(null);
  expect(nearestFilled([[0]], { columns: [0, 0], rows: [0, 0] })).toBe(null);
  expect(emptiness(counts)).toEqual({ empty: 9, all: 12 });
});
