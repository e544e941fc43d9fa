import {
  fluxSpectra,
  type FluxSpectrum,
} from "../../physics/plots/flux_spectrum.ts";
import type { Simulation } from "../../physics/simulation.ts";
import { significant } from "../format.ts";
import { FLUX_FACTS } from "../run_fluxes.tsx";
import { speciesNames } from "../run_species.tsx";
import { axis, head, type Panel, plain, type Plot } from "./plot.ts";
import { lineSeries } from "./series_of.ts";
import { joined } from "./trace.ts";

const PERCENT = 100;

/** Time-averaged fluxes over |k_y|. */
export function fluxSpectrumPlot(sim: Simulation): Plot | null {
  const found = fluxSpectra(sim.nonlinear);
  if (found.length === 0) return null;
  const names = speciesNames(sim.species);
  return {
    name: "flux-spectrum",
    title: "Fluxes over wavenumber",
    finding: finding(found[0]!),
    note:
      "Time-averaged, summed over fields and radial wavenumbers; each point is what its wavenumber adds to the flux.",
    panels: found.map((s) => panelOf(s, names)),
    table: {
      heads: [
        "|ky| ρref",
        ...found.flatMap(({ flux, species }) =>
          species.map((_, k) =>
            head(
              `${plain(FLUX_FACTS[flux][1])} ${names[k] ?? "?"}`,
              FLUX_FACTS[flux][2],
            )
          )
        ),
      ],
      rows: joined(found.flatMap((s) => s.species)),
    },
  };
}

function panelOf({ flux, species }: FluxSpectrum, names: string[]): Panel {
  const [name, notation, unit] = FLUX_FACTS[flux];
  return {
    key: flux,
    title: `${name} by wavenumber`,
    xLabel: axis("|k_y| ρ_{ref}"),
    yLabel: axis(notation, unit),
    series: species.map((points, look) =>
      lineSeries({ look, label: names[look] ?? "?", points, x: "ky" })
    ),
  };
}

function finding({ flux, peak, tail }: FluxSpectrum): string {
  const name = FLUX_FACTS[flux][0];
  if (peak.y === 0) return `The ${name.toLowerCase()} is zero everywhere.`;
  return `${name} peaks at ky = ${significant(peak.x)} with ${
    significant(peak.y)
  } ${plain(FLUX_FACTS[flux][2])}; at the largest ky it is ${
    significant(tail * PERCENT)
  } % of that.`;
}
