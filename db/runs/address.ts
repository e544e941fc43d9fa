import { facetParameter } from "./searchable.ts";
import { DEFAULT_SORT, DEFAULT_UNITS, type RunQuery } from "./query.ts";
import { PAGE_SIZES } from "./query_fields.ts";

/**
 * The query string of a search, the same for every way to ask it: names and values sorted, defaults left out, no leading `?`.
 *
 * Reading it again gives the same search.
 */
export function queryString(query: RunQuery): string {
  const pairs = queryPairs(query).sort(([a, v], [b, w]) =>
    compare(a, b) || compare(v, w)
  );
  return new URLSearchParams(pairs).toString();
}

/** Address of a search. */
export function searchAddress(query: RunQuery, path = "/runs"): string {
  const string = queryString(query);
  return string === "" ? path : `${path}?${string}`;
}

/** Names and values of a search in no particular order, as a form's hidden fields need them. */
export function queryPairs(query: RunQuery): [string, string][] {
  const pairs: [string, string][] = [...filterPairs(query)];
  const { sort, page, size, cols } = query;
  const sorted = `${sort.descending ? "-" : ""}${sort.column}`;
  // Beside runs of like physics, which come by distance, newest first must be asked for.
  const isDefault = sort === DEFAULT_SORT ||
    (!query.like && sort.column === DEFAULT_SORT.column &&
      sort.descending === DEFAULT_SORT.descending);
  if (!isDefault) pairs.push(["sort", sorted]);
  if (page !== null && page > 1) pairs.push(["page", String(page)]);
  if (size !== PAGE_SIZES[0]) pairs.push(["size", String(size)]);
  if (query.units !== DEFAULT_UNITS) pairs.push(["units", query.units]);
  if (query.collapse) pairs.push(["collapse", "spectrum"]);
  if (cols) pairs.push(["cols", cols.join(",")]);
  return pairs;
}

function* filterPairs(query: RunQuery): Generator<[string, string]> {
  if (query.text) yield ["text", query.text];
  if (query.id) yield ["id", query.id];
  for (const [key, values] of query.facets) {
    for (const value of values) yield [facetParameter(key), value];
  }
  for (const [key, { min, max, any, abs, cs_a }] of query.ranges) {
    if (min !== null) yield [`${key}_min`, String(min)];
    if (max !== null) yield [`${key}_max`, String(max)];
    if (any) yield [`${key}_any`, "1"];
    if (abs) yield [`${key}_abs`, "1"];
    if (cs_a) yield [`${key}_cs_a`, "1"];
  }
  for (const [key, value] of query.flags) yield [key, value ? "yes" : "no"];
  for (const { text } of query.inputs) yield ["input", text];
  for (const value of query.has) yield ["has", value];
  if (query.like) yield ["like", String(query.like.id)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
