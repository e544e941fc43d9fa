import { z } from "zod";
import { column, PUBLIC_COLUMNS } from "../../physics/columns.ts";
import type { InputCondition } from "../../physics/input_condition.ts";
import { isSwitched, type UnitSystem } from "../../physics/units.ts";
import { Params, RawParams } from "./params.ts";
import {
  Bound,
  Collapse,
  Has,
  Id,
  Input,
  Kind,
  LikeRun,
  Page,
  PAGE_SIZES,
  Size,
  SortBy,
  Text,
  Tick,
  Units,
  Whole,
  Word,
  YesNo,
} from "./query_fields.ts";
import {
  FACET_COLUMNS,
  facetParameter,
  FLAG_COLUMNS,
  RANGE_COLUMNS,
} from "./searchable.ts";

const MAX_VALUES = 50;
const MAX_INPUTS = 10;

/** Bounds of one numeric column; null = open. */
export interface Range {
  min: number | null;
  max: number | null;
  /** Runs without a value match, too. */
  any: boolean;
  /** The bounds are for |x|. */
  abs: boolean;
  /** The bounds are in c_s and a instead of as stored: runs whose a/R0 is unknown have no value then. */
  cs_a: boolean;
}

/** A run to compare with, and the runs nearest to it in physics, nearest first; null until they were looked up (db/runs/like.ts). */
export interface Like {
  id: number;
  near: { id: number; distance: number }[] | null;
}

/** Which runs are wanted. Keys of the maps are column keys. */
export interface RunFilter {
  text: string | null;
  /** Catalogue number, MongoDB id or the beginning of one (6 digits at least). */
  id: string | null;
  /** Any of the values. */
  facets: Map<string, string[]>;
  ranges: Map<string, Range>;
  flags: Map<string, boolean>;
  /** Of the input file; all of these must hold. */
  inputs: InputCondition[];
  /** All of these must hold. */
  has: string[];
  /** Only runs of like physics. */
  like: Like | null;
}

export interface Sort {
  column: string;
  descending: boolean;
}

/** A search: which runs, in which order, and which part of them. */
export interface RunQuery extends RunFilter {
  sort: Sort;
  /** Null when not given: the first page of a page, all rows of an export. */
  page: number | null;
  size: (typeof PAGE_SIZES)[number];
  /** Columns to show; null = those that suit the kind. */
  cols: string[] | null;
  /** How pages show values and label bounds that are typed next; says nothing about which runs are meant. */
  units: UnitSystem;
  /** One row for all runs of a spectrum: the one with the largest growth rate. */
  collapse: boolean;
}

/** Newest first. */
export const DEFAULT_SORT: Sort = { column: "uploaded_at", descending: true };

/**
 * One column of a search holds runs with and without a/R0, and is sorted and bounded as stored: c_s/a on request keeps it in one unit.
 * The page of a single run shows both.
 */
export const DEFAULT_UNITS: UnitSystem = "stored";

/** The parameters of /runs. Unknown names and malformed values are refused by name; empty values count as absent. */
export const RunQuery = RawParams.transform((raw, ctx): RunQuery => {
  const params = new Params(raw, ctx);
  const query = {
    text: params.one("text", Text),
    id: params.one("id", Id),
    facets: readFacets(params),
    ranges: readRanges(params),
    flags: readFlags(params),
    inputs: readInputs(params),
    has: params.list("has", Has),
    like: params.one("like", LikeRun),
    sort: params.one("sort", SortBy) ?? DEFAULT_SORT,
    page: params.one("page", Page),
    size: params.one("size", Size) ?? PAGE_SIZES[0],
    cols: readColumns(params),
    units: params.one("units", Units) ?? DEFAULT_UNITS,
    collapse: params.one("collapse", Collapse) !== null,
  };
  if (query.collapse && query.like) {
    params.refuse("collapse", "cannot be combined with like");
  }
  params.refuseRest();
  return query;
});

/** Reads a search from a query string, as {@linkcode RunQuery} reads it from a request. */
export function parseQueryString(
  text: string,
): z.ZodSafeParseResult<RunQuery> {
  const params = new URLSearchParams(text);
  const raw = [...new Set(params.keys())].map((k) => [k, params.getAll(k)]);
  return RunQuery.safeParse(Object.fromEntries(raw));
}

function readFacets(params: Params): Map<string, string[]> {
  const facets = new Map<string, string[]>();
  for (const { key, kind } of FACET_COLUMNS) {
    const name = facetParameter(key);
    const schema = key === "kind" ? Kind : kind === "int" ? Whole : Word;
    const values = params.list<string>(name, schema);
    if (values.length > MAX_VALUES) {
      params.refuse(name, `has more than ${MAX_VALUES} values`);
    }
    if (values.length > 0) facets.set(key, values);
  }
  return facets;
}

function readRanges(params: Params): Map<string, Range> {
  const ranges = new Map<string, Range>();
  for (const { key, signed, unit } of RANGE_COLUMNS) {
    const range = {
      min: params.one(`${key}_min`, Bound),
      max: params.one(`${key}_max`, Bound),
      any: params.one(`${key}_any`, Tick) !== null,
      abs: signed && params.one(`${key}_abs`, Tick) !== null,
      cs_a: isSwitched(unit) && params.one(`${key}_cs_a`, Tick) !== null,
    };
    const { min, max } = range;
    if (min !== null && max !== null && min > max) {
      params.refuse(`${key}_min`, `${min} is larger than ${key}_max, ${max}`);
    }
    if (min !== null || max !== null) ranges.set(key, range);
  }
  return ranges;
}

function readFlags(params: Params): Map<string, boolean> {
  const flags = new Map<string, boolean>();
  for (const { key } of FLAG_COLUMNS) {
    const value = params.one(key, YesNo);
    if (value !== null) flags.set(key, value);
  }
  return flags;
}

function readInputs(params: Params): InputCondition[] {
  const inputs = params.list("input", Input);
  if (inputs.length > MAX_INPUTS) {
    params.refuse("input", `is given more than ${MAX_INPUTS} times`);
  }
  return inputs;
}

/** `cols=q,gamma` as well as `cols=q&cols=gamma`, which a form sends; in the order of the catalogue. */
function readColumns(params: Params): string[] | null {
  const picked = params.list("cols", z.string()).flatMap((v) => v.split(","));
  for (const key of picked) {
    if (!column(key)?.public) {
      params.refuse("cols", `${key} is not a column of the catalogue`);
    }
  }
  if (picked.length === 0) return null;
  return PUBLIC_COLUMNS.map((c) => c.key).filter((key) => picked.includes(key));
}
