import {
  fluxSpectra,
  type FluxSpectrum,
} from "../../physics/plots/flux_spectrum.ts";
import type { Simulation } from "../../physics/simulation.ts";
import type { UnitSystem } from "../../physics/units.ts";
import { significant } from "../format.ts";
import { FLUX_FACTS, fluxUnit } from "../run_fluxes.tsx";
import { speciesNames } from "../run_species.tsx";
import {
  axis,
  GYRORADII,
  head,
  kyIn,
  type Panel,
  plain,
  type Plot,
} from "./plot.ts";
import { lineSeries } from "./series_of.ts";
import { joined } from "./trace.ts";

const PERCENT = 100;
/** Share of the peak that a resolved spectrum has fallen below at its end. */
const RESOLVED_TAIL = 0.1;

/** Time-averaged fluxes over |k_y|. `sim` is in `units`. */
export function fluxSpectrumPlot(
  sim: Simulation,
  units: UnitSystem = "stored",
): Plot | null {
  const found = fluxSpectra(sim.nonlinear);
  if (found.length === 0) return null;
  const names = speciesNames(sim.species);
  return {
    name: "flux-spectrum",
    title: "Fluxes over wavenumber",
    finding: finding(found[0]!, units),
    note:
      "Time-averaged, summed over fields and radial wavenumbers; each point is what its wavenumber adds to the flux.",
    panels: found.map((s) => panelOf(s, names, units)),
    table: {
      heads: [
        `|ky| ${GYRORADII[units].plain}`,
        ...found.flatMap(({ flux, species }) =>
          species.map((_, k) =>
            head(
              `${plain(FLUX_FACTS[flux][1])} ${names[k] ?? "?"}`,
              fluxUnit(flux, units),
            )
          )
        ),
      ],
      rows: joined(found.flatMap((s) => s.species)),
    },
  };
}

function panelOf(
  { flux, species }: FluxSpectrum,
  names: string[],
  units: UnitSystem,
): Panel {
  const [name, notation] = FLUX_FACTS[flux];
  return {
    key: flux,
    title: `${name} by wavenumber`,
    xLabel: axis(`|k_y| ${GYRORADII[units].symbol}`),
    yLabel: axis(notation, fluxUnit(flux, units)),
    series: species.map((points, look) =>
      lineSeries({ look, label: names[look] ?? "?", points, x: "ky" })
    ),
  };
}

function finding(
  { flux, peak, tail, first }: FluxSpectrum,
  units: UnitSystem,
): string {
  const name = FLUX_FACTS[flux][0];
  if (peak.y === 0) return `The ${name.toLowerCase()} is zero everywhere.`;
  return `${name} peaks at ${kyIn(units)} = ${significant(peak.x)} with ${
    significant(peak.y)
  } ${plain(fluxUnit(flux, units))}; at the largest ky it is ${
    significant(tail * PERCENT)
  } % of that.${unresolvedWords(tail, first)}`;
}

/** A spectrum is resolved when it falls off before its last wavenumber and does not peak at its first (physics.md 1, ky_resolved). */
function unresolvedWords(tail: number, first: boolean): string {
  const ends = [
    ...(first ? ["it peaks at the smallest"] : []),
    ...(tail >= RESOLVED_TAIL ? ["much is left at the largest"] : []),
  ];
  return ends.length === 0
    ? ""
    : ` The wavenumbers do not span it: ${ends.join(" and ")}.`;
}
