import { test } from "../setup.ts";
import { expect } from "expect";
import { findFamilies } from "../../db/families/find.ts";
import { inputNumbers } from "../../db/run_inputs.ts";
import { sql } from "../../db/sql.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun, type RunValues } from "../make_run.ts";
import { PLASMA } from "../plasma.ts";

const browser = await Browser.of(await makeUser());

/** What the naive evaluation knows of a run. */
type Made = RunValues & { id: number; q: number };

const CODES = ["CGYRO", "GENE", "GX"];
const USERS = ["ada", "bo", "chen"];

/** Five cases, told apart by q, with up to three nonlinear runs and two models each. */
const runs: Made[] = [];
for (let k = 0; k < 5; k++) {
  const q = 1 + k;
  for (let n = 0; n <= k % 3; n++) {
    await make({
      kind: "nonlinear",
      q,
      code: CODES[(k + n) % 3]!,
      user: USERS[(k + 2 * n) % 3]!,
      Q_i: 10 + k + n,
      saturated: n === 0 ? "yes" : "no",
      comments: n === 1 ? "checked by hand" : "",
      has: n === 0 ? ["time_trace"] : [],
    });
  }
  for (let n = 0; n <= k % 2; n++) {
    await make({
      kind: "quasilinear",
      q,
      code: "TGLF",
      user: USERS[(k + n) % 3]!,
      Q_i: 5 + k + n,
      electromagnetic: n === 1,
    }, { SAT_RULE: String(n + 1) });
  }
}
await findFamilies();

async function make(values: RunValues, input: Record<string, string> = {}) {
  const run: RunValues = { ...PLASMA, RLTi: 6, ...values };
  const { id } = await makeRun(run);
  const [inputs] = await inputNumbers(sql, [input]);
  await sql`update runs set inputs = ${inputs!}::int[] where id = ${id}`;
  runs.push({ ...run, id, q: Number(run.q), ...input });
}

/** Searches beside what they mean, said once more in plain words. */
const FILTERS: [string, (r: Made) => boolean][] = [
  ["", () => true],
  ["code=GENE", (r) => r.code === "GENE"],
  ["code=CGYRO&code=GX", (r) => r.code === "CGYRO" || r.code === "GX"],
  ["code=TGLF", (r) => r.code === "TGLF"],
  ["kind=nonlinear", (r) => r.kind === "nonlinear"],
  ["kind=quasilinear", (r) => r.kind === "quasilinear"],
  ["user=ada", (r) => r.user === "ada"],
  ["q_min=2.5", (r) => r.q >= 2.5],
  ["q_min=2&q_max=4", (r) => r.q >= 2 && r.q <= 4],
  ["Q_i_max=6", (r) => Number(r.Q_i) <= 6],
  ["electromagnetic=yes", (r) => r.electromagnetic === true],
  ["electromagnetic=no", (r) => r.electromagnetic === false],
  ["has=time_trace", (r) => (r.has as string[] ?? []).includes("time_trace")],
  ["text=hand", (r) => String(r.comments ?? "").includes("hand")],
  ["input=SAT_RULE:2", (r) => r.SAT_RULE === "2"],
  ["q_min=10", () => false],
];

/** Pairs by hand: each nonlinear run beside each model of its q, where one of the two is wanted. */
function naive(wanted: (r: Made) => boolean): string[] {
  return runs.filter((r) => r.kind === "nonlinear").flatMap((nonlinear) =>
    runs.filter((r) => r.kind === "quasilinear" && r.q === nonlinear.q)
      .filter((model) => wanted(nonlinear) || wanted(model))
      .map((model) => `${nonlinear.id} ${model.id}`)
  ).sort();
}

/** The pairs of the CSV: its columns "nonlinear run" and "quasilinear run". */
async function pairsAt(query: string): Promise<string[]> {
  const response = await browser.get(`/explore/quasilinear.csv?${query}`);
  expect([query, response.status]).toEqual([query, 200]);
  const [heads, ...lines] = (await response.text()).trimEnd().split("\r\n")
    .map((line) => line.replaceAll(/"[^"]*"/g, "quoted").split(","));
  const [nonlinear, model] = ["nonlinear run", "quasilinear run"].map((name) =>
    heads!.indexOf(name)
  );
  return lines.map((l) => `${l[nonlinear!]} ${l[model!]}`).sort();
}

test("the map of a search holds the pairs in which it finds a run, as a naive evaluation says", async () => {
  expect(naive(() => true)).toHaveLength(1 + 4 + 3 + 2 + 2);
  for (const [query, wanted] of FILTERS) {
    expect([query, await pairsAt(query)]).toEqual([query, naive(wanted)]);
  }
});

test("the map of two filters together holds the pairs in which one run meets both", async () => {
  for (const [one, wants] of FILTERS) {
    for (const [other, wantsToo] of FILTERS) {
      const keys = [one, other].map((f) => f.split("=")[0]!.slice(0, 2));
      if (keys[0] === keys[1] || one === "" || other === "") continue;
      const both = `${one}&${other}`;
      const expected = naive((r) => wants(r) && wantsToo(r));
      expect([both, await pairsAt(both)]).toEqual([both, expected]);
    }
  }
});

test("/explore/quasilinear shows its filters as chips, keeps them in form, files and ways to the other pages", async () => {
  const page = await (await browser.get(
    "/explore/quasilinear?code=GENE&q_min=2&flux=Q_i&x=q",
  )).text();
  expect(page).toContain("Filters in force");
  expect(page).toContain('<input type="hidden" name="code" value="GENE"');
  expect(page).toContain('<input type="hidden" name="q_min" value="2"');
  expect(page).toContain(
    "/explore/quasilinear.svg?x=q&amp;flux=Q_i&amp;code=GENE&amp;q_min=2",
  );
  // A chip leads to the map without its filter.
  expect(page).toContain(
    'href="/explore/quasilinear?x=q&amp;flux=Q_i&amp;q_min=2"',
  );
  expect(page).toContain('href="/runs?code=GENE&amp;q_min=2"');
  expect(page).toContain('href="/explore/coverage?code=GENE&amp;q_min=2"');
  const scatter = await (await browser.get("/explore?code=GENE")).text();
  expect(scatter).toContain('href="/explore/quasilinear?code=GENE"');
});

test("/explore/quasilinear says that a search finds no pair, and refuses what no search knows", async () => {
  const none = await (await browser.get("/explore/quasilinear?q_min=10"))
    .text();
  expect(none).toContain("No run of this search has a counterpart");
  const refused = await browser.get("/explore/quasilinear?q_min=abc");
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain("q_min");
  const unknown = await browser.get("/explore/quasilinear?like=999999");
  expect(unknown.status).toBe(400);
});

test("a run that was taken down finds nothing and is in no pair", async () => {
  const gone = runs.find((r) => r.code === "GENE")!;
  await sql`update runs set hidden_at = now() where id = ${gone.id}`;
  const pairs = await pairsAt("code=GENE");
  expect(pairs.some((p) => p.startsWith(`${gone.id} `))).toBe(false);
  const others = naive((r) => r.code === "GENE" && r.id !== gone.id)
    .filter((p) => !p.startsWith(`${gone.id} `));
  expect(pairs).toEqual(others);
  await sql`update runs set hidden_at = null where id = ${gone.id}`;
});
