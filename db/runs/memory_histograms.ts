import {
  type Histogram,
  histograms,
  type Quantity,
  sharesOf,
} from "./histograms.ts";
import { columnName, countBins, hasColumns } from "./memory_columns.ts";
import { findInMemory } from "./memory_found.ts";
import type { RunFilter } from "./query.ts";

/** As {@linkcode histograms}, of all runs of the search that are in memory, if its columns are. */
export async function findHistograms(
  filter: RunFilter,
  quantities: Quantity[],
  total: number | null,
): Promise<Map<string, Histogram>> {
  const found = await findInMemory(filter);
  if (!found || !hasColumns(found.memory, quantities)) {
    return await histograms(filter, quantities, total);
  }
  const { memory, places } = found;
  const isSample = memory.share < 1;
  const columns = quantities.map((q) =>
    [q.key, memory.columns.get(columnName(q))!] as const
  ).filter(([, column]) => column.edges.length > 0);
  return new Map(
    columns.map(([key, column]) => [key, {
      edges: column.edges,
      all: sharesOf(column.counts),
      selected: sharesOf(countBins(column, places)),
      sample: isSample ? places.length : null,
    }]),
  );
}
