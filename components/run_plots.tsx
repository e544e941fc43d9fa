import type { RunRow } from "../db/runs/list.ts";
import { type Absent, absentPlots } from "../physics/plots/absent.ts";
import { fluxSpectra } from "../physics/plots/flux_spectrum.ts";
import type { Simulation, StoredFile } from "../physics/simulation.ts";
import type { UnitSystem } from "../physics/units.ts";
import { diagnosticTitle } from "./plots/diagnostic.ts";
import { cataloguePlots, type PlotSource } from "./plots/draw.ts";
import { QUASILINEAR_TITLE } from "./plots/quasilinear.ts";
import { PlotSection } from "./plots/figure.tsx";
import type {
  DiagnosticPlotName,
  NoPlot,
  Plot,
  PlotName,
} from "./plots/plot.ts";
import { inUnits, unitsOfRun } from "./shown_units.ts";
import { UnitSwitch } from "./unit_switch.tsx";

/** Modules that pages with plots of a run load. */
export const PLOT_SCRIPTS = ["zoom.js"];

/** Titles of the plots that are read from the source, before they are drawn. */
export const SOURCE_TITLES = {
  "mode-structure": "Mode structure along the field line",
  nrg: "Fluctuations and fluxes over time, from the nrg file",
  omega: "Growth rate and frequency from the omega file",
} as const;
export type SourcePlotName = keyof typeof SOURCE_TITLES;

/** A plot that is drawn once it is looked at. */
interface Later {
  name: PlotName;
  title: string;
}

/** The drawn plots of a run: at once what the catalogue knows, the others when they are looked at. */
export function DrawnPlots({ source }: { source: PlotSource }) {
  const { row: { id }, units = "stored" } = source;
  const plots = cataloguePlots(source);
  const later = laterPlots(source);
  const absent = source.sim.source.layout === "none"
    ? []
    : absentPlots(source.sim).filter((a) =>
      !plots.some((p) => p.name === a.name)
    );
  if (plots.length + later.length === 0) return null;
  return (
    <section id="plots">
      <h2>Plots</h2>
      <UnitSwitch
        asked={units}
        href={(other) => inUnits(other, `/runs/${id}#plots`)}
        words={unitsOfRun(units, source.row).words}
      />
      <div class="drawings">
        {plots.map((plot) =>
          "reason" in plot
            ? <NoPlotSection plot={plot} />
            : <PlotSection {...{ id, plot, units }} />
        )}
        {later.map((plot) => <LaterPlot {...{ id, units, ...plot }} />)}
      </div>
      {absent.length > 0 && (
        <p class="muted">
          Not drawn: {absent.map(absentWords).join("; ")}.
        </p>
      )}
    </section>
  );
}

/** Which plot is not drawn and why, to follow other words. */
export function absentWords({ title, reason }: Absent): string {
  return `${title.toLowerCase()}, since ${reason}`;
}

/** Why there is no plot, in its place. */
export function NoPlotSection({ plot }: { plot: NoPlot }) {
  return (
    <section class="drawn" id={`plot-${plot.name}`}>
      <h3>{plot.title}</h3>
      <p class="muted">{plot.reason}</p>
    </section>
  );
}

/** Plots that need more than the row of the run: other runs, or the source. */
function laterPlots({ sim }: PlotSource): Later[] {
  const names: SourcePlotName[] = [];
  const comparable = sim.nonlinear !== null &&
    fluxSpectra(sim.nonlinear).some((s) => s.flux === "energy");
  if (hasStructure(sim)) names.push("mode-structure");
  if (textFileId(sim, "nrg") !== null) names.push("nrg");
  if (textFileId(sim, "omega") !== null || omegaDiagnostic(sim) !== null) {
    names.push("omega");
  }
  return [
    ...(comparable
      ? [{ name: "quasilinear" as const, title: QUASILINEAR_TITLE }]
      : []),
    ...names.map((name) => ({ name, title: SOURCE_TITLES[name] })),
    ...drawnDiagnostics(sim).map(({ name, key }) => ({
      name,
      title: diagnosticTitle(key),
    })),
  ];
}

/** True where the document keeps the fields of a mode along the field line. */
export function hasStructure({ wavevectors }: Simulation): boolean {
  return wavevectors.some((w) => w.modes.some((m) => m.has_structure));
}

/** GridFS id of one of GENE's text files; null when there is none that can be read. */
export function textFileId(
  sim: Simulation,
  name: "nrg" | "omega",
): string | null {
  return sim.files.find((f) =>
    f.block === "Files" && f.id !== null && isThere(f) &&
    (f.key === name || f.key.startsWith(`${name}_`))
  )?.id ?? null;
}

/** GENE's `omega` as a diagnostic, which documents before June 2025 hold inline. */
export function omegaDiagnostic(sim: Simulation): StoredFile | null {
  return diagnostics(sim).find((f) => f.key === "omega") ?? null;
}

const MAX_DIAGNOSTICS = 20;

/** Diagnostics that have plots of their own, each with the name of its plot; grids alone have nothing to show. */
export function drawnDiagnostics(
  sim: Simulation,
): (StoredFile & { name: DiagnosticPlotName })[] {
  const named = diagnostics(sim).filter(({ key }) =>
    key !== "omega" && key !== "Grid"
  ).map((file) => ({ ...file, name: diagnosticName(file.key) }));
  return [...new Map(named.map((file) => [file.name, file])).values()]
    .slice(0, MAX_DIAGNOSTICS);
}

function diagnosticName(key: string): DiagnosticPlotName {
  const slug = key.toLowerCase().replaceAll(/[^a-z]+/g, "-");
  return `diagnostic-${slug.replaceAll(/^-|-$/g, "").slice(0, 60) || "other"}`;
}

function diagnostics({ files }: Simulation): StoredFile[] {
  return files.filter((f) =>
    f.block === "Diagnostics" && (f.state === "inline" || isThere(f))
  );
}

function isThere({ state }: StoredFile): boolean {
  return state === "ok" || state === "unchecked";
}

/** Fetched once it comes into sight; without JavaScript a link to its own page. */
function LaterPlot(
  { id, units, name, title }: { id: number; units: UnitSystem } & Later,
) {
  const address = inUnits(units, `/runs/${id}/plots/${name}`);
  return (
    <section
      class="drawn"
      id={`plot-${name}`}
      hx-get={address}
      hx-trigger="revealed"
      hx-swap="outerHTML"
    >
      <h3>{title}</h3>
      <p class="muted">
        <a href={address}>Draw it</a>{" "}
        {name === "quasilinear" ? "beside its relatives." : "from the source."}
      </p>
    </section>
  );
}

/** Plots that the switch of units leaves alone: those in GENE's own units, and shapes. */
const IN_OWN_UNITS = /^(nrg|surface|diagnostic-.*)$/;

/** One plot as a page of its own. `units`: those asked for. */
export function PlotPage(
  { row, plot, units }: { row: RunRow; plot: Plot; units: UnitSystem },
) {
  const { id } = row;
  return (
    <>
      <p>
        <a href={inUnits(units, `/runs/${id}#plots`)}>← Run {id}</a>
      </p>
      <h1>
        Run {id}: {plot.title}
      </h1>
      {!IN_OWN_UNITS.test(plot.name) && (
        <UnitSwitch
          asked={units}
          href={(other) => inUnits(other, `/runs/${id}/plots/${plot.name}`)}
          words={unitsOfRun(units, row).words}
        />
      )}
      <PlotSection {...{ id, plot, units }} alone />
    </>
  );
}
