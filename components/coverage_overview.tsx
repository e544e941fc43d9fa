import type { CoverageGrid } from "../db/coverage.ts";
import { column } from "../physics/columns.ts";
import { plainSymbol } from "../physics/symbol.ts";
import { emptiness } from "../physics/coverage.ts";
import { shadeOf } from "./coverage_words.ts";
import { plural } from "./format.ts";

/** Side of a small grid in its own units. */
const SIDE = 120;
const STEPS = 7;

/** All pairs of the main columns as small grids: one sees at a glance where there are no data. */
export function CoverageOverview(
  { overview, pairHref }: {
    overview: CoverageGrid[];
    pairHref(x: string, y: string): string;
  },
) {
  if (overview.length === 0) return null;
  return (
    <section>
      <h2>All pairs of the main parameters</h2>
      <p class="muted">
        Each small grid has the bins of the table above for its own two columns;
        an empty place holds no run, and the stronger the colour the more.{" "}
        {overview[0]!.sampled &&
          `Made from a sample of about ${
            plural(Math.max(...overview.map((g) => g.total)), "run")
          }.`}
      </p>
      <ul class="small-grids">
        {overview.map((grid) => (
          <li>
            <a href={pairHref(grid.x, grid.y)}>
              <SmallGrid grid={grid} />
              <span>
                {nameOf(grid.y)} against {nameOf(grid.x)}
              </span>{" "}
              <small>{emptyShare(grid)} empty</small>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function emptyShare({ counts }: CoverageGrid): string {
  const inner = counts.slice(1, -1).map((row) => row.slice(1, -1));
  const { empty, all } = emptiness(inner);
  return all === 0 ? "" : `${Math.round(100 * empty / all)} %`;
}

function SmallGrid({ grid: { counts } }: { grid: CoverageGrid }) {
  const width = SIDE / counts[0]!.length;
  const height = SIDE / counts.length;
  const cells = counts.flatMap((of, row) =>
    of.map((runs, column) => ({ column, row, shade: shadeOf(runs) }))
  ).filter((c) => c.shade > 0);
  return (
    <svg viewBox={`0 0 ${SIDE} ${SIDE}`} aria-hidden="true">
      {[...Map.groupBy(cells, (c) => c.shade)].map(([shade, members]) => (
        <path
          class="marker s0"
          fill-opacity={(shade / STEPS).toFixed(2)}
          d={members.map(({ column, row }) =>
            `M${round(column * width)},${
              round((counts.length - 1 - row) * height)
            }h${round(width)}v${round(height)}h-${round(width)}z`
          ).join("")}
        />
      ))}
    </svg>
  );
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}

function nameOf(key: string): string {
  return plainSymbol(column(key)!.symbol) || column(key)!.label;
}
