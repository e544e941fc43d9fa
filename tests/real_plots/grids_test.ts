/** Clouds of all real runs, and grids that count them, against counts made here. */
import "../setup.ts";
import { expect } from "expect";
import { sql } from "../../db/sql.ts";
import { csvAt, isSame, realTest, runOf } from "./real_catalogue.ts";

realTest(
  "a cloud of runs has every real run at its two values",
  async ({ rows }) => {
    for (
      const [x, y] of [
        ["RLTi", "gamma"],
        ["ky", "omega"],
        ["nu_ee", "beta_e"],
        ["alpha_MHD", "Q_i"],
        ["r_over_R", "Z_eff"],
      ] as const
    ) {
      const [, ...points] = (await csvAt(
        `/explore/scatter.csv?x=${x}&y=${y}`,
      ))!;
      const wanted = Object.entries(rows).filter(([, r]) =>
        r[x] !== null && r[y] !== null
      );
      expect([x, y, points.length]).toEqual([x, y, wanted.length]);
      for (const [document, row] of wanted) {
        const own = points.find((p) => p[0] === String(runOf(document)))!;
        expect([x, isSame(own[1]!, row[x]!), y, isSame(own[2]!, row[y]!)])
          .toEqual([x, true, y, true]);
      }
    }
  },
);

realTest(
  "a grid of coverage counts each real run once, in the cell that holds it",
  async ({ rows }) => {
    const values = Object.values(rows);
    for (
      const [x, y] of [
        ["RLTi", "RLTe"],
        ["q", "nu_ee"],
        ["beta_e", "RLne"],
        ["p_prime", "r_over_R"],
      ] as const
    ) {
      const csv = await csvAt(
        `/explore/coverage.csv?x=${x}&y=${y}`,
      );
      let counted = 0;
      for (const [left, right, floor, top, runs] of csv!.slice(1)) {
        const inside = (v: number, from: string, below: string) =>
          (from === "" || v >= Number(from)) &&
          (below === "" || v < Number(below));
        const wanted = values.filter((r) =>
          r[x] !== null && r[y] !== null &&
          inside(Number(r[x]), left!, right!) &&
          inside(Number(r[y]), floor!, top!)
        ).length;
        expect([x, left, y, floor, runs]).toEqual([
          x,
          left,
          y,
          floor,
          String(wanted),
        ]);
        counted += wanted;
      }
      expect(counted).toBe(
        values.filter((r) => r[x] !== null && r[y] !== null).length,
      );
    }
  },
);

const TIMES = 400;

realTest(
  "a grid of density counts the runs of each cell, linear or logarithmic",
  async ({ rows }) => {
    await sql`
      insert into runs (source_id, folder_path, run_suffix, detail, row_hash, kind, collection, ky, gamma)
      select lpad(to_hex(n * 1000 + r.id), 24, '0'), '/copies', n || ' ' || r.id, '{}', '', 'linear', 'linear', r.ky, r.gamma
      from runs r, generate_series(1, ${TIMES}) n
      where r.source_id = any(${Object.keys(rows)}) and r.kind = 'linear'`;
    const points = Object.values(rows).filter((r) => r.kind === "linear").map(
      (r) => [Number(r.ky), Number(r.gamma)] as const,
    );
    for (const log of ["", "&xlog=1&ylog=1&gamma_min=0.01"]) {
      const kept = points.filter(([, gamma]) => log === "" || gamma >= 0.01);
      const csv = await csvAt(
        `/explore/scatter.csv?x=ky&y=gamma${log}`,
      );
      const ends = [0, 1].map((k) => Math.max(...kept.map((p) => p[k]!)));
      let counted = 0;
      for (const [x0, x1, y0, y1, runs] of csv!.slice(1)) {
        const holds = (v: number, from: string, to: string, end: number) =>
          v >= Number(from) - 1e-12 * Math.abs(v) &&
          (v < Number(to) - 1e-12 * Math.abs(v) ||
            (v === end && isSame(to, end)));
        const own = kept.filter(([ky, gamma]) =>
          holds(ky, x0!, x1!, ends[0]!) && holds(gamma, y0!, y1!, ends[1]!)
        );
        expect([log, x0, y0, runs]).toEqual([
          log,
          x0,
          y0,
          String(own.length * (TIMES + 1)),
        ]);
        counted += Number(runs);
      }
      expect(counted).toBe(kept.length * (TIMES + 1));
    }
    await sql`delete from runs where folder_path = '/copies'`;
  },
);
