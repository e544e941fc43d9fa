import { type Column, column } from "../physics/columns.ts";
import {
  type FluxPair,
  HEAT_FLUXES,
  type HeatFlux,
  MAX_OF_CASE,
  type SkipReason,
} from "../physics/flux_pairs.ts";
import { DataTable } from "./data_table.tsx";
import { Choice, FilterChips } from "./explore_form.tsx";
import { ExploreNav } from "./explore_nav.tsx";
import { count, plural } from "./format.ts";
import { Chart } from "./plots/chart.tsx";
import { PlotLinks } from "./plots/figure.tsx";
import { fluxMapPlot } from "./plots/flux_map.ts";
import { ColumnLabel } from "./run_value.tsx";
import type { Chip } from "./runs_chips.tsx";
import { HiddenFields } from "./runs_form.tsx";
import { Num } from "./values.tsx";

/** Pairs that the table lists; the CSV has all. */
const LISTED = 200;

export interface FluxMapPageProps {
  x: string;
  flux: HeatFlux;
  pairs: FluxPair[];
  skipped: Map<SkipReason, number>;
  /** Columns of the horizontal axis. */
  axes: Column[];
  /** Runs in cases of both kinds, and how many of them were read. */
  total: number;
  read: number;
  file(format: string): string;
  /** Filters in force, as fields, as chips and for other pages; with none, all cases are drawn. */
  hidden: [string, string][];
  chips: Chip[];
  search: string;
  searchHref: string;
}

/** How well quasilinear fluxes meet nonlinear ones, over the whole database. */
export function FluxMapPage(props: FluxMapPageProps) {
  const { x, flux, pairs, total, read, chips, search, searchHref } = props;
  return (
    <>
      <h1>Quasilinear against nonlinear heat flux</h1>
      <ExploreNav current="/explore/quasilinear" search={search} />
      <p class="lede">
        Each nonlinear run beside the quasilinear (TGLF) runs of the same
        physics.
      </p>
      <MapForm {...props} />
      {chips.length > 0 && (
        <>
          <FilterChips chips={chips} />
          <p class="muted">
            A pair is shown when at least one of its two runs is found by the
            search. <a href={searchHref}>Change the filters in the search</a>
          </p>
        </>
      )}
      {pairs.length === 0
        ? (
          <p class="empty" id="count" role="status">
            {chips.length > 0
              ? "No run of this search has a counterpart of the same physics with a heat flux to compare. Choose fewer filters."
              : "No nonlinear run has a quasilinear run of the same physics with a heat flux to compare."}
          </p>
        )
        : <MapFigure {...props} />}
      <Skipped {...props} />
      {read < total && (
        <p class="note">
          Only the newest {count(read)} of {plural(total, "run")} were compared.
        </p>
      )}
      {pairs.length > 0 && <PairTable pairs={pairs} x={x} flux={flux} />}
    </>
  );
}

function MapForm({ x, flux, axes, hidden }: FluxMapPageProps) {
  return (
    <search>
      <form method="get" action="/explore/quasilinear" class="explore">
        <HiddenFields pairs={hidden} />
        <Choice name="x" label="Across" columns={axes} chosen={x} />
        <label for="explore-flux">
          Heat flux of the
          <select id="explore-flux" name="flux">
            {Object.entries(HEAT_FLUXES).map(([key, name]) => (
              <option value={key} selected={key === flux}>{name}</option>
            ))}
          </select>
        </label>
        <div>
          <button type="submit">Draw</button>
        </div>
      </form>
    </search>
  );
}

function MapFigure({ pairs, x, flux, file }: FluxMapPageProps) {
  const plot = fluxMapPlot({ pairs, x, flux, linked: true });
  const [{ title, key: _, ...area }] = plot.panels as [
    (typeof plot.panels)[number],
  ];
  return (
    <section class="drawn wide">
      <p id="count" role="status">
        <strong>{plot.finding}</strong> <span class="muted">{plot.note}</span>
      </p>
      <div class="cloud">
        <Chart
          id="flux-map"
          title={plot.title}
          finding={plot.finding}
          caption={`${title}; a click on a point compares its two runs.`}
          {...area}
        />
      </div>
      <PlotLinks plot={plot} file={file} />
    </section>
  );
}

function Skipped({ skipped }: Pick<FluxMapPageProps, "skipped">) {
  if (skipped.size === 0) return null;
  return (
    <>
      <p>Left out:</p>
      <ul>
        {[...skipped].map(([reason, n]) => (
          <li>
            {plural(n, "pair")}, since {reason}
            {reason.startsWith("a case") &&
              ` (the newest ${MAX_OF_CASE} runs of each kind are)`}
          </li>
        ))}
      </ul>
    </>
  );
}

function PairTable(
  { pairs, x, flux }: { pairs: FluxPair[]; x: string; flux: HeatFlux },
) {
  return (
    <>
      <h2>Pairs</h2>
      <DataTable
        label="Pairs of runs"
        heads={[
          { label: "both runs" },
          { label: <ColumnLabel column={column(x)!} />, numeric: true },
          { label: "ratio", numeric: true },
          { label: "quasilinear" },
          { label: <ColumnLabel column={column(flux)!} />, numeric: true },
          { label: "rule" },
          { label: "nonlinear" },
          { label: <ColumnLabel column={column(flux)!} />, numeric: true },
          { label: "saturated" },
        ]}
        tall
      >
        {pairs.slice(0, LISTED).map((p) => (
          <PairRow
            pair={p}
            flux={flux}
          />
        ))}
      </DataTable>
      {pairs.length > LISTED && (
        <p>
          {LISTED} of {plural(pairs.length, "pair")}; the CSV has all.
        </p>
      )}
    </>
  );
}

function PairRow(
  { pair: { nonlinear, quasilinear, ratio }, flux }: {
    pair: FluxPair;
    flux: HeatFlux;
  },
) {
  const runs = `run=${nonlinear.id}&run=${quasilinear.id}`;
  return (
    <tr>
      <th scope="row">
        <a href={`/compare?${runs}`}>compare</a>
      </th>
      <td class="num">
        <Num value={nonlinear.x} />
      </td>
      <td class="num">
        <Num value={ratio} />
      </td>
      <td>
        <a href={`/runs/${quasilinear.id}`}>
          {quasilinear.id} {quasilinear.code}
        </a>
      </td>
      <td class="num">
        <Num value={quasilinear[flux]} />
      </td>
      <td>{quasilinear.rule === null ? "" : `SAT${quasilinear.rule}`}</td>
      <td>
        <a href={`/runs/${nonlinear.id}`}>{nonlinear.id} {nonlinear.code}</a>
      </td>
      <td class="num">
        <Num value={nonlinear[flux]} />
      </td>
      <td>{nonlinear.saturated ?? "unknown"}</td>
    </tr>
  );
}
