import type { Facet } from "../components/runs_facets.tsx";
import type { HistogramProps } from "../components/runs_histogram.tsx";
import type {
  ConvergedProps,
  FilterFormProps,
} from "../components/runs_form.tsx";
import type { RangeField } from "../components/runs_ranges.tsx";
import { queryPairs, searchAddress } from "../db/runs/address.ts";
import type { FacetCount } from "../db/runs/facets.ts";
import type { RunQuery } from "../db/runs/query.ts";
import { HAS } from "../db/runs/query_fields.ts";
import {
  FACET_COLUMNS,
  facetParameter,
  FLAG_COLUMNS,
  RANGE_COLUMNS,
} from "../db/runs/searchable.ts";
import { type Column, column } from "../physics/columns.ts";
import { isSwitched } from "../physics/units.ts";
import { unfiltered } from "./search_chips.ts";

/** Ranges that people ask for most, in the order of the form. */
export const MAIN_RANGES = [
  "q",
  "s_hat",
  "r_over_R",
  "ky",
  "gamma",
  "omega",
  "RLTi",
  "RLTe",
  "RLne",
  "beta_e",
];

/** Of the column `convergence`, in the order of addresses. */
const CONVERGED = ["solver", "yes"];

/** The filters as they stand, each with what can be chosen. */
export function filterForm(
  query: RunQuery,
  counts: Map<string, FacetCount[]>,
  { histograms, sample }: {
    histograms: HistogramProps[];
    sample: number | null;
  },
): FilterFormProps {
  const field = (c: Column) => ({
    ...rangeField(query, c),
    histogram: histograms.find((h) => h.column === c) ?? null,
  });
  const rest = RANGE_COLUMNS.filter((c) => !MAIN_RANGES.includes(c.key));
  return {
    text: query.text ?? "",
    id: query.id ?? "",
    inputs: query.inputs.map(({ text }) => text),
    facets: FACET_COLUMNS.map((c) => facet(query, c, counts.get(c.key) ?? []))
      .filter((f) => f.options.length > 0),
    ranges: MAIN_RANGES.map((key) => field(column(key)!)),
    moreRanges: rest.map(field),
    sample,
    converged: convergedOnly(query, counts.get("convergence") ?? []),
    flags: FLAG_COLUMNS.map((c) => {
      const value = query.flags.get(c.key);
      return {
        column: c,
        value: value === undefined ? "" : value ? "yes" : "no",
      };
    }),
    has: HAS.map((value) => ({
      value,
      label: value.replaceAll("_", " "),
      selected: query.has.includes(value),
    })),
    hidden: queryPairs({ ...unfiltered(query) }),
  };
}

/** Are the bounds of a column in c_s and a? A filter keeps the units it was written in; the switch is for the next ones. */
export function isInCsA(query: RunQuery, { key, unit }: Column): boolean {
  return query.ranges.get(key)?.cs_a ??
    (query.units === "cs_a" && isSwitched(unit));
}

/** Chosen values that no run has are listed, too: they must be possible to take back. */
function facet(query: RunQuery, c: Column, counts: FacetCount[]): Facet {
  const chosen = query.facets.get(c.key) ?? [];
  const known = new Set(counts.map(({ value }) => value));
  const unknown = chosen.filter((v) => !known.has(v));
  return {
    column: c,
    name: facetParameter(c.key),
    options: [...counts, ...unknown.map((value) => ({ value, count: 0 }))]
      .map((o) => ({ ...o, selected: chosen.includes(o.value) })),
  };
}

/** The switch between all runs and those whose growth rates are converged or come from a solver. */
function convergedOnly(query: RunQuery, counts: FacetCount[]): ConvergedProps {
  const chosen = query.facets.get("convergence") ?? [];
  const isOn = chosen.length === CONVERGED.length &&
    CONVERGED.every((v) => chosen.includes(v));
  const facets = new Map(query.facets);
  if (isOn) facets.delete("convergence");
  else facets.set("convergence", CONVERGED);
  const countOf = (value: string) =>
    counts.find((c) => c.value === value)?.count ?? 0;
  return {
    isOn,
    href: searchAddress({ ...query, facets, page: null }),
    unknown: countOf("unknown"),
    no: countOf("no"),
  };
}

function rangeField(
  query: RunQuery,
  c: Column,
): Omit<RangeField, "histogram"> {
  const range = query.ranges.get(c.key);
  return {
    column: c,
    min: range?.min == null ? "" : String(range.min),
    max: range?.max == null ? "" : String(range.max),
    csA: isInCsA(query, c),
    any: range?.any ?? false,
    abs: range?.abs ?? false,
  };
}
