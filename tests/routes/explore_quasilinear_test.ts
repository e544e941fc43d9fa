import { test } from "../setup.ts";
import { expect } from "expect";
import { findFamilies } from "../../db/families/find.ts";
import { sql } from "../../db/sql.ts";
import {
  agreement,
  type FluxPair,
  fluxPairs,
  type FluxRun,
} from "../../physics/flux_pairs.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun, type RunValues } from "../make_run.ts";
import { PLASMA } from "../plasma.ts";

const browser = await Browser.of(await makeUser());
const turbulence = (values: RunValues) =>
  make({ kind: "nonlinear", code: "CGYRO", saturated: "yes", ...values });
const model = (values: RunValues) =>
  make({
    kind: "quasilinear",
    code: "TGLF",
    saturated: "not applicable",
    ...values,
  });
const steep = await turbulence({ RLTi: 7, Q_i: 20, Q_e: 8 });
/** Twice the ion flux of the nonlinear run; R/L_Ti differs by less than the tolerance of twins, 0.2 %. */
const tglf = await model({ RLTi: 7.007, Q_i: 40, Q_e: 4 });
const weak = await turbulence({ RLTi: 5, Q_i: 10, Q_e: 4 });
await model({ RLTi: 5, Q_i: 5, Q_e: 4 });
/** Not saturated: drawn, but it does not count. */
const climbing = await turbulence({
  RLTi: 5,
  code: "GENE",
  Q_i: 1,
  saturated: "no",
});
/** No flux, and an inward one. */
await turbulence({ RLTi: 9, Q_i: null });
await turbulence({ RLTi: 9, code: "GENE", Q_i: -1 });
await model({ RLTi: 9, Q_i: 3 });
/** Alone: another R/L_Ti, and another gradient of the electrons. */
const alone = await turbulence({ RLTi: 7.05, Q_i: 30 });
await model({ RLTi: 7, RLTe: 8, Q_i: 30 });
await make({ kind: "linear", code: "TGLF", RLTi: 7.05, ky: 0.3, gamma: 0.1 });
await findFamilies();

async function make(values: RunValues): Promise<number> {
  return (await makeRun({ ...PLASMA, ...values })).id;
}

async function lines(query = ""): Promise<string[][]> {
  const response = await browser.get(`/explore/quasilinear.csv${query}`);
  expect([query, response.status]).toEqual([query, 200]);
  return (await response.text()).trimEnd().split("\r\n").slice(1).map((l) =>
    l.replaceAll(/"([^"]*)"/g, (_, inner) => inner.replaceAll(",", ";"))
      .split(",")
  );
}

test("/explore/quasilinear pairs runs of the same physics and gives the ratio of their fluxes", async () => {
  const rows = await lines();
  const short = rows.map((r) => [Number(r[0]), Number(r[1]), Number(r[6])]);
  // 40/20, 5/10, 5/1.
  expect(short.toSorted((a, b) => a[2]! - b[2]!)).toEqual([
    [7, 2, steep],
    [5, 0.5, weak],
    [5, 5, climbing],
  ]);
  const electrons = await lines("?flux=Q_e&x=RLTe");
  // 4/8, 4/4; the others have no electron flux.
  expect(electrons.map((r) => [Number(r[0]), Number(r[1])]).sort()).toEqual([
    [6.9, 0.5],
    [6.9, 1],
  ]);
  const cases = rows.map((r) => Number(r[9]));
  expect(new Set(cases).size).toBe(2);
  expect(rows.flat()).not.toContain(String(alone));
});

test("/explore/quasilinear says how well the model does, what was left out, and leads to both runs", async () => {
  const response = await browser.get("/explore/quasilinear");
  expect(response.status).toBe(200);
  const page = await response.text();
  // Each of two cases once: 2 and 0.5, whose median in the logarithm is 1.
  expect(page).toContain(
    "The median ratio over 2 cases (2 pairs) is 1, from 0.5 to 2: too few cases to judge the model by.",
  );
  expect(page).toContain("1 pair, since the nonlinear run stores no flux");
  expect(page).toContain(
    "1 pair, since the nonlinear flux is zero or inward",
  );
  expect(page).toContain(`/compare?run=${steep}&amp;run=${tglf}`);
  expect(page).toContain(`href="/runs/${steep}"`);
  expect(page.match(/class="cross"/g)!.length).toBe(2);
  expect(page).not.toMatch(/\sstyle=|<script>/);
});

test("/explore/quasilinear leaves hidden runs out, refuses what it does not know and is for members", async () => {
  await sql`update runs set hidden_at = now() where id = ${steep}`;
  expect((await lines()).map((r) => Number(r[6]))).not.toContain(steep);
  await sql`update runs set hidden_at = null where id = ${steep}`;
  for (const query of ["x=gamma", "x=code", "flux=G_e", "foo=1"]) {
    const refused = await browser.get(`/explore/quasilinear?${query}`);
    expect([query, refused.status]).toEqual([query, 400]);
    expect(await refused.text()).toContain(query.split("=")[0]);
  }
  const stranger = await Browser.of(null);
  expect((await stranger.get("/explore/quasilinear")).status).toBe(303);
});

test("/explore/quasilinear is an SVG and a PNG, too", async () => {
  const svg = await browser.get("/explore/quasilinear.svg");
  expect(svg.headers.get("Content-Type")).toContain("image/svg+xml");
  expect(await svg.text()).not.toMatch(/ class=| href=/);
  const png = await browser.get("/explore/quasilinear.png");
  expect([...new Uint8Array(await png.arrayBuffer()).slice(1, 4)]).toEqual(
    [0x50, 0x4e, 0x47],
  );
});

test("a later search for families forgets cases that lost a kind", async () => {
  await sql`update runs set hidden_at = now() where id = ${tglf}`;
  await findFamilies();
  const [row] = await sql<[{ n: number }]>`
    select count(*)::int as n from flux_cases where run_id in (${steep}, ${tglf})`;
  expect(row.n).toBe(0);
  await sql`update runs set hidden_at = null where id = ${tglf}`;
  await findFamilies();
  expect((await lines()).map((r) => Number(r[6]))).toContain(steep);
});

test("agreement() counts each case once, with quartiles from eight cases on", () => {
  const pair = (case_id: number, ratio: number): FluxPair => ({
    nonlinear: { case_id } as FluxRun,
    quasilinear: {} as FluxRun,
    ratio,
    settled: true,
  });
  // A case with a thousand runs is one of three: the median of 1, 2 and 8 is 2.
  const many = Array.from({ length: 1000 }, () => pair(1, 8));
  expect(agreement([...many, pair(2, 1), pair(3, 2)])!.median).toBeCloseTo(2);
  // 2^0 .. 2^8: ranks 2 and 6 of nine.
  const nine = Array.from({ length: 9 }, (_, k) => pair(k, 2 ** k));
  const found = agreement(nine)!;
  expect([found.low, found.median, found.high].map((v) => Math.round(v)))
    .toEqual([4, 16, 64]);
  expect(agreement([{ ...pair(1, 1), settled: false }])).toBe(null);
});

test("fluxPairs() takes the newest ten of each kind of a case and says how many it left out", () => {
  const run = (id: number, kind: FluxRun["kind"]): FluxRun => ({
    id,
    case_id: 1,
    kind,
    code: null,
    saturated: "yes",
    rule: null,
    Q_i: 1,
    Q_e: 1,
    x: 1,
    found: true,
  });
  const runs = [
    ...Array.from({ length: 12 }, (_, k) => run(k, "nonlinear")),
    run(100, "quasilinear"),
    run(101, "quasilinear"),
  ];
  const { pairs, skipped } = fluxPairs(runs, "Q_i");
  expect(pairs).toHaveLength(20);
  // 12 x 2 - 10 x 2.
  expect(skipped.get("a case has more pairs than are drawn")).toBe(4);
  expect(Math.min(...pairs.map((p) => p.nonlinear.id))).toBe(2);
});
