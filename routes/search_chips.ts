import type { Chip } from "../components/runs_chips.tsx";
import { searchAddress } from "../db/runs/address.ts";
import type { Range, RunFilter, RunQuery } from "../db/runs/query.ts";
import { column } from "../physics/columns.ts";

/** A filter in force and the search without it. */
export interface Removable extends Chip {
  without: RunQuery;
}

/** Every filter of a search, one by one. */
export function chipsOf(query: RunQuery): Removable[] {
  const removable = (
    without: Partial<RunFilter>,
    text: { before?: string; key?: string; after?: string },
  ): Removable => {
    const rest = { ...query, ...without, page: null };
    const { before = "", key, after = "" } = text;
    return {
      before,
      column: key === undefined ? null : column(key)!,
      after,
      href: searchAddress(rest),
      without: rest,
    };
  };
  const { facets, ranges, flags, has } = query;
  return [
    ...(query.text
      ? [removable({ text: null }, { before: `text: ${query.text}` })]
      : []),
    ...(query.id
      ? [removable({ id: null }, { before: `id: ${query.id}` })]
      : []),
    ...[...facets].flatMap(([key, values]) =>
      values.map((value) =>
        removable({ facets: withoutValue(facets, key, value) }, {
          before: `${column(key)!.label}: ${value}`,
        })
      )
    ),
    ...[...ranges].map(([key, range]) =>
      removable({ ranges: withoutKey(ranges, key) }, rangeText(key, range))
    ),
    ...[...flags].map(([key, value]) =>
      removable({ flags: withoutKey(flags, key) }, {
        before: `${column(key)!.label}: ${value ? "yes" : "no"}`,
      })
    ),
    ...has.map((value) =>
      removable({ has: has.filter((v) => v !== value) }, {
        before: `has ${value.replaceAll("_", " ")}`,
      })
    ),
  ];
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
    has: [],
    page: null,
  };
}

function rangeText(key: string, { min, max, any, abs }: Range) {
  const bar = abs ? "|" : "";
  const from = min === null ? "" : `${min} ≤ `;
  const to = max === null ? "" : ` ≤ ${max}`;
  return {
    before: `${from}${bar}`,
    key,
    after: `${bar}${to}${any ? " or none" : ""}`,
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
