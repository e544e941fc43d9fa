/** The CSV files of the plots of every real run, against numbers worked out from the documents by a second way (plots.py). */
import "../setup.ts";
import { expect } from "expect";
import {
  type Cell,
  type Columns,
  columnsOf,
  csvAt,
  differences,
  isSame,
  realTest,
  researcher,
  runOf,
} from "./real_catalogue.ts";

/** Particle and momentum fluxes below this share of the heat flux are what rounding left of zero: they are not shown. */
const ROUNDING = 1e-9;
const TABLES = [
  "weights",
  "fluxes",
  "flux-spectrum",
  "trace",
  "surface",
  "mode-structure",
  "nrg",
  "omega",
] as const;
const DIAGNOSTICS = [
  "diagnostic-flux-spectra",
  "diagnostic-amplitude-spectra",
  "diagnostic-field-mom-snapshots",
] as const;

for (const name of TABLES) {
  realTest(
    `the numbers of the plot ${name} are those of the documents`,
    async (worked) => {
      const faults: string[] = [];
      let compared = 0;
      for (const [document, plots] of Object.entries(worked.runs)) {
        const wanted = plots[name] as Columns | undefined;
        const csv = await csvAt(`/runs/${runOf(document)}/plots/${name}.csv`);
        if (!wanted || !csv) {
          if (wanted) faults.push(`${document}: no ${name}`);
          if (csv) faults.push(`${document}: a ${name} out of nothing`);
          continue;
        }
        compared++;
        const got = columnsOf(csv);
        const heads = Object.keys(wanted).filter((h) => isShown(h, wanted));
        expect([document, Object.keys(got).sort()]).toEqual([
          document,
          heads.sort(),
        ]);
        for (const head of heads) {
          const where = `${document} ${name} ${head}`;
          faults.push(...differences(got[head], wanted[head]!, where));
        }
      }
      expect(faults).toEqual([]);
      expect(compared).toBeGreaterThan(1);
    },
  );
}

/** Heat always; of other fluxes what is more than rounding. */
function isShown(head: string, columns: Columns): boolean {
  const flux = /^[ΓΠ]/.exec(head)?.[0];
  if (!flux) return true;
  const most = (letter: string) =>
    Math.max(
      ...Object.entries(columns).filter(([h]) => h.startsWith(letter))
        .flatMap(([, values]) => values.map((v) => Math.abs(Number(v)))),
    );
  return most(flux) > ROUNDING * most("Q");
}

for (const name of DIAGNOSTICS) {
  realTest(
    `the numbers of ${name} are those of its pickle`,
    async (worked) => {
      const faults: string[] = [];
      let compared = 0;
      for (const [document, plots] of Object.entries(worked.runs)) {
        const wanted = plots[name] as [string, string, number, number][];
        const csv = await csvAt(`/runs/${runOf(document)}/plots/${name}.csv`);
        expect([document, csv !== null]).toEqual([document, Boolean(wanted)]);
        if (csv === null) continue;
        compared++;
        const [, ...rows] = csv;
        faults.push(...unlike(rows, wanted).map((f) => `${document} ${f}`));
      }
      expect(faults.slice(0, 20)).toEqual([]);
      expect(compared).toBeGreaterThan(1);
    },
  );
}

/** Rows that differ, whatever their order. */
function unlike(
  rows: string[][],
  wanted: [string, string, number, number][],
): string[] {
  const largest = Math.max(...wanted.map((w) => Math.abs(w[3])));
  const got = Map.groupBy(rows, ([name, along]) => `${name} over ${along}`);
  const own = Map.groupBy(wanted, ([name, along]) => `${name} over ${along}`);
  const unknown = [...got.keys()].filter((key) => !own.has(key));
  return [
    ...unknown.map((key) => `${key}: unknown`),
    ...[...own].flatMap(([key, points]) => {
      const sorted = points.toSorted((a, b) => a[2] - b[2]);
      const found = got.get(key) ?? [];
      if (found.length !== sorted.length) {
        return [`${key}: ${found.length} places of ${sorted.length}`];
      }
      return sorted.flatMap(([, , x, y], k) => {
        const [, , place, value] = found[k]!;
        return isSame(place!, x) && isSame(value!, y, largest * 1e-6)
          ? []
          : [`${key}: ${place}, ${value} instead of ${x}, ${y}`];
      });
    }),
  ];
}

realTest(
  "the numbers of the plot spectrum are those of all runs of the same code and physics",
  async ({ families }) => {
    const faults: string[] = [];
    for (const [document, wanted] of Object.entries(families.spectra)) {
      const [, ...rows] =
        (await csvAt(`/runs/${runOf(document)}/plots/spectrum.csv`))!;
      faults.push(...unlikeRows(rows, wanted, document));
    }
    expect(faults).toEqual([]);
  },
);

/** Rows of numbers and words whose first cell is the run; equal wavenumbers stand in any order. */
function unlikeRows(
  rows: string[][],
  wanted: Cell[][],
  where: string,
): string[] {
  if (rows.length !== wanted.length) {
    return [`${where}: ${rows.length} rows of ${wanted.length}`];
  }
  return wanted.flatMap(([document, ...cells]) => {
    const run = String(runOf(String(document)));
    const row = rows.find(([id, mode]) =>
      id === run && mode === String(cells[0])
    );
    const same = row && cells.every((v, k) => isSame(row[k + 1]!, v));
    return same ? [] : [`${where}: ${row} instead of ${run},${cells}`];
  });
}

realTest(
  "fluxes lie over gamma/ky² of the linear runs of the same physics",
  async ({ rows, families }) => {
    for (const document of Object.keys(rows)) {
      const csv = await csvAt(
        `/runs/${runOf(document)}/plots/quasilinear.csv`,
      );
      const wanted = families.mixing_length[document];
      expect([document, csv !== null]).toEqual([document, Boolean(wanted)]);
      if (csv === null) continue;
      const lines = Object.groupBy(csv.slice(1), ([name]) => name!);
      const curves = {
        "This run (TGLF)": wanted!.flux,
        ...Object.fromEntries(
          Object.entries(wanted!.linear).map((
            [code, points],
          ) => [`γ/ky², linear ${code}`, points]),
        ),
      };
      expect(Object.keys(lines).sort()).toEqual(Object.keys(curves).sort());
      for (const [name, points] of Object.entries(curves)) {
        const got = lines[name]!;
        const peak = Math.max(...points.map((p) => p[1]));
        const column = (k: number) => got.map((row) => row[k]!);
        expect([
          ...differences(column(2), points.map((p) => p[0]), name),
          ...differences(column(3), points.map((p) => p[1]), name),
          ...differences(column(4), points.map((p) => p[1] / peak), name),
        ]).toEqual([]);
      }
    }
  },
);

/** Heads and the units that physics.md gives them; GENE's own files are in its own units, which the notes of their plots name. */
const UNITS: [RegExp, string | null][] = [
  [/^Q /, "n_e T_e v_ref ρ*²"],
  [/^Γ /, "n_e v_ref ρ*²"],
  [/^Π /, "n_e m_D v_ref² R_0 ρ*²"],
  [/^t$/, "R_0/v_ref"],
  [/^\|ky\| ρref$|^ky ρref$|^θ\/π$|^species$|^R\/R0$|^Z\/R0$/, null],
  [/^[γω]$/, "v_ref/R_0"],
  [/^(\||Re |Im )/, null],
  [/^(run|mode|state)$/, null],
];

realTest("every head names its unit", async (worked) => {
  const names = [
    "fluxes",
    "flux-spectrum",
    "trace",
    "surface",
    "mode-structure",
    "spectrum",
  ];
  for (const document of Object.keys(worked.rows)) {
    for (const name of names) {
      const csv = await csvAt(`/runs/${runOf(document)}/plots/${name}.csv`);
      for (const head of csv?.[0] ?? []) {
        const [, symbol, unit = null] = /^(.*?)(?: \((.*)\))?$/.exec(head)!;
        const [, wanted] = UNITS.find(([fits]) => fits.test(symbol!)) ??
          [null, "a known head"];
        expect([name, head, unit]).toEqual([name, head, wanted]);
      }
    }
  }
});

realTest("stored pictures are those of the document", async ({ runs }) => {
  const pictures = Object.entries(runs).flatMap(([document, { images }]) =>
    Object.entries((images ?? {}) as unknown as Record<string, string>)
      .map(([name, hex]) => ({ document, name, hex }))
  );
  expect(pictures).toHaveLength(6);
  for (const { document, name, hex } of pictures) {
    const address = `/runs/${runOf(document)}/images/${
      encodeURIComponent(name)
    }`;
    const response = await researcher.get(address);
    expect([name, response.status]).toEqual([name, 200]);
    expect(response.headers.get("Content-Type")).toBe("image/png");
    expect((await response.bytes()).toHex() === hex).toBe(true);
  }
});
