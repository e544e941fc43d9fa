/** Every plot of runs whose data are not as they should be: something sensible is drawn, or it says why not. */
import { test } from "../setup.ts";
import { expect } from "expect";
import { config } from "../../config.ts";
import { PLOT_NAMES } from "../../components/plots/plot.ts";
import { findFamilies } from "../../db/families/find.ts";
import { sql } from "../../db/sql.ts";
import { syncCatalogue } from "../../jobs/sync_catalogue.ts";
import { Browser, makeUser } from "../make.ts";
import { source } from "../mongo.ts";
import { UGLY, uglyLinear, uglyNonlinear } from "./ugly.ts";

Object.assign(config, { MONGO_DB: source.databaseName });

const researcher = await Browser.of(await makeUser());
const FRAGMENT = { "HX-Request": "true", "HX-Request-Type": "partial" };
/** A page with all plots at once; the largest real one has 160 kB. */
const MAX_PAGE = 600_000;
const MAX_PLOT = 250_000;
/** In a drawing none of these is a place. */
const NO_PLACE = /NaN|Infinity|undefined|null/;

for (const name of Object.keys(UGLY)) {
  const linear = await Promise.all(
    [0, 1, 2].map((part) => uglyLinear(name, part)),
  );
  await source.collection("LinearRuns").insertMany(linear as never[]);
  await source.collection("NonlinRuns").insertOne(
    uglyNonlinear(name) as never,
  );
}
await syncCatalogue({ pass: "full" });
await findFamilies();

/** Plots of a run, of either kind; those of several runs have pages of their own. */
const KINDS: Record<string, string[]> = {
  linear: ["spectrum", "weights"],
  nonlinear: ["trace", "flux-spectrum", "fluxes"],
};
const PLOTS = [
  ...PLOT_NAMES.filter((n) => !["scan", "flux-map", "coverage"].includes(n)),
  "diagnostic-flux-spectra",
];

test("a run's page says which plots are not drawn and why", async () => {
  for (
    const [suffix, words] of [
      ["missing nl", "fluxes over time, since the document stores none"],
      ["missing nl", "fluxes by species and field, since the document stores"],
      ["NaN nl", "fewer than two numbers at a time"],
      ["NaN nl", "fewer than two numbers at a wavenumber"],
      ["NaN nl", "none that the document stores is a number"],
      ["one point nl", "fewer than two numbers at a time"],
      ["missing 1", "linear flux weights, since the document stores none"],
    ] as const
  ) {
    const [row] = await sql<[{ id: number }]>`
      select id from runs where suffix = ${suffix}`;
    const page = await (await researcher.get(`/runs/${row.id}`)).text();
    expect([suffix, words, page.includes(words)]).toEqual([
      suffix,
      words,
      true,
    ]);
  }
});

test("a mode whose field is zero everywhere says so", async () => {
  const [row] = await sql<[{ id: number }]>`
    select id from runs where suffix = 'all zero 0'`;
  const piece = await researcher.get(
    `/runs/${row.id}/plots/mode-structure`,
    FRAGMENT,
  );
  expect(piece.status).toBe(200);
  expect(await piece.text()).toContain("or is zero everywhere");
});

for (const name of Object.keys(UGLY)) {
  test(`plots of runs with data that are ${name}`, async () => {
    const runs = await sql<{ id: number; kind: string; suffix: string }[]>`
      select id, kind, suffix from runs where suffix like ${`${name} %`}`;
    expect(runs).toHaveLength(4);
    const faults: string[] = [];
    // The longest ones once: their files are made from the same numbers.
    const formats = name.startsWith("100,000") ? [] : ["svg", "csv"];
    for (const { id, kind, suffix } of runs) {
      faults.push(...await faultsOfPage(`/runs/${id}`, MAX_PAGE));
      if (/ [12]$/.test(suffix)) continue;
      for (const plot of PLOTS) {
        const own = KINDS[kind]!.includes(plot);
        faults.push(...await faultsOf(id, plot, { own, formats }));
      }
    }
    const [first, second] = runs.map((r) => r.id);
    const nonlinear = runs.find((r) => r.kind !== "linear")!.id;
    const folder = encodeURIComponent(name);
    for (
      const path of [
        `/spectra/${first}`,
        `/scans/${first}`,
        `/scans/${nonlinear}`,
        `/twins/${first}`,
        `/compare?run=${first}&run=${second}&run=${nonlinear}`,
        `/explore?x=ky&y=gamma&text=${folder}`,
        `/explore?x=ky&y=gamma&xlog=1&ylog=1&text=${folder}`,
        `/explore?x=Q_i&y=G_e&colour=gamma&symbol=code&text=${folder}`,
        `/explore/coverage?x=RLTi&y=kappa&text=${folder}`,
        `/runs?text=${folder}`,
      ]
    ) faults.push(...await faultsOfPage(path, MAX_PAGE));
    expect(faults).toEqual([]);
  });
}

/** What is wrong with a plot as piece of a page, as picture and as table. `own`: runs of this kind can have it, so that it says why not. */
async function faultsOf(
  id: number,
  plot: string,
  { own, formats }: { own: boolean; formats: string[] },
): Promise<string[]> {
  const path = `/runs/${id}/plots/${plot}`;
  const piece = await researcher.get(path, FRAGMENT);
  const html = await piece.text();
  const faults: string[] = [];
  if (piece.status === 404) {
    const reason = own ? /has no such plot: .*, since / : /<p[^>]*>[^<]{20,}/;
    if (!reason.test(html)) faults.push(`${path}: 404, no reason`);
  } else if (piece.status !== 200) {
    faults.push(`${path}: ${piece.status}`);
  } else if (!html.includes("<svg") && !/<p class="muted">.{20,}/.test(html)) {
    faults.push(`${path}: neither drawing nor reason`);
  }
  faults.push(...drawingFaults(path, html));
  if (html.length > MAX_PLOT) faults.push(`${path}: ${html.length} bytes`);
  for (const format of formats) {
    const file = await researcher.get(`${path}.${format}`);
    const text = await file.text();
    const drawn = html.includes("<svg");
    if (file.status !== (drawn ? 200 : 404)) {
      faults.push(`${path}.${format}: ${file.status}`);
    }
    if (
      file.status === 200 &&
      NO_PLACE.test(text.replaceAll(/<text.*?<\/text>/gs, ""))
    ) {
      faults.push(`${path}.${format}: ${NO_PLACE.exec(text)}`);
    }
  }
  return faults;
}

async function faultsOfPage(path: string, most: number): Promise<string[]> {
  const response = await researcher.get(path);
  const html = await response.text();
  return [
    ...(response.status === 200 ? [] : [`${path}: ${response.status}`]),
    ...drawingFaults(path, html),
    ...(html.length > most ? [`${path}: ${html.length} bytes`] : []),
  ];
}

/** Drawings with places that are none, or far outside of their frame. */
function drawingFaults(path: string, html: string): string[] {
  const drawings = html.match(/<svg.*?<\/svg>/gs) ?? [];
  return drawings.flatMap((svg) => {
    const bare = svg.replaceAll(/<(title|desc|text)[\s>].*?<\/\1>/gs, "")
      .replaceAll(/ (href|aria-label)="[^"]*"/g, "");
    const wrong = NO_PLACE.exec(bare)?.[0];
    const far = [...bare.matchAll(/[ML, (](-?\d{5,})/g)][0]?.[1];
    const exponents = /[ML, ("]-?\d[\d.]*e\+?\d/.exec(bare)?.[0];
    return [wrong, far, exponents].flatMap((w) =>
      w === undefined ? [] : [`${path}: draws ${w}`]
    );
  });
}
