import { test } from "../setup.ts";
import { expect } from "expect";
import { getPhysics, type Near, nearestRuns } from "../../db/nearest.ts";
import { nearInMemory } from "../../db/runs/memory_near.ts";
import { sql } from "../../db/sql.ts";
import { type Compared, distance } from "../../physics/distance.ts";
import { makeRun } from "../make_run.ts";
import { until } from "../until.ts";

const TARGET: Compared = {
  q: 1.4,
  s_hat: 0.8,
  r_over_R: 0.18,
  RLTi: 6.9,
  RLTe: 6.9,
  RLne: 2.2,
  ky: 0.3,
};
/** More than are compared one by one. */
const RUNS = 6000;

test("nearestRuns() finds by cells and from memory what comparing all runs finds", async () => {
  // Around the target like a cloud: every number its own, some runs without a gradient.
  await sql`
    insert into runs (source_id, folder_path, run_suffix, kind, collection, folder, suffix, keywords, has, ky_values, detail, row_hash,
      code, q, s_hat, "r_over_R", "RLTi", "RLTe", "RLne", ky)
    select lpad(to_hex(n), 24, '0'), '/scan/' || n, '', 'linear', 'linear', 'scan/' || n, '', '{}', '{}', '{}', '{}', 'none',
      'GENE', 1.4 + sin(n), 0.8 + 2 * sin(2.1 * n), 0.18 + 0.1 * sin(3.3 * n), 6.9 + 4 * sin(4.7 * n),
      case when n % 9 > 0 then 6.9 + 4 * sin(5.9 * n) end, 2.2 + 3 * sin(6.1 * n), 0.3 + 0.25 * sin(7.3 * n)
    from generate_series(1, ${RUNS}) n`;
  await sql`analyze runs`;
  const nearest = await nearestByComparingAll(12);
  expect(await nearInMemory(TARGET, 12)).toBeNull();
  expectSame(await nearestRuns(TARGET, { limit: 12 }), nearest);
  const among = await until(() => nearInMemory(TARGET, 12), {
    what: "the physics is in memory",
  });
  expect(among!.length).toBeLessThan(RUNS / 10);
  expectSame(await nearestRuns(TARGET, { limit: 12 }), nearest);
});

test("a number near the largest that a double holds is a run like others", async () => {
  const { id } = await makeRun({ q: 1.7e308, RLTi: -1.7e308, code: "GX" });
  const near = await nearestRuns((await getPhysics(id))!, { limit: 1 });
  expect(near).toEqual([{ id, distance: 0 }]);
});

async function nearestByComparingAll(n: number): Promise<Near[]> {
  const rows = await sql<({ id: number } & Compared)[]>`select * from runs`;
  return rows.map((row) => ({ id: row.id, distance: distance(TARGET, row) }))
    .sort((a, b) => a.distance - b.distance).slice(0, n);
}

function expectSame(found: Near[], wanted: Near[]): void {
  expect(found.map((run) => run.id)).toEqual(wanted.map((run) => run.id));
  for (const [n, run] of found.entries()) {
    expect(run.distance).toBeCloseTo(wanted[n]!.distance, 9);
  }
}
