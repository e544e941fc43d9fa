import { z } from "zod";
import { PUBLIC_COLUMNS } from "../../physics/columns.ts";
import {
  type InputCondition,
  parseInputCondition,
} from "../../physics/input_condition.ts";
import { UNIT_SYSTEMS } from "../../physics/units.ts";
import type { Like } from "./query.ts";

/** Runs that a page may hold. */
export const PAGE_SIZES = [25, 50, 100] as const;
const MAX_PAGE = 1_000_000;
const MAX_TEXT_LENGTH = 200;

// A NUL cannot be stored in Postgres and is refused by it.
const Plain = z.string().refine(
  (v) => !v.includes("\0"),
  "must not contain a NUL character",
);
/** A short text. */
export const Word = Plain.max(
  MAX_TEXT_LENGTH,
  `must have at most ${MAX_TEXT_LENGTH} characters`,
);
/** Words of free text, one space between; null for none. */
export const Text = Word.transform((v) => v.trim().replaceAll(/\s+/g, " "))
  .transform((
    v,
  ) => v === "" ? null : v);
/** A run's number, a MongoDB id or the beginning of one. */
export const Id = z.string().trim().toLowerCase().regex(
  /^(\d{1,15}|[0-9a-f]{6,24})$/,
  "must be a run's number, a MongoDB id of 24 hex digits, or at least its first 6",
);
/** A bound of a range, long enough for every double as programs print it. */
export const Bound = z.string().trim().regex(
  /^[+-]?(\d{1,25}(\.\d{0,25})?|\.\d{1,25})([eE][+-]?\d{1,3})?$/,
  "must be a number such as 2.5 or 1e-3",
).transform(Number).pipe(
  z.number("must be a number that is not too large"),
);
/** A whole number, as text. */
export const Whole = z.string().regex(/^-?\d{1,9}$/, "must be a whole number");
/** The run to compare with. */
export const LikeRun = z.string().regex(
  /^[1-9]\d{0,14}$/,
  "must be a run's number",
)
  .transform((v): Like => ({ id: Number(v), near: null }));
/** A box that is ticked. */
export const Tick = z.literal("1", "must be 1");
/** Yes or no. */
export const YesNo = z.enum(["yes", "no"], "must be yes or no").transform((v) =>
  v === "yes"
);
/** A condition on the input file. */
export const Input = Plain.transform((text, ctx): InputCondition => {
  const condition = parseInputCondition(text);
  if (typeof condition !== "string") return condition;
  ctx.addIssue({ code: "custom", message: condition });
  return z.NEVER;
});
/** Kinds of runs. */
export const Kind = z.enum(
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
/** One of {@linkcode HAS}. */
export const Has = z.enum(HAS, `must be one of ${HAS.join(", ")}`);
const ColumnKey = z.string().refine(
  (v) => PUBLIC_COLUMNS.some((c) => c.key === v),
  "must name a column of the catalogue",
);
/** A column to sort by, `-` before it for descending. */
export const SortBy = z.string().transform((v) => ({
  column: v.replace(/^-/, ""),
  descending: v.startsWith("-"),
})).pipe(z.object({ column: ColumnKey, descending: z.boolean() }));
/** The number of a page. */
export const Page = z.string().regex(
  /^[1-9]\d{0,6}$/,
  "must be a whole number from 1",
)
  .transform(Number).pipe(
    z.number().max(MAX_PAGE, `must be at most ${MAX_PAGE}`),
  );
/** Runs on a page. */
export const Size = z.enum(PAGE_SIZES.map(String), "must be 25, 50 or 100")
  .transform(
    (v) => PAGE_SIZES.find((size) => String(size) === v)!,
  );
/** What rows are collapsed by. */
export const Collapse = z.literal("spectrum", "must be spectrum");
/** A system of units. */
export const Units = z.enum(
  UNIT_SYSTEMS,
  `must be one of ${UNIT_SYSTEMS.join(", ")}`,
);
