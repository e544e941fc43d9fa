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
import { ColumnPicker, type ColumnPickerProps } from "./runs_picker.tsx";
import { type Head, RunsTable } from "./runs_table.tsx";
import { about, count, plural } from "./format.ts";
import type { UnitSystem } from "../physics/units.ts";
import { symbol } from "../physics/symbol.ts";
import { Sym } from "./symbol.tsx";
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
  units: { units: UnitSystem; href: string; selected: boolean }[];
  csA: boolean;
  chips: Chip[];
  clearHref: string;
  /** What would be found without one of the filters; only when nothing was found. */
  relaxations: Relaxation[];
  picker: ColumnPickerProps;
  csvHref: string;
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
        <Units units={props.units} />
      </div>
      <Chips chips={props.chips} clearHref={props.clearHref} />
      {total === 0
        ? <Relaxations relaxations={props.relaxations} />
        : rows.length === 0
        ? <PastTheEnd href={pageHref(1)} />
        : (
          <>
            <RunsTable heads={heads} rows={rows} csA={csA} {...props.basket} />
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

function Count({ total, estimated, page, size, rows }: ResultsProps) {
  const from = (page - 1) * size + 1;
  return (
    <p id="count" role="status" tabindex={-1}>
      {rows.length > 0 && rows.length < total
        ? `${count(from)}–${count(from + rows.length - 1)} of ${
          runsIn(total, estimated)
        }`
        : plural(total, "run")}
      {estimated && (
        <span class="muted">
          {" "}(counts are estimated from a part of the catalogue)
        </span>
      )}
    </p>
  );
}

const UNIT_WORDS: Record<UnitSystem, string> = {
  stored: "v_{ref}/R_0",
  cs_a: "c_s/a",
};

/** The switch of units: what is shown, never which runs are found. */
function Units({ units }: Pick<ResultsProps, "units">) {
  return (
    <p class="sizes">
      <a href="/getting-started#units">Units</a>:
      {units.map(({ units, href, selected }) => (
        <a
          id={`units-${units}`}
          href={href}
          hx-get={href}
          hx-target="#results"
          aria-current={selected ? "true" : undefined}
        >
          <Sym parts={symbol(UNIT_WORDS[units])} />
        </a>
      ))}
    </p>
  );
}

function AboutUnits() {
  return (
    <p class="hint">
      A unit beside a value: <Sym parts={symbol("a/R_0")} />{" "}
      of that run is not known, so it stays as stored. Rows are sorted, and
      exported, by the stored values.
    </p>
  );
}

function runsIn(total: number, estimated: boolean): string {
  return estimated ? `about ${about(total)} runs` : plural(total, "run");
}

function PastTheEnd({ href }: { href: string }) {
  return (
    <p>
      There is nothing on this page. <a href={href}>Go to the first one</a>
    </p>
  );
}

function Foot(
  { total, estimated, sizes, picker, csvHref, jsonHref, downloadHref }:
    ResultsProps,
) {
  return (
    <div class="toolbar">
      <Sizes sizes={sizes} />
      <ColumnPicker {...picker} />
      {total > 0 && (
        <p>
          Export all {runsIn(total, estimated)}:{" "}
          <a href={csvHref} download>CSV</a>, <a href={jsonHref}>JSON</a>
        </p>
      )}
      {total > 0 && downloadHref !== null && (
        <p>
          <a class="button" href={downloadHref}>
            Download {total === 1
              ? "this run"
              : `these ${estimated ? about(total) : count(total)} runs`}
          </a>
        </p>
      )}
    </div>
  );
}

function Sizes({ sizes }: Pick<ResultsProps, "sizes">) {
  return (
    <p class="sizes">
      Rows a page:
      {sizes.map(({ size, href, selected }) => (
        <a
          id={`size-${size}`}
          href={href}
          hx-get={href}
          hx-target="#results"
          aria-current={selected ? "true" : undefined}
        >
          {size}
        </a>
      ))}
    </p>
  );
}
