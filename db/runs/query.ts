import { z } from "zod";
import { column, PUBLIC_COLUMNS } from "../../physics/columns.ts";
import {
  type InputCondition,
  parseInputCondition,
} from "../../physics/input_condition.ts";
import {
  isSwitched,
  UNIT_SYSTEMS,
  type UnitSystem,
} from "../../physics/units.ts";
import { Params, RawParams } from "./params.ts";
import {
  FACET_COLUMNS,
  facetParameter,
  FLAG_COLUMNS,
  RANGE_COLUMNS,
} from "./searchable.ts";

export const PAGE_SIZES = [25, 50, 100] as const;
const MAX_PAGE = 1_000_000;
const MAX_TEXT_LENGTH = 200;
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

// A NUL cannot be stored in Postgres and is refused by it.
const Plain = z.string().refine(
  (v) => !v.includes("\0"),
  "must not contain a NUL character",
);
const Word = Plain.max(
  MAX_TEXT_LENGTH,
  `must have at most ${MAX_TEXT_LENGTH} characters`,
);
const Text = Word.transform((v) => v.trim().replaceAll(/\s+/g, " ")).transform((
  v,
) => v === "" ? null : v);
const Id = z.string().trim().toLowerCase().regex(
  /^(\d{1,15}|[0-9a-f]{6,24})$/,
  "must be a run's number, a MongoDB id of 24 hex digits, or at least its first 6",
);
// Long enough for every double as programs print it.
const Bound = z.string().trim().regex(
  /^[+-]?(\d{1,25}(\.\d{0,25})?|\.\d{1,25})([eE][+-]?\d{1,3})?$/,
  "must be a number such as 2.5 or 1e-3",
).transform(Number).pipe(
  z.number("must be a number that is not too large"),
);
const Whole = z.string().regex(/^-?\d{1,9}$/, "must be a whole number");
const LikeRun = z.string().regex(/^[1-9]\d{0,14}$/, "must be a run's number")
  .transform((v): Like => ({ id: Number(v), near: null }));
const Tick = z.literal("1", "must be 1");
const YesNo = z.enum(["yes", "no"], "must be yes or no").transform((v) =>
  v === "yes"
);
const Input = Plain.transform((text, ctx): InputCondition => {
  const condition = parseInputCondition(text);
  if (typeof condition !== "string") return condition;
  ctx.addIssue({ code: "custom", message: condition });
  return z.NEVER;
});
const Kind = z.enum(
  ["linear", "nonlinear", "quasilinear"],
  "must be linear, nonlinear or quasilinear",
);
/** What a run can be asked to have. */
export const HAS = [
  "plots",
  "diagnostics",
  "time_trace",
  "spectrum",
  "mode_structure",
] as const;
const Has = z.enum(HAS, `must be one of ${HAS.join(", ")}`);
const ColumnKey = z.string().refine(
  (v) => PUBLIC_COLUMNS.some((c) => c.key === v),
  "must name a column of the catalogue",
);
const SortBy = z.string().transform((v) => ({
  column: v.replace(/^-/, ""),
  descending: v.startsWith("-"),
})).pipe(z.object({ column: ColumnKey, descending: z.boolean() }));
const Page = z.string().regex(/^[1-9]\d{0,6}$/, "must be a whole number from 1")
  .transform(Number).pipe(
    z.number().max(MAX_PAGE, `must be at most ${MAX_PAGE}`),
  );
const Size = z.enum(PAGE_SIZES.map(String), "must be 25, 50 or 100").transform(
  (v) => PAGE_SIZES.find((size) => String(size) === v)!,
);
const Collapse = z.literal("spectrum", "must be spectrum");
const Units = z.enum(
  UNIT_SYSTEMS,
  `must be one of ${UNIT_SYSTEMS.join(", ")}`,
);

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
