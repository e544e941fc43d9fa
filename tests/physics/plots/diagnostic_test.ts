import { expect } from "expect";
import { diagnosticPlot } from "../../../components/plots/diagnostic.ts";
import { standaloneSvg } from "../../../components/plots/standalone.tsx";
import { profilesOf } from "../../../physics/plots/diagnostic.ts";
import type {
  DiagnosticArray,
  DiagnosticValue,
} from "../../../physics/plots/diagnostic_value.ts";

function array(shape: number[], ...numbers: number[]): DiagnosticArray {
  return { shape, real: Float64Array.from(numbers), imaginary: null };
}

function line(...numbers: number[]): DiagnosticArray {
  return array([numbers.length], ...numbers);
}

function plotOf(entries: [string, DiagnosticValue][]) {
  const found = profilesOf(new Map(entries));
  return diagnosticPlot({ key: "Test", name: "diagnostic-test", found });
}

const FLUXES: [string, DiagnosticValue][] = [
  ["Description", "words"],
  ["kygrid", line(0, 0.2, 0.1)],
  ["time", [0, 10, 20]],
  [
    "ion",
    new Map([
      [
        "Qes",
        new Map([["ky", [line(9, 9, 9), line(1, 2, 3), line(3, 4, 5)]]]),
      ],
      ["Qem", new Map([["ky", [line(0, 0, 0), line(0, 0, 0), line(0, 0, 0)]]])],
    ]),
  ],
];

Deno.test("profilesOf() averages records over the last half of the times, along their ascending grid", () => {
  const { profiles, left, averaged } = profilesOf(new Map(FLUXES));
  // Times 10 and 20: (1 + 3)/2, (3 + 5)/2, (2 + 4)/2 at 0, 0.1, 0.2.
  expect(profiles[0]).toEqual({
    path: ["ion", "Qes"],
    along: "ky",
    points: [{ x: 0, y: 2 }, { x: 0.1, y: 4 }, { x: 0.2, y: 3 }],
    by: "mean over time",
  });
  expect(averaged).toEqual({ from: 10, to: 20, n: 2 });
  expect(left).toEqual([]);
});

Deno.test("profilesOf() takes the root mean square of a complex array over its other grids", () => {
  const value: DiagnosticArray = {
    shape: [1, 1, 2],
    real: Float64Array.from([3, 0]),
    imaginary: Float64Array.from([4, 2]),
  };
  const { profiles } = profilesOf(
    new Map<string, DiagnosticValue>([
      ["kxgrid", line(0)],
      ["kygrid", line(0.3)],
      ["zgrid", line(-1, 1)],
      ["field_mom_final", new Map([["phi", value]])],
    ]),
  );
  // |3 + 4i| = 5 and |2i| = 2 along z; grids of one place are no profiles.
  expect(profiles).toEqual([{
    path: ["field_mom_final", "phi"],
    along: "z",
    points: [{ x: -1, y: 5 }, { x: 1, y: 2 }],
    by: "rms over the others",
  }]);
});

Deno.test("profilesOf() takes no grid for a quantity, though its length be that of another", () => {
  const { profiles } = profilesOf(
    new Map([
      ["kygrid", line(0.1, 0.2)],
      ["zgrid_sparse", line(-1, 1)],
      ["phi", line(3, 4)],
    ]),
  );
  expect(profiles.map((p) => p.path)).toEqual([["phi"]]);
});

Deno.test("profilesOf() says of everything else why it is no profile", () => {
  const reason = (value: DiagnosticValue) =>
    profilesOf(new Map([["kygrid", line(1, 2)], ["Qes", value]])).left[0]
      ?.reason;
  expect(reason(line(1, 2, 3))).toBe("no grid is stored that it runs along");
  expect(reason(array([2, 2], 1, 2, 3, 4))).toBe(
    "no grid is stored that it runs along",
  );
  expect(reason([array([2, 2], 1, 2, 3, 4)])).toBe(
    "snapshots over grids that are not stored with them",
  );
  expect(reason([line(1)])).toBe("no grid is stored that it runs along");
  expect(profilesOf(line(1, 2)).left).toHaveLength(1);
  const odd = new Map<string, DiagnosticValue>([
    ["kygrid", line(1, 2)],
    ["ion", new Map([["ky", [line(1, 2, 3)]]])],
  ]);
  expect(profilesOf(odd).left[0]!.reason).toBe(
    "its length is not that of its grid",
  );
});

/** Two times of [kx][ky][2 places of z]; kx = 0, 1, -1 in stored order, ky = 0, 0.5. */
const SNAPSHOTS: [string, DiagnosticValue][] = [
  ["time", [5, 10]],
  ["kxgrid", line(0, 1, -1)],
  ["kygrid", line(0, 0.5)],
  ["zgrid", line(-1, 0, 1)],
  ["zgrid_sparse", [-1, 0]],
  ["phi", [
    array([3, 2, 2], ...new Array(12).fill(1)),
    {
      shape: [3, 2, 2],
      real: Float64Array.from([1, 1, 3, 5, 2, 2, 1, 1, 0, 0, 2, 0]),
      imaginary: Float64Array.from([0, 0, 4, 0, 0, 0, 1, 1, 0, 0, 0, 2]),
    },
  ]],
];

Deno.test("profilesOf() sums the squares of snapshots over kx and over both signs of ky, averaged over z and time", () => {
  const { profiles, maps, left, averaged } = profilesOf(
    new Map(
      SNAPSHOTS.toSpliced(0, 1, ["time", [5, 10, 15]]).toSpliced(5, 1, [
        "phi",
        [5, 10, 15].map(() => (SNAPSHOTS[5]![1] as DiagnosticArray[])[1]!),
      ]),
    ),
  );
  // Squares averaged over the two places of z:
  // kx =  0: ky = 0: (1 + 1)/2 = 1;  ky = 0.5: (25 + 25)/2 = 25
  // kx =  1: ky = 0: (4 + 4)/2 = 4;  ky = 0.5: (2 + 2)/2 = 2
  // kx = -1: ky = 0: 0;              ky = 0.5: (4 + 4)/2 = 4
  const by = "sum of squares over the others";
  expect(profiles).toEqual([
    {
      path: ["phi"],
      along: "ky",
      points: [{ x: 0, y: 1 + 4 + 0 }, { x: 0.5, y: 25 + 2 + 4 }],
      by,
    },
    {
      path: ["phi"],
      along: "kx",
      points: [
        { x: -1, y: 0 + 2 * 4 },
        { x: 0, y: 1 + 2 * 25 },
        { x: 1, y: 4 + 2 * 2 },
      ],
      by,
    },
  ]);
  expect(maps).toEqual([{
    path: ["phi"],
    kx: [-1, 0, 1],
    ky: [0, 0.5],
    values: [[0, 4], [1, 25], [4, 2]],
  }]);
  expect(left).toEqual([]);
  expect(averaged).toEqual({ from: 10, to: 15, n: 2 });
});

Deno.test("profilesOf() leaves out snapshots whose memory was never written", () => {
  for (const odd of [NaN, Infinity, -1e277]) {
    const { profiles, left } = profilesOf(
      new Map(SNAPSHOTS.toSpliced(5, 1, ["phi", [
        array([3, 2, 2], odd, ...new Array(11).fill(1)),
      ]])),
    );
    expect(profiles).toEqual([]);
    expect(left[0]!.reason).toContain("memory never written");
  }
});

Deno.test("profilesOf() averages snapshots over the last half of their times", () => {
  // Only the time 10 lies in the last half of 5 to 10, but for the one half of it: 7.5 and later.
  const { profiles, averaged } = profilesOf(new Map(SNAPSHOTS));
  expect(profiles[0]!.points).toEqual([{ x: 0, y: 5 }, { x: 0.5, y: 31 }]);
  expect(averaged).toBe(null);
});

Deno.test("diagnosticPlot() draws snapshots over ky, over kx and as a map, with all numbers in the table", () => {
  const plot = plotOf(SNAPSHOTS);
  if ("reason" in plot) throw new Error(plot.reason);
  expect(plot.finding).toBe(
    "Fields squared over ky: |phi|² is largest, 31 at ky = 0.5.",
  );
  expect(plot.panels.map((p) => p.title)).toEqual([
    "Fields squared over ky",
    "Fields squared over kx",
    "|phi|² over kx and ky",
  ]);
  expect(plot.note).toContain("In GENE's own units");
  expect(plot.note).toContain("ρ_GENE is GENE's own ρ_ref");
  expect(plot.table.heads.at(-1)).toBe("ky of the map");
  // 2 + 3 places and 3 x 2 cells.
  expect(plot.table.rows).toHaveLength(11);
  expect(plot.table.rows).toContainEqual([
    "|phi|²",
    "kx and ky",
    0,
    25,
    "square",
    0.5,
  ]);
  const svg = standaloneSvg(plot, "");
  expect(svg).not.toMatch(/NaN|Infinity|undefined| class=/);
  // A square of zero is no cell: five of six, each one closed outline.
  expect(svg.match(/M[\d.-]+,[\d.-]+H[\d.-]+V[\d.-]+H[\d.-]+Z/g))
    .toHaveLength(5);
});

Deno.test("a map of a fine grid has at most 64 cells a side, each the mean of its neighbours", () => {
  const [nx, ny] = [200, 130];
  const grid = (n: number) => line(...Array.from({ length: n }, (_, k) => k));
  const flat = array([nx, ny], ...new Array(nx * ny).fill(3));
  const { maps } = profilesOf(
    new Map<string, DiagnosticValue>([
      ["kxgrid", grid(nx)],
      ["kygrid", grid(ny)],
      ["phi", [flat]],
    ]),
  );
  // 200/4 and 130/3.
  expect([maps[0]!.kx.length, maps[0]!.ky.length]).toEqual([50, 44]);
  expect(maps[0]!.kx[0]).toBe(1.5);
  expect(maps[0]!.values.flat().every((v) => Math.abs(v - 9) < 1e-12)).toBe(
    true,
  );
});

Deno.test("diagnosticPlot() says the largest value and where it is, and what is not drawn", () => {
  const plot = plotOf(FLUXES);
  expect("finding" in plot && plot.finding).toBe(
    "Heat flux over ky: ion Qes is largest, 4 at ky = 0.1.",
  );
  expect("note" in plot && plot.note).toContain("1 of 2 profiles are drawn");
  expect("table" in plot && plot.table.rows).toHaveLength(6);
});

Deno.test("diagnosticPlot() says that amplitude spectra are squares", () => {
  const found = profilesOf(
    new Map([["kygrid", line(0.1, 0.2)], ["phi", line(4, 9)]]),
  );
  const labelOf = (key: string) => {
    const plot = diagnosticPlot({ key, name: "diagnostic-x", found });
    return "panels" in plot
      ? plot.panels[0]!.yLabel.map((p) => p.text).join("")
      : "";
  };
  expect(labelOf("Amplitude Spectra")).toBe("squared amplitude");
  expect(labelOf("Field Mom Snapshots")).toBe("amplitude");
});

Deno.test("diagnosticPlot() is whole for one point, negative numbers, none, zeros, and 100,000 points", () => {
  const n = 100_000;
  const long = Array.from({ length: n }, (_, k) => k);
  const cases: Record<string, [string, DiagnosticValue][]> = {
    one: [["time", line(1)], ["Shearing Rate", line(2)]],
    negative: [["kygrid", line(1, 2)], ["phi", line(-1, -2)]],
    gaps: [["kygrid", line(1, NaN, 3)], ["phi", line(1, 2, NaN)]],
    huge: [["time", line(...long.slice(0, 2))], ["phi", line(1e300, 1e-300)]],
    long: [["time", {
      shape: [n],
      real: Float64Array.from(long),
      imaginary: null,
    }], ["rate", {
      shape: [n],
      real: Float64Array.from(long, Math.sin),
      imaginary: null,
    }]],
  };
  for (const [name, entries] of Object.entries(cases)) {
    const plot = plotOf(entries);
    if ("reason" in plot) throw new Error(`${name}: ${plot.reason}`);
    const svg = standaloneSvg(plot, "");
    expect([name, /NaN|Infinity|undefined/.exec(svg)?.[0]]).toEqual([
      name,
      undefined,
    ]);
    expect(svg.length).toBeLessThan(80_000);
  }
});

Deno.test("diagnosticPlot() gives the reason where nothing can be drawn", () => {
  const zero = plotOf([["kygrid", line(1, 2)], ["phi", line(0, 0)]]);
  expect("reason" in zero && zero.reason).toBe("Everything in it is zero.");
  for (
    const entries of [
      [],
      [["Description", "words"]],
      [["kygrid", line(1, 2)]],
      [["phi", line(NaN, NaN)], ["kygrid", line(1, 2)]],
      [["phi", line()], ["kygrid", line()]],
    ] as [string, DiagnosticValue][][]
  ) {
    const plot = plotOf(entries);
    expect("reason" in plot && plot.reason).toContain(
      "Nothing of it can be drawn",
    );
  }
});
