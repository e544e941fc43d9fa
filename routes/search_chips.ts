import type { Chip } from "../components/runs_chips.tsx";
import { searchAddress } from "../db/runs/address.ts";
import type { Range, RunFilter, RunQuery } from "../db/runs/query.ts";
import { type Column, column } from "../physics/columns.ts";
import { plainSymbol, symbol } from "../physics/symbol.ts";
import { GRADIENTS, UNITS } from "../physics/units.ts";

/** A filter in force and the search without it. */
export interface Removable extends Chip {
  without: RunQuery;
}

/** What a chip says, and what its search leaves out. */
interface Part {
  without: Partial<RunFilter>;
  before?: string;
  key?: string;
  after?: string;
}

/** Every filter of a search, one by one. */
export function chipsOf(query: RunQuery): Removable[] {
  return [...partsOf(query)].map(({ without, before, key, after }) => {
    const rest = { ...query, ...without, page: null };
    return {
      before: before ?? "",
      column: key === undefined ? null : column(key)!,
      after: after ?? "",
      href: searchAddress(rest),
      without: rest,
    };
  });
}

function* partsOf(query: RunQuery): Generator<Part> {
  const { text, id, facets, ranges, flags, inputs, has } = query;
  if (text) yield { without: { text: null }, before: `text: ${text}` };
  if (id) yield { without: { id: null }, before: `id: ${id}` };
  for (const [key, values] of facets) {
    for (const value of values) {
      const without = { facets: withoutValue(facets, key, value) };
      yield { without, before: `${column(key)!.label}: ${value}` };
    }
  }
  for (const [key, range] of ranges) {
    const without = { ranges: withoutKey(ranges, key) };
    yield { without, key, ...rangeText(range, column(key)!) };
  }
  for (const [key, value] of flags) {
    const without = { flags: withoutKey(flags, key) };
    yield { without, before: `${column(key)!.label}: ${value ? "yes" : "no"}` };
  }
  for (const { text } of inputs) {
    const without = { inputs: inputs.filter((i) => i.text !== text) };
    yield { without, before: `input: ${text}` };
  }
  if (query.like) {
    yield { without: { like: null }, before: `like run ${query.like.id}` };
  }
  for (const value of has) {
    const without = { has: has.filter((v) => v !== value) };
    yield { without, before: `has ${value.replaceAll("_", " ")}` };
  }
}

/** A search without any filter; order, size and columns stay. */
export function unfiltered(query: RunQuery): RunQuery {
  return {
    ...query,
    text: null,
    id: null,
    facets: new Map(),
    ranges: new Map(),
    flags: new Map(),
    inputs: [],
    has: [],
    like: null,
    page: null,
  };
}

function rangeText({ min, max, any, abs, cs_a }: Range, { unit }: Column) {
  const switched = unit === "gradient" ? GRADIENTS.cs_a : UNITS[unit].cs_a;
  const inUnit = cs_a ? ` in ${plainSymbol(symbol(switched ?? ""))}` : "";
  const bar = abs ? "|" : "";
  const from = min === null ? "" : `${min} ≤ `;
  const to = max === null ? "" : ` ≤ ${max}`;
  return {
    before: `${from}${bar}`,
    after: `${bar}${to}${inUnit}${any ? " or none" : ""}`,
  };
}

function withoutKey<T>(map: Map<string, T>, key: string): Map<string, T> {
  return new Map([...map].filter(([k]) => k !== key));
}

function withoutValue(
  facets: Map<string, string[]>,
  key: string,
  value: string,
): Map<string, string[]> {
  const values = facets.get(key)!.filter((v) => v !== value);
  return values.length === 0
    ? withoutKey(facets, key)
    : new Map(facets).set(key, values);
}
