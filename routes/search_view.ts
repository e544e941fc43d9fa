import type { SearchProps } from "../components/runs.tsx";
import type { Head } from "../components/runs_table.tsx";
import { queryPairs, queryString, searchAddress } from "../db/runs/address.ts";
import type { Counts } from "../db/runs/facets.ts";
import type { SpectrumSummary } from "../db/runs/collapse.ts";
import type { Histogram } from "../db/runs/histograms.ts";
import type { RunRow } from "../db/runs/list.ts";
import {
  DEFAULT_SORT,
  DEFAULT_UNITS,
  type RunQuery,
} from "../db/runs/query.ts";
import { PAGE_SIZES } from "../db/runs/query_fields.ts";
import { DISTANCE, roundDistance } from "../physics/distance.ts";
import { column, PUBLIC_COLUMNS } from "../physics/columns.ts";
import { chipsOf, unfiltered } from "./search_chips.ts";
import { filterForm } from "./search_form.ts";
import { histogramViews } from "./search_histograms.ts";

/** Columns that suit the runs that were asked for, in this order. */
const USUAL = {
  linear: [
    "code",
    "ky",
    "gamma",
    "omega",
    "q",
    "s_hat",
    "r_over_R",
    "RLTi",
    "RLTe",
    "RLne",
    "beta_e",
    "folder",
    "uploaded_at",
  ],
  nonlinear: [
    "code",
    "kind",
    "Q_i",
    "Q_e",
    "G_e",
    "saturated",
    "q",
    "s_hat",
    "r_over_R",
    "RLTi",
    "RLTe",
    "RLne",
    "beta_e",
    "folder",
    "uploaded_at",
  ],
  mixed: [
    "kind",
    "code",
    "ky",
    "gamma",
    "omega",
    "Q_i",
    "Q_e",
    "q",
    "s_hat",
    "r_over_R",
    "RLTi",
    "RLTe",
    "beta_e",
    "folder",
    "uploaded_at",
  ],
};
/** Largest first is what people want of these; words and times aside, the rest starts with the smallest. */
const DESCENDING_FIRST = [
  "uploaded_at",
  "updated_at",
  "gamma",
  "Q_i",
  "Q_e",
  "G_e",
  "bytes",
];

/** What the database found for a search. */
export interface Found extends Counts {
  histograms: Map<string, Histogram>;
  /** By number of the run; null unless spectra are collapsed. */
  spectra: Map<number, SpectrumSummary> | null;
  rows: RunRow[];
  /** Numbers of the picked runs. */
  picked: number[];
  /** Totals without each of the chips; empty unless nothing was found. */
  relaxed: Pick<Counts, "total" | "estimated">[];
}

/** Keys of the columns a search shows. */
export function shownColumns(query: RunQuery): string[] {
  if (query.cols) return query.cols;
  const kinds = query.facets.get("kind") ?? [];
  if (kinds.length === 0) return USUAL.mixed;
  if (kinds.every((k) => k === "linear")) return USUAL.linear;
  return kinds.includes("linear") ? USUAL.mixed : USUAL.nonlinear;
}

/** All that the search page draws, each link with its address. */
export function searchView(query: RunQuery, found: Found): SearchProps {
  const { total, estimated, rows, facets } = found;
  const page = query.page ?? 1;
  const first = { ...query, page: null };
  const chips = chipsOf(query);
  return {
    form: filterForm(
      query,
      facets,
      {
        histograms: histogramViews(query, found.histograms),
        sample: [...found.histograms.values()][0]?.sample ?? null,
      },
    ),
    results: {
      total,
      estimated,
      rows: withDistances(query, rows),
      heads: [
        ...(query.like ? [distanceHead(query)] : []),
        ...shownColumns(query).map((key) => head(query, key)),
      ],
      basket: { picked: found.picked, here: searchAddress(query) },
      page,
      size: query.size,
      pageHref: (n) => searchAddress({ ...query, page: n }),
      sizes: PAGE_SIZES.map((size) => ({
        size,
        href: searchAddress({ ...first, size }),
        selected: size === query.size,
      })),
      units: {
        asked: query.units,
        href: (units) => searchAddress({ ...query, units }),
      },
      csA: query.units === "cs_a",
      spectra: found.spectra,
      collapse: query.like ? null : {
        href: searchAddress({ ...first, collapse: !query.collapse }),
        isOn: query.collapse,
      },
      chips,
      clearHref: searchAddress(unfiltered(query)),
      relaxations: found.relaxed.map(({ total, estimated }, i) => ({
        chip: chips[i]!,
        total,
        estimated,
      })).filter((r) => r.total > 0),
      picker: {
        columns: PUBLIC_COLUMNS.filter((c) => c.key !== "id"),
        shown: shownColumns(query),
        hidden: queryPairs({ ...first, cols: null }),
        resetHref: searchAddress({ ...query, cols: null }),
      },
      exploreHref: searchAddress(
        { ...exported(query), collapse: false },
        "/explore",
      ),
      csvHref: searchAddress(exported(query), "/runs.csv"),
      jsonHref: searchAddress(exported(query), "/runs.json"),
      downloadHref: downloadHref(query, found),
    },
  };
}

/** A search by likeness is no query that could be asked again later, so its runs are named; null where they are too many to be. */
function downloadHref(query: RunQuery, { total, rows }: Found): string | null {
  const near = query.like?.near ?? null;
  if (near === null) {
    return `/downloads/new?${new URLSearchParams({
      query: queryString({ ...exported(query), collapse: false }),
    })}`;
  }
  const named = total === near.length ? near : rows;
  if (total > named.length) return null;
  return `/downloads/new?${new URLSearchParams(
    named.map(({ id }) => ["run", String(id)]),
  )}`;
}

function withDistances(query: RunQuery, rows: RunRow[]): RunRow[] {
  if (!query.like?.near) return rows;
  const distances = new Map(
    query.like.near.map((n) => [n.id, roundDistance(n.distance)]),
  );
  return rows.map((row) => ({
    ...row,
    [DISTANCE.key]: distances.get(row.id) ?? null,
  }));
}

function distanceHead(query: RunQuery): Head {
  const sort = DEFAULT_SORT;
  return {
    column: DISTANCE,
    href: searchAddress({ ...query, page: null, sort }),
    sorted: query.sort === DEFAULT_SORT ? "ascending" : null,
  };
}

/** The same runs without what only concerns the page. */
function exported(query: RunQuery): RunQuery {
  return {
    ...query,
    page: null,
    size: PAGE_SIZES[0],
    cols: null,
    units: DEFAULT_UNITS,
  };
}

function head(query: RunQuery, key: string): Head {
  const { sort } = query;
  const isSorted = sort.column === key &&
    !(query.like && sort === DEFAULT_SORT);
  const descending = isSorted
    ? !sort.descending
    : DESCENDING_FIRST.includes(key);
  return {
    column: column(key)!,
    href: searchAddress({
      ...query,
      page: null,
      sort: { column: key, descending },
    }),
    sorted: isSorted ? (sort.descending ? "descending" : "ascending") : null,
  };
}

/** The title of a search in the browser's tab. */
export function searchTitle(query: RunQuery): string {
  const kinds = query.facets.get("kind") ?? [];
  const isPlain = query.sort.column === DEFAULT_SORT.column;
  const what = kinds.length === 1 ? `${kinds[0]} runs` : "runs";
  return `Search ${what}${isPlain ? "" : ` by ${query.sort.column}`}`;
}
