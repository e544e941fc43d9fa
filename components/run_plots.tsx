import type { Simulation } from "../physics/simulation.ts";
import { cataloguePlots, type PlotSource } from "./plots/draw.ts";
import { PlotSection } from "./plots/figure.tsx";
import type { Plot } from "./plots/plot.ts";

/** Modules that pages with plots of a run load. */
export const PLOT_SCRIPTS = ["zoom.js"];

/** What a plot that is read from the source is called before it is drawn. */
const FROM_SOURCE = {
  "mode-structure": "Mode structure along the field line",
  nrg: "Fluctuations and fluxes over time, from the nrg file",
} as const;
export type SourcePlotName = keyof typeof FROM_SOURCE;

/** The drawn plots of a run: at once what the catalogue knows, the others when they are looked at. */
export function DrawnPlots({ source }: { source: PlotSource }) {
  const plots = cataloguePlots(source);
  const later = sourcePlots(source.sim);
  if (plots.length + later.length === 0) return null;
  return (
    <section id="plots">
      <h2>Plots</h2>
      <div class="drawings">
        {plots.map((plot) =>
          "reason" in plot
            ? (
              <section class="drawn" id={`plot-${plot.name}`}>
                <h3>{plot.title}</h3>
                <p class="muted">{plot.reason}</p>
              </section>
            )
            : <PlotSection id={source.id} plot={plot} />
        )}
        {later.map((name) => <LaterPlot id={source.id} name={name} />)}
      </div>
    </section>
  );
}

/** Plots whose numbers are only in the source. */
export function sourcePlots(sim: Simulation): SourcePlotName[] {
  const names: SourcePlotName[] = [];
  if (sim.wavevectors.some((w) => w.modes.some((m) => m.has_structure))) {
    names.push("mode-structure");
  }
  if (nrgFileId(sim) !== null) names.push("nrg");
  return names;
}

/** GridFS id of GENE's `nrg` file; null when there is none that can be read. */
export function nrgFileId(sim: Simulation): string | null {
  return sim.files.find((f) =>
    f.block === "Files" && f.id !== null &&
    /^nrg(_|$)/.test(f.key) && (f.state === "ok" || f.state === "unchecked")
  )?.id ?? null;
}

/** Fetched once it comes into sight; without JavaScript a link to its own page. */
function LaterPlot({ id, name }: { id: number; name: SourcePlotName }) {
  const address = `/runs/${id}/plots/${name}`;
  return (
    <section
      class="drawn"
      id={`plot-${name}`}
      hx-get={address}
      hx-trigger="revealed"
      hx-swap="outerHTML"
    >
      <h3>{FROM_SOURCE[name]}</h3>
      <p class="muted">
        <a href={address}>Draw it</a> from the source.
      </p>
    </section>
  );
}

/** One plot as a page of its own. */
export function PlotPage({ id, plot }: { id: number; plot: Plot }) {
  return (
    <>
      <p>
        <a href={`/runs/${id}#plots`}>← Run {id}</a>
      </p>
      <h1>
        Run {id}: {plot.title}
      </h1>
      <PlotSection id={id} plot={plot} alone />
    </>
  );
}
