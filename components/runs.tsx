import type { SpectrumSummary } from "../db/runs/collapse.ts";
import type { RunRow } from "../db/runs/list.ts";
import { BasketBar, type PickedProps } from "./basket.tsx";
import { FacetPartials } from "./runs_facets.tsx";
import { HistogramPartials } from "./runs_histogram.tsx";
import {
  ConvergedOnly,
  FilterForm,
  type FilterFormProps,
} from "./runs_form.tsx";
import {
  type Chip,
  Chips,
  type Relaxation,
  Relaxations,
} from "./runs_chips.tsx";
import type { ColumnPickerProps } from "./runs_picker.tsx";
import { type Head, RunsTable } from "./runs_table.tsx";
import { count } from "./format.ts";
import type { UnitSystem } from "../physics/units.ts";
import { AboutUnits, Collapse, Foot, rowsIn } from "./runs_tools.tsx";
import { UnitSwitch } from "./unit_switch.tsx";
import { Pagination } from "./pagination.tsx";

/** Everything that changes when the search does, except the form. */
export interface ResultsProps {
  total: number;
  /** Of a large catalogue: all numbers of runs are from a part of it. */
  estimated: boolean;
  rows: RunRow[];
  basket: PickedProps;
  heads: Head[];
  page: number;
  size: number;
  pageHref(page: number): string;
  sizes: { size: number; href: string; selected: boolean }[];
  /** The ways to show values. */
  units: { asked: UnitSystem; href(units: UnitSystem): string };
  csA: boolean;
  /** By number of the run; null unless spectra are collapsed. */
  spectra: Map<number, SpectrumSummary> | null;
  /** The search with spectra the other way; null where that cannot be. */
  collapse: { href: string; isOn: boolean } | null;
  chips: Chip[];
  clearHref: string;
  /** What would be found without one of the filters; only when nothing was found. */
  relaxations: Relaxation[];
  picker: ColumnPickerProps;
  csvHref: string;
  /** The runs as points. */
  exploreHref: string;
  jsonHref: string;
  /** Null: the runs cannot be named in one address. */
  downloadHref: string | null;
}

export interface SearchProps {
  form: FilterFormProps;
  results: ResultsProps;
}

/** The search: filters on the left, what they find on the right. */
export function RunsPage({ form, results }: SearchProps) {
  return (
    <>
      <h1>Search runs</h1>
      <p class="muted">
        Have an input file? <a href="/runs/like">Has anyone run this?</a>
      </p>
      <div class="search-page">
        <details class="filters">
          <summary>Filters</summary>
          <search>
            <FilterForm {...form} />
          </search>
        </details>
        <Results {...results} />
      </div>
    </>
  );
}

/**
 * What htmx swaps in: the results, then either the facets' new counts (when the form itself was changed; what the user has
 * touched stays) or the whole form (when a chip, a sort link or a page link was followed).
 */
export function RunsFragment(
  { form, results, wholeForm, title }: SearchProps & {
    wholeForm: boolean;
    title: string;
  },
) {
  return (
    <>
      <Results {...results} />
      {wholeForm
        ? (
          <hx-partial hx-target="#filters" hx-swap="outerHTML">
            <FilterForm {...form} />
          </hx-partial>
        )
        : (
          <>
            <FacetPartials facets={form.facets} />
            <HistogramPartials
              sample={form.sample}
              histograms={[...form.ranges, ...form.moreRanges]
                .map((r) => r.histogram).filter((h) => h !== null)}
            />
            <hx-partial hx-target="#converged-only" hx-swap="outerHTML">
              <ConvergedOnly {...form.converged} />
            </hx-partial>
          </>
        )}
      <title>{title}</title>
    </>
  );
}

function Results(props: ResultsProps) {
  const { total, rows, heads, page, size, csA, pageHref } = props;
  return (
    <section id="results" class="results" aria-label="Results">
      <div id="filter-errors" role="alert"></div>
      <div class="toolbar">
        <Count {...props} />
        {props.collapse && <Collapse {...props.collapse} />}
        <UnitSwitch {...props.units} target="#results" />
      </div>
      <Chips chips={props.chips} clearHref={props.clearHref} />
      {total === 0
        ? <Relaxations relaxations={props.relaxations} />
        : rows.length === 0
        ? <PastTheEnd href={pageHref(1)} />
        : (
          <>
            <RunsTable
              {...{ heads, rows, csA, spectra: props.spectra }}
              {...props.basket}
            />
            {csA && <AboutUnits />}
          </>
        )}
      <Pagination
        page={page}
        pages={Math.ceil(total / size)}
        href={pageHref}
        target="#results"
      />
      <Foot {...props} />
      <BasketBar {...props.basket} />
    </section>
  );
}

function Count(props: ResultsProps) {
  const { total, estimated, page, size, rows } = props;
  const from = (page - 1) * size + 1;
  return (
    <p id="count" role="status" tabindex={-1}>
      {rows.length > 0 && rows.length < total
        ? `${count(from)}–${count(from + rows.length - 1)} of ${rowsIn(props)}`
        : rowsIn(props)}
      {estimated && (
        <span class="muted">
          {" "}(counts are estimated from a part of the catalogue)
        </span>
      )}
    </p>
  );
}

function PastTheEnd({ href }: { href: string }) {
  return (
    <p>
      There is nothing on this page. <a href={href}>Go to the first one</a>
    </p>
  );
}
