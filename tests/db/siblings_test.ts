import { test } from "../setup.ts";
import { expect } from "expect";
import { listSiblings } from "../../db/runs/siblings.ts";
import { makeRun, type RunValues } from "../make_run.ts";

let folders = 0;

/** Runs of one scan, the first of which is asked for. */
async function scanOf(
  values: RunValues[],
  folder: (n: number) => string = () => "",
) {
  const scan = `/scratch/p${++folders}/scan`;
  const ids = [];
  for (const [n, each] of values.entries()) {
    const folder_path = `${scan}${folder(n)}`;
    ids.push((await makeRun({ code: "GENE", ...each, folder_path })).id);
  }
  const siblings = await listSiblings(ids[0]!);
  return { ids, siblings };
}

test("siblings go along the wavenumber, with the neighbours of the run", async () => {
  const { ids, siblings } = await scanOf([
    { ky: 0.3, n_ky: 1 },
    { ky: 0.5, n_ky: 1 },
    { ky: 0.1, n_ky: 1 },
    { ky: null },
  ]);
  expect(siblings!.varied).toBe("ky");
  expect(siblings!.runs.map((r) => r.id)).toEqual([
    ids[2],
    ids[0],
    ids[1],
    ids[3],
  ]);
  expect(siblings!.previous!.id).toBe(ids[2]);
  expect(siblings!.next!.id).toBe(ids[1]);
});

test("siblings that hold many wavenumbers go along what else differs", async () => {
  const { siblings } = await scanOf([
    { ky: 0.3, n_ky: 12, RLTi: 6 },
    { ky: 0.4, n_ky: 12, RLTi: 4 },
  ]);
  expect(siblings!.varied).toBe("RLTi");
});

test("siblings are looked for one folder up when each run has its own", async () => {
  const { ids, siblings } = await scanOf(
    [{ ky: 0.1 }, { ky: 0.2 }, { ky: 0.3 }],
    (n) => `/ky_${n}`,
  );
  expect(siblings!.runs.map((r) => r.id)).toEqual(ids);
});

test("siblings one folder up leave out folders that are scans themselves", async () => {
  const { siblings } = await scanOf(
    [{ ky: 0.1 }, { ky: 0.2 }, { ky: 0.3 }],
    (n) => n === 0 ? "/alone" : "/together",
  );
  expect(siblings).toBeNull();
});

test("siblings are of the same code and kind, and the same number twice is no scan", async () => {
  const alone = await scanOf([{ ky: 0.1 }, { ky: 0.2, code: "GS2" }, {
    kind: "nonlinear",
  }]);
  expect(alone.siblings).toBeNull();
  const same = await scanOf([{ ky: 0.082916 }, { ky: 0.082916 + 1e-9 }]);
  expect(same.siblings!.varied).toBeNull();
});

test("siblings show a window around the run when there are many", async () => {
  const { ids, siblings } = await scanOf(
    Array.from({ length: 50 }, (_, n) => ({ ky: n === 0 ? 2.55 : n / 10 })),
  );
  expect(siblings!.total).toBe(50);
  expect(siblings!.runs).toHaveLength(21);
  expect(siblings!.runs[10]!.id).toBe(ids[0]);
});
