import { dominant } from "../../physics/linear.ts";
import { type FluxBars, fluxBars } from "../../physics/plots/flux_bars.ts";
import { quasilinear } from "../../physics/quasilinear.ts";
import { roles } from "../../physics/roles.ts";
import { summedFlux } from "../../physics/fluxes.ts";
import type { Maybe, Simulation } from "../../physics/simulation.ts";
import type { UnitSystem } from "../../physics/units.ts";
import { significant } from "../format.ts";
import { FIELD_SYMBOLS, FLUX_FACTS, fluxUnit } from "../run_fluxes.tsx";
import { speciesNames } from "../run_species.tsx";
import { axis, GYRORADII, head, type Panel, plain, type Plot } from "./plot.ts";

const PERCENT = 100;
/** Of a weight: a flux over the squared amplitude of the mode. */
const WEIGHT = "per squared amplitude";

/** Time-averaged fluxes of a nonlinear run by species and field. `sim` is in `units`. */
export function fluxesPlot(
  sim: Simulation,
  units: UnitSystem = "stored",
): Plot | null {
  const bars = sim.nonlinear === null ? [] : fluxBars(sim.nonlinear.fluxes);
  if (bars.length === 0) return null;
  const names = speciesNames(sim.species);
  return {
    name: "fluxes",
    title: "Fluxes by species and field",
    finding: largestWords(bars[0]!, names),
    note: "Time-averaged and summed over all wavenumbers.",
    panels: bars.map((b) => panelOf(b, names, fluxUnit(b.flux, units))),
    table: tableOf(bars, names, (b) => fluxUnit(b.flux, units)),
  };
}

/** Flux weights of the dominant mode of a linear run by species and field; only its wavenumber has `units`. */
export function weightsPlot(
  sim: Simulation,
  units: UnitSystem = "stored",
): Plot | null {
  const at = dominant(sim);
  const bars = at === null ? [] : fluxBars(at.mode.weights);
  if (at === null || bars.length === 0) return null;
  const names = speciesNames(sim.species);
  return {
    name: "weights",
    title: "Linear flux weights",
    finding: weightWords(sim) ?? largestWords(bars[0]!, names),
    note: `Fluxes of the fastest mode, |ky| ${GYRORADII[units].plain} = ${
      significant(magnitude(at.wavevector.ky))
    }, over its squared amplitude: only their ratios can be compared between runs.`,
    panels: bars.map((b) => panelOf(b, names, "")),
    table: tableOf(bars, names, () => ""),
  };
}

function magnitude(x: Maybe): Maybe {
  return x === null ? null : Math.abs(x);
}

function panelOf(bars: FluxBars, names: string[], unit: string): Panel {
  const [name, notation] = FLUX_FACTS[bars.flux];
  return {
    key: bars.flux,
    title: unit === "" ? `${name} ${WEIGHT}` : name,
    xLabel: [{ text: "species", style: "plain" }],
    yLabel: axis(notation, unit),
    categories: names,
    series: bars.fields.map(({ field, values }, look) => ({
      look,
      label: `by ${plain(FIELD_SYMBOLS[field])}`,
      line: [],
      points: values.flatMap((value, x) =>
        value === null ? [] : [{
          x,
          y: value,
          mark: "filled" as const,
          title: `${names[x] ?? "?"} by ${plain(FIELD_SYMBOLS[field])}: ${
            significant(value)
          }`,
        }]
      ),
    })),
  };
}

function tableOf(
  bars: FluxBars[],
  names: string[],
  unit: (b: FluxBars) => string,
): Plot["table"] {
  const columns = bars.flatMap((b) =>
    b.fields.map(({ field, values }) => ({
      head: head(
        `${plain(FLUX_FACTS[b.flux][1])} by ${plain(FIELD_SYMBOLS[field])}`,
        unit(b),
      ),
      values,
    }))
  );
  return {
    heads: ["species", ...columns.map((c) => c.head)],
    rows: names.map((name, k) => [
      name,
      ...columns.map((c): Maybe => c.values[k] ?? null),
    ]),
  };
}

function largestWords(bars: FluxBars, names: string[]): string {
  const { field, species, value } = bars.largest;
  const name = FLUX_FACTS[bars.flux][0];
  if (value === 0) return `Every part of the ${name.toLowerCase()} is zero.`;
  return `The largest part of the ${name.toLowerCase()} is that of ${
    names[species] ?? "?"
  } by ${plain(FIELD_SYMBOLS[field])}: ${significant(value)}.`;
}

function weightWords(sim: Simulation): string | null {
  const ratios = quasilinear(sim);
  if (ratios === null) return null;
  const { e, positive } = roles(sim.species);
  const weights = dominant(sim)!.mode.weights;
  const electrons = e === null ? null : summedFlux(weights, "energy", [e]);
  const ions = summedFlux(weights, "energy", positive);
  const parts = [
    ratios.heat_ratio === null || electrons === null || ions === null
      ? null
      : `The mode carries ${
        significant(Math.abs(ratios.heat_ratio))
      } times as much heat by ions as by electrons${
        directionWords(ions, electrons)
      }`,
    ratios.em_share === null
      ? null
      : `${
        significant(ratios.em_share * PERCENT)
      } % of the heat is carried by magnetic perturbations`,
  ].filter((p) => p !== null);
  return parts.length === 0 ? null : `${parts.join("; ")}.`;
}

/** Heat that flows against the gradients is told, since a mode that is driven by them does not do so. */
function directionWords(ions: number, electrons: number): string {
  if (ions < 0 && electrons < 0) return ", both inwards as stored";
  if (ions < 0 && electrons > 0) return ", that of ions inwards";
  return ions > 0 && electrons < 0 ? ", that of electrons inwards" : "";
}
