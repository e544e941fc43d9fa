import { test } from "../setup.ts";
import { expect } from "expect";
import { findFamilies } from "../../db/families/find.ts";
import { listOtherScans } from "../../db/families/other_scans.ts";
import { sql } from "../../db/sql.ts";
import { distance } from "../../physics/distance.ts";
import { Browser, makeUser } from "../make.ts";
import { makeRun, type RunValues } from "../make_run.ts";
import { PLASMA } from "../plasma.ts";

const CASE: RunValues = {
  ...PLASMA,
  code: "GENE",
  RLni: 2.2,
  omega: 0.3,
  convergence: "yes",
};
const browser = await Browser.of(await makeUser());

/** R/L_Ti from 4 to 8 with gamma = slope (R/L_Ti - 5), at each k_y; stable at 4. Numbers of the runs. */
async function makeScan(
  values: RunValues,
  slope: number,
  kys = [0.3],
): Promise<number[]> {
  const ids: number[] = [];
  for (const ky of kys) {
    for (const RLTi of [4, 6, 8]) {
      const gamma = slope * (RLTi - 5);
      const stability = gamma > 0 ? "unstable" : "stable";
      const run = { ...CASE, ky, RLTi, gamma, stability, ...values };
      ids.push((await makeRun(run)).id);
    }
  }
  return ids;
}

const own = await makeScan({}, 0.1, [0.3, 0.6]);
/** The same case in another code, whose k_y is within the tolerance of twins. */
const code = await makeScan({ code: "CGYRO" }, 0.2, [0.3003]);
const steep = await makeScan({ q: 2 }, 0.05, [0.3, 0.6]);
const elsewhere = await makeScan({ code: "GS2" }, 0.05, [0.45]);
const far = await makeScan({ q: 9, s_hat: -3 }, 0.05);
const fluxes: number[] = [];
for (const [q, Q_i] of [[1.4, 10], [2, 20]] as const) {
  for (const RLTi of [6, 8]) {
    fluxes.push(
      (await makeRun({
        ...CASE,
        kind: "nonlinear",
        q,
        RLTi,
        Q_i: Q_i * RLTi,
        omega: null,
        convergence: null,
      })).id,
    );
  }
}
await findFamilies();

async function text(path: string): Promise<string> {
  const response = await browser.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return await response.text();
}

async function rows(path: string): Promise<string[][]> {
  return (await text(path)).trimEnd().split("\r\n").slice(1).map((l) =>
    l.split(",")
  );
}

test("/scans/:id offers scans of the same parameter, the nearest first, with what differs", async () => {
  const page = await text(`/scans/${own[0]}`);
  const offered = [...page.matchAll(/name="with" value="(\d+)"/g)].map((m) =>
    Number(m[1])
  );
  expect(offered).toEqual([code[0], elsewhere[0], steep[0]]);
  expect(offered).not.toContain(far[0]);
  expect(page).toContain("the same physics");
  expect(page.replaceAll(/<[^>]+>/g, "")).toContain("|q| 2 instead of 1.4");
  const others = await listOtherScans(own[0]!, "RLTi");
  // (asinh(2/0.5) - asinh(1.4/0.5))/0.2, q being all that differs.
  expect(others.at(-1)!.distance).toBeCloseTo(
    (Math.asinh(4) - Math.asinh(2.8)) / 0.2,
    12,
  );
  expect(distance({ q: 2 }, { q: 1.4 })).toBeCloseTo(
    others.at(-1)!.distance,
    12,
  );
});

test("/scans/:id?with= lays scans over one another at a wavenumber that they share", async () => {
  const page = await text(`/scans/${own[0]}?with=${code[1]},${steep[0]}`);
  expect(page).toContain("Each scan at ky = 0.3");
  expect(page).toContain(`Scan of run ${code[0]}, CGYRO`);
  expect(page.match(/<g class="s s2">/g)!.length).toBe(2);
  expect(page).toMatch(
    new RegExp(`value="${code[0]}" checked`),
  );
  // 0.2 (8 - 5).
  expect(page).toContain("largest growth rate 0.6 at");
  expect(page).toContain(
    `/scans/${own[0]}/plots/scan.csv?varied=RLTi&amp;with=${code[0]},${
      steep[0]
    }`,
  );
  const table = await rows(
    `/scans/${own[0]}/plots/scan.csv?varied=RLTi&with=${code[0]}`,
  );
  // Two k_y of one and one k_y of the other, three values each.
  expect(table).toHaveLength(9);
  const last = table.at(-1)!;
  expect([last[0], last[1], last[3], Number(last[6]).toFixed(9)]).toEqual([
    String(code[0]),
    "CGYRO",
    "8",
    "0.600000000",
  ]);
});

test("scans that share no wavenumber are drawn by their largest growth rate", async () => {
  const page = await text(`/scans/${own[0]}?with=${elsewhere[0]}`);
  expect(page).toContain("The scans share no wavenumber");
});

test("thresholds and runs of all scans are in their CSV files", async () => {
  const query = `varied=RLTi&with=${code[0]},${steep[0]}`;
  const found = (await rows(`/scans/${own[0]}/thresholds.csv?${query}`)).filter(
    (r) => r[0]!.startsWith("scan"),
  );
  expect(found.map((r) => r[0])).toEqual([
    "scan",
    "scan",
    `scan of run ${code[0]}`,
    `scan of run ${steep[0]}`,
    `scan of run ${steep[0]}`,
  ]);
  // gamma = slope (R/L_Ti - 5): zero at 5, found between 4 and 6.
  for (const r of found) {
    expect(Number(r[3])).toBeCloseTo(5, 9);
    expect(Number(r[4])).toBe(1);
  }
  expect(found.map((r) => Number(Number(r[5]).toFixed(9)))).toEqual(
    [0.1, 0.1, 0.2, 0.05, 0.05],
  );
  expect(await text(`/scans/${own[0]}?${query}`)).toContain(
    'aria-label="Thresholds of the scans"',
  );
  expect(await rows(`/scans/${own[0]}.csv?${query}`)).toHaveLength(6 + 3 + 6);
});

test("heat fluxes of several scans are laid over one another", async () => {
  const page = await text(`/scans/${fluxes[0]}?varied=RLTi&with=${fluxes[2]}`);
  expect(page).toContain("Heat fluxes against");
  // 10 x 6 to 10 x 8, and 20 x 6 to 20 x 8.
  expect(page).toContain("goes from 60 to 80.");
  expect(page).toContain("goes from 120 to 160.");
});

test("a scan's plot is an SVG and a PNG", async () => {
  const svg = await text(`/scans/${own[0]}/plots/scan.svg?with=${code[0]}`);
  expect(svg).not.toMatch(/ class=| style=/);
  const png = await browser.get(`/scans/${own[0]}/plots/scan.png`);
  expect(png.headers.get("Content-Type")).toBe("image/png");
  expect((await png.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
});

test("with= is refused by name when it is malformed, unknown, of another kind or too long", async () => {
  for (
    const value of [
      "abc",
      "1,,2",
      "0",
      "999999",
      String(fluxes[0]),
      "1,2,3,4,5",
      "1e3",
    ]
  ) {
    const refused = await browser.get(`/scans/${own[0]}?with=${value}`);
    expect([value, refused.status]).toEqual([value, 400]);
    expect(await refused.text()).toContain("with");
  }
  // A form sends each tick by itself; the scan itself is not drawn twice.
  const page = await text(
    `/scans/${own[0]}?varied=RLTi&with=${code[0]}&with=${steep[0]}&with=${
      own[1]
    }`,
  );
  expect(page.match(/<g class="s s2">/g)!.length).toBe(2);
  expect(page).not.toContain('<g class="s s3">');
});

test("scans whose first run is hidden are compared and drawn before their families are found anew, and that is asked for", async () => {
  await sql`select graphile_worker.remove_job('find_families')`;
  const admin = await Browser.of(await makeUser({ role: "admin" }));
  for (const id of [own[0], code[0]]) {
    const path = `/admin/runs/${id}/visibility`;
    const hidden = await admin.post(path, { hidden: "yes", reason: "wrong" });
    expect(hidden.status).toBe(303);
  }
  const asked = await sql`
    select from graphile_worker.jobs where task_identifier = 'find_families'`;
  expect(asked).toHaveLength(1);
  const others = await listOtherScans(own[1]!, "RLTi");
  expect(others.map((o) => [o.id, o.differs.map((d) => d.own)])).toEqual([
    [code[1], []],
    [elsewhere[0], []],
    [steep[0], [1.4]],
  ]);
  const page = await text(`/scans/${own[1]}?with=${code[2]},${steep[2]}`);
  expect(page).toContain(`Scan of run ${code[1]}, CGYRO`);
  expect(page).toMatch(new RegExp(`value="${code[1]}" checked`));
  expect(page.match(/<g class="s s2">/g)!.length).toBe(2);
  // The scan itself, by another of its runs, is not drawn twice.
  const alone = await text(`/scans/${own[1]}?with=${own[2]}`);
  expect(alone).not.toContain("Thresholds of the scans");
  for (const id of [own[0], code[0]]) {
    await admin.post(`/admin/runs/${id}/visibility`, { hidden: "no" });
  }
});
