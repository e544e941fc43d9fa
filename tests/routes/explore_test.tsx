import { test } from "../setup.ts";
import { expect } from "expect";
import { getDensity, listPoints, MAX_POINTS } from "../../db/explore.ts";
import { parseQueryString } from "../../db/runs/query.ts";
import { sql } from "../../db/sql.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun } from "../make_run.ts";

const browser = await Browser.of(await makeUser());
const ids: number[] = [];
for (
  const values of [
    { RLTi: 4, gamma: 0.1, code: "GENE", q: 1 },
    { RLTi: 6, gamma: 0.3, code: "CGYRO", q: 2 },
    { RLTi: 40, gamma: -0.2, code: "GENE", q: 2 },
    { RLTi: null, gamma: 0.5, code: "TGLF", q: 3 },
  ]
) ids.push((await makeRun(values)).id);
const hidden = await makeRun({ RLTi: 5, gamma: 0.2 });
await sql`update runs set hidden_at = now() where id = ${hidden.id}`;

async function text(path: string): Promise<string> {
  const response = await browser.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return await response.text();
}

/** Coordinates and numbers of the drawn points. */
function places(page: string): [number, number, number][] {
  const data = /<script type="application\/json">(.*?)<\/script>/.exec(page);
  return JSON.parse(data![1]!);
}

test("/explore draws runs with both values and lists them with links", async () => {
  const page = await text("/explore?x=RLTi&y=gamma");
  expect(page).toContain("3 runs of 4 have both values");
  expect(places(page).map((p) => p[2]).sort()).toEqual(
    [ids[0], ids[1], ids[2]].sort(),
  );
  const rows = [...page.matchAll(/<th scope="row"><a href="\/runs\/(\d+)"/g)];
  expect(rows.map((m) => Number(m[1]))).toEqual([ids[1], ids[0], ids[2]]);
  expect(page).toContain("across from 4 to 40, upwards from −0.2 to 0.3");
  expect(page).not.toMatch(/\sstyle=|onclick/);
});

test("/explore places points where its axes say", async () => {
  const page = await text("/explore?x=RLTi&y=gamma");
  const at = new Map(places(page).map(([x, y, id]) => [id, { x, y }]));
  const [a, b, c] = [ids[0]!, ids[1]!, ids[2]!].map((id) => at.get(id)!);
  // Equal steps in the value are equal steps on a linear axis.
  expect((b!.x - a!.x) / (c!.x - a!.x)).toBeCloseTo(2 / 36, 2);
  expect((a!.y - c!.y) / (b!.y - c!.y)).toBeCloseTo(0.3 / 0.5, 2);
  const log = await text("/explore?x=RLTi&y=gamma&xlog=1");
  const on = new Map(places(log).map(([x, , id]) => [id, x]));
  expect(
    (on.get(ids[1]!)! - on.get(ids[0]!)!) /
      (on.get(ids[2]!)! - on.get(ids[0]!)!),
  ).toBeCloseTo(Math.log(6 / 4) / Math.log(40 / 4), 2);
});

test("/explore leaves out what a logarithm cannot show", async () => {
  const page = await text("/explore?x=RLTi&y=gamma&ylog=1");
  expect(page).toContain("2 runs of 4 can be drawn");
});

test("/explore tells colours and symbols apart in words", async () => {
  const page = await text("/explore?x=q&y=gamma&colour=code&symbol=q");
  expect(page).toMatch(/aria-label="Colours: [^"]*".*GENE.*CGYRO.*TGLF/s);
  expect(page).toMatch(/aria-label="Symbols: Safety factor"/);
  expect(page.match(/class="marker s\d" fill-opacity="0.75"/g)!.length).toBe(4);
});

test("/explore takes the filters of the search and leads back to it", async () => {
  const page = await text("/explore?x=RLTi&y=gamma&code=GENE&gamma_min=0");
  expect(page).toContain("1 run of 1 have both values");
  expect(page).toContain('name="code" value="GENE"');
  expect(page).toContain('name="gamma_min" value="0"');
  expect(page).toContain('href="/runs?code=GENE&amp;gamma_min=0"');
  expect(page).toContain("/explore?x=RLTi&amp;y=gamma&amp;gamma_min=0");
});

test("/explore refuses what it does not know, by name", async () => {
  for (
    const [query, word] of [
      ["x=code", "x"],
      ["x=nothing", "x"],
      ["colour=keywords", "colour"],
      ["xlog=yes", "xlog"],
      ["foo=1", "foo"],
      ["q_min=abc", "q_min"],
      ["x=q&x=gamma", "x"],
    ]
  ) {
    const refused = await browser.get(`/explore?${query}`);
    expect([query, refused.status]).toEqual([query, 400]);
    expect(await refused.text()).toContain(word);
  }
  // What a form leaves empty counts as absent.
  expect((await browser.get("/explore?colour=&symbol=&gamma_min=")).status)
    .toBe(200);
});

test("/explore says so where nothing can be drawn, and is for members", async () => {
  expect(await text("/explore?x=nx&y=nw")).toContain(
    "No run of this search has a value for both",
  );
  expect((await (await Browser.of(null)).get("/explore")).status).toBe(303);
});

test("/explore counts cells where there are more than 10,000 points", async () => {
  await sql`
    insert into runs (source_id, folder_path, run_suffix, detail, row_hash, kind, collection, "RLTe", omega)
    select lpad(to_hex(n), 24, '0'), '/grid', n::text, '{}', '', 'linear', 'linear', n % 60, n % 40
    from generate_series(1, ${MAX_POINTS + 2}) n`;
  const page = await text("/explore?x=RLTe&y=omega");
  expect(page).toContain("are too many for points");
  expect(page).toContain("Fullest cells");
  const view = {
    x: "RLTe",
    y: "omega",
    colour: null,
    symbol: null,
    xlog: false,
    ylog: false,
    query: parseQueryString("").data!,
  };
  expect(await listPoints(view)).toBe(null);
  const density = (await getDensity(view))!;
  expect(density.total).toBe(MAX_POINTS + 2);
  expect(density.cells.reduce((sum, c) => sum + c.runs, 0)).toBe(
    density.total,
  );
  // n mod 60 and n mod 40 meet in 120 of the 2,400 cells.
  expect(density.cells).toHaveLength(120);
  const box = /<td class="num"><a href="(\/runs\?[^"]*)"/.exec(page)![1]!;
  expect((await browser.get(box.replaceAll("&amp;", "&"))).status).toBe(200);
});

test("/explore/scatter gives the points as CSV, SVG and PNG", async () => {
  const csv = await text(
    "/explore/scatter.csv?x=RLTi&y=gamma&colour=code&code=GENE",
  );
  const [heads, ...lines] = csv.trimEnd().split("\r\n");
  expect(heads).toBe("run,RLTi,gamma (v_ref/R_0),code");
  expect(lines.map((l) => l.split(",")).toSorted()).toEqual(
    [[String(ids[0]), "4", "0.1", "GENE"], [
      String(ids[2]),
      "40",
      "-0.2",
      "GENE",
    ]]
      .toSorted(),
  );
  const svg = await browser.get(
    "/explore/scatter.svg?x=RLTi&y=gamma&colour=code",
  );
  expect(svg.headers.get("Content-Disposition")).toBe(
    'attachment; filename="mgkdb_gamma_against_RLTi.svg"',
  );
  expect(await svg.text()).not.toMatch(/ class=| style=/);
  const png = await browser.get("/explore/scatter.png?x=RLTi&y=gamma");
  expect((await png.arrayBuffer()).byteLength).toBeGreaterThan(5_000);
  // A grid has its cells: n mod 60 and n mod 40 meet in 120 of them.
  const cells = await text("/explore/scatter.csv?x=RLTe&y=omega");
  const runs = cells.trimEnd().split("\r\n").slice(1).map((l) =>
    Number(l.split(",")[4])
  );
  expect([runs.length, runs.reduce((a, b) => a + b)]).toEqual(
    [120, MAX_POINTS + 2],
  );
  expect((await browser.get("/explore/scatter.svg?x=nx&y=nw")).status).toBe(
    404,
  );
});
