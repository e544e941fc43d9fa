import type { RunFilter } from "./query.ts";

/** Whether a filter lets all runs pass. */
export function isOpen(filter: RunFilter): boolean {
  const { text, id, facets, ranges, flags, inputs, has, like } = filter;
  const maps = [facets, ranges, flags];
  return text === null && id === null && like === null &&
    inputs.length === 0 && has.length === 0 && maps.every((m) => m.size === 0);
}

/** The filter alone, without what only concerns the page. */
export function filterOf(filter: RunFilter): RunFilter {
  const { text, id, facets, ranges, flags, inputs, has, like } = filter;
  return { text, id, facets, ranges, flags, inputs, has, like };
}
