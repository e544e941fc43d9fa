import type postgres from "postgres";
import { column } from "../../physics/columns.ts";
import type { InputCondition } from "../../physics/input_condition.ts";
import { sql } from "../sql.ts";
import { quantity } from "./quantity.ts";
import type { Like, Range, RunFilter } from "./query.ts";

/** A piece of SQL with its values. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

const ID_LENGTH = 24;
const MIN_PREFIX = 6;
/**
 * How a condition on texts and inputs is best asked: by its index, for what few runs have; run by run in the order of the rows, for what
 * many have; or as Postgres thinks, which takes any word for rare.
 */
export type Way = "gather" | "walk" | "any";

const COMPARISONS = { "<": sql`<`, ">": sql`>`, ":": sql`=` };

/** The condition that a filter stands for; hidden runs never match. `except`: key of a column whose own filter is left out. */
export function where(
  filter: RunFilter,
  except?: string,
  way: Way = "any",
): Fragment {
  const wanted = (entry: [string, unknown]) => entry[0] !== except;
  const conditions = [
    ...(filter.text?.split(" ") ?? []).map((word) => hasWord(word, way)),
    ...(filter.id === null ? [] : [hasId(filter.id)]),
    ...[...filter.facets].filter(wanted).map(([k, v]) => isOneOf(k, v)),
    ...[...filter.ranges].filter(wanted).map(([k, r]) => isWithin(k, r)),
    ...[...filter.flags].filter(wanted).map(([k, v]) => sql`${sql(k)} = ${v}`),
    ...filter.inputs.map((condition) => hasInput(condition, way)),
    ...(filter.like === null ? [] : [isNear(filter.like)]),
    ...(filter.has.length > 0 ? [sql`"has" @> ${filter.has}::text[]`] : []),
  ];
  return conditions.reduce(
    (all, one) => sql`${all} and ${one}`,
    sql`hidden_at is null`,
  );
}

/** Text that holds the word somewhere, whatever the case. Postgres takes a comparison for met by many rows, so that it walks. */
function hasWord(word: string, way: Way): Fragment {
  if (way === "walk") return sql`strpos(search_text, lower(${word})) > 0`;
  const pattern = `%${word.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return sql`search_text like lower(${pattern})`;
}

/**
 * By the numbers of all values that meet the condition (0011_run_inputs.sql): one by one where they may be many, since a GIN index asked
 * for 20,000 at once takes 14 s.
 */
function hasInput(
  { name, operator, value }: InputCondition,
  way: Way,
): Fragment {
  const meets = typeof value === "string"
    ? sql`v.word = ${value}`
    : sql`v.number ${COMPARISONS[operator]} ${value}::float8`;
  const values = sql`input_names n join input_values v on v.name_id = n.id`;
  const isWanted = sql`${name} = any(n.aliases) and ${meets}`;
  const numbers = sql`array(select v.id from ${values} where ${isWanted})`;
  if (way === "gather") return sql`inputs && ${numbers}`;
  if (way === "walk") {
    return sql`exists (select from unnest(inputs) i where i = any(${numbers}))`;
  }
  return sql`id in (
    select r.id from ${values} join runs r on r.inputs @> array[v.id] where ${isWanted})`;
}

function hasId(id: string): Fragment {
  if (id.length === ID_LENGTH) return sql`source_id = ${id}`;
  const begins = sql`source_id like ${`${id}%`}`;
  if (!/^\d+$/.test(id)) return begins;
  const isNumber = sql`id = ${id}::bigint`;
  return id.length < MIN_PREFIX ? isNumber : sql`(${isNumber} or ${begins})`;
}

function isNear({ near }: Like): Fragment {
  if (near === null) throw new Error("The nearest runs were not looked up");
  return sql`id = any(${near.map((n) => n.id)}::bigint[])`;
}

function isOneOf(key: string, values: string[]): Fragment {
  const { kind } = column(key)!;
  if (kind === "list") return sql`${sql(key)} && ${values}::text[]`;
  if (kind === "int") {
    return sql`${sql(key)} = any(${values.map(Number)}::int[])`;
  }
  return sql`${sql(key)} = any(${values}::text[])`;
}

function isWithin(key: string, range: Range): Fragment {
  if (key === "ky") return hasWavenumber(range);
  const name = quantity(key, range.cs_a);
  const within = isBetween(range.abs ? sql`abs(${name})` : name, range);
  return range.any ? sql`(${within} or ${name} is null)` : within;
}

/** A document with many wavevectors is found by any of them, though its row shows only the dominant one. */
function hasWavenumber(range: Range): Fragment {
  const within = sql`exists (select from unnest(ky_values) k where ${
    isBetween(sql`k`, range)
  })`;
  return range.any
    ? sql`(${within} or coalesce(cardinality(ky_values), 0) = 0)`
    : within;
}

/** Pieces of SQL with commas between. */
export function listed(pieces: Fragment[]): Fragment {
  return pieces.reduce((a, b) => sql`${a}, ${b}`);
}

function isBetween(value: Fragment, { min, max }: Range): Fragment {
  const from = sql`${value} >= ${min}::float8`;
  const to = sql`${value} <= ${max}::float8`;
  return min === null ? to : max === null ? from : sql`${from} and ${to}`;
}
