import { growthRate, type Nrg } from "../../physics/plots/nrg.ts";
import { addRows, placed, type XY } from "../../physics/plots/points.ts";
import type { TimeRecord } from "../../physics/plots/record.ts";
import type { Maybe, Simulation } from "../../physics/simulation.ts";
import { significant } from "../format.ts";
import { speciesNames } from "../run_species.tsx";
import { axis, GENE_GYRORADIUS, type Panel, type Plot } from "./plot.ts";
import { lineSeries } from "./series_of.ts";
import { joined } from "./trace.ts";

const TIME = axis("t", "L_{ref}/c_{ref}");

/** What GENE's `nrg` file holds: fluctuations and heat flux of each species over time. */
export function nrgPlot(nrg: Nrg, sim: Simulation, isLinear: boolean): Plot {
  const names = namesOf(nrg, sim);
  const density = nrg.species.map((s) => placed(nrg.time, s.density));
  const heat = nrg.species.map((s) =>
    placed(nrg.time, addRows([s.heat_es, s.heat_em]))
  );
  const panel = (key: string, title: string, lines: XY[][]): Panel => ({
    key,
    title,
    xLabel: TIME,
    yLabel: key === "heat" ? axis("Q", "Q_{GENE}") : axis("⟨n^2⟩"),
    xLinear: true,
    yLog: isLinear,
    series: lines.map((points, look) =>
      lineSeries({
        look,
        label: names[look]!,
        points: isLinear ? points.filter((p) => p.y > 0) : points,
        x: "t",
      })
    ),
  });
  return {
    name: "nrg",
    title: "Fluctuations and fluxes over time, from the nrg file",
    finding: isLinear ? growing(density[0]!) : steady(heat, names),
    note: `${
      isLinear ? "Only what is positive is drawn. " : ""
    }In GENE's own units as the file has them: time in L_ref/c_ref, heat flux (electrostatic and electromagnetic) in GENE's gyro-Bohm unit of its references, squared density fluctuation in (n ${GENE_GYRORADIUS.plain}/L_ref)². ${GENE_GYRORADIUS.words}`,
    panels: [
      panel("heat", "Heat flux", heat),
      panel("density", "Squared density fluctuation", density),
    ],
    table: {
      heads: [
        "t (L_ref/c_ref)",
        ...names.map((name) => `Q ${name}`),
        ...names.map((name) => `<n²> ${name}`),
      ],
      rows: joined([...heat, ...density]),
    },
    zoom: true,
  };
}

/** The file's order is that of the input, and so is the document's, unless they differ in number. */
function namesOf({ species }: Nrg, sim: Simulation): string[] {
  const stored = speciesNames(sim.species);
  return species.map((_, k) =>
    stored.length === species.length ? stored[k]! : `species ${k + 1}`
  );
}

/** The lines of the plot with every point of the file, for zooming. */
export function nrgRecord(
  nrg: Nrg,
  sim: Simulation,
  isLinear: boolean,
): TimeRecord {
  const names = namesOf(nrg, sim);
  const panel = (
    key: string,
    [title, label, unit]: string[],
    rows: Maybe[][],
  ) => ({
    key,
    title: title!,
    label: label!,
    unit: unit!,
    log: isLinear,
    series: rows.map((values, k) => ({ label: names[k]!, values })),
  });
  const heat = nrg.species.map((s) => addRows([s.heat_es, s.heat_em]));
  return {
    x: { label: "t", unit: "L_ref/c_ref" },
    time: nrg.time,
    panels: [
      panel("heat", ["Heat flux", "Q", "Q_GENE"], heat),
      panel(
        "density",
        ["Squared density fluctuation", "⟨n²⟩", ""],
        nrg.species.map((s) => s.density),
      ),
    ],
  };
}

function growing(density: XY[]): string {
  const gamma = growthRate(density);
  if (gamma === null) {
    return "The record is too short, or not positive, to fit a growth rate.";
  }
  const short = Math.abs(gamma) * density.at(-1)!.x / 2 < 1;
  return `Over the last half of the time the fluctuations ${
    gamma > 0 ? "grow" : "decay"
  } as e^(γt) with γ = ${significant(gamma)} c_ref/L_ref${
    short ? ", but by less than a factor e: too short a record to tell" : ""
  }.`;
}

function steady(heat: XY[][], names: string[]): string {
  const words = heat.flatMap((points, k) => {
    const end = points.at(-1)?.x ?? 0;
    const half = points.filter((p) => p.x >= end / 2);
    if (half.length === 0) return [];
    const mean = half.reduce((sum, p) => sum + p.y, 0) / half.length;
    return [`${significant(mean)} for ${names[k]}`];
  });
  return words.length === 0
    ? "The file holds no heat flux."
    : `Over the last half of the time the mean heat flux is ${
      words.join(" and ")
    }.`;
}
