import type { CoverageGrid } from "../db/coverage.ts";
import { type Column, column } from "../physics/columns.ts";
import { CoverageOverview } from "./coverage_overview.tsx";
import { binWords, coverageWords, shadeOf, SHADES } from "./coverage_words.ts";
import { Choice, FilterChips } from "./explore_form.tsx";
import { ExploreNav } from "./explore_nav.tsx";
import { count, plural, significant } from "./format.ts";
import { ColumnLabel, columnTitle, UnitOf } from "./run_value.tsx";
import type { Chip } from "./runs_chips.tsx";
import { HiddenFields } from "./runs_form.tsx";

export interface CoveragePageProps {
  x: string;
  y: string;
  /** Null where a column has no two different values. */
  grid: CoverageGrid | null;
  overview: CoverageGrid[];
  axes: Column[];
  hidden: [string, string][];
  chips: Chip[];
  /** Filters for the other pages of exploration. */
  search: string;
  searchHref: string;
  csvHref: string;
  /** The search for the runs of a cell. */
  cellHref(column: number, row: number): string;
  /** The page with another pair of columns. */
  pairHref(x: string, y: string): string;
}

/** Where in parameter space there are runs, and where there are none. */
export function CoveragePage(props: CoveragePageProps) {
  const { x, y, grid, axes, hidden, chips, search } = props;
  return (
    <>
      <h1>Coverage of parameter space</h1>
      <ExploreNav current="/explore/coverage" search={search} />
      <search>
        <form method="get" action="/explore/coverage" class="explore">
          <HiddenFields pairs={hidden} />
          <Choice name="x" label="Across" columns={axes} chosen={x} />
          <Choice name="y" label="Upwards" columns={axes} chosen={y} />
          <div>
            <button type="submit">Count</button>
          </div>
        </form>
      </search>
      {chips.length > 0 && <FilterChips chips={chips} />}
      {grid === null
        ? (
          <p class="empty" id="count" role="status">
            The runs of this search have no two different values of{" "}
            <ColumnLabel column={column(x)!} /> or{" "}
            <ColumnLabel column={column(y)!} />. Choose other columns or fewer
            filters.
          </p>
        )
        : <Coverage {...props} grid={grid} />}
      <CoverageOverview {...props} />
    </>
  );
}

function Coverage(
  props: CoveragePageProps & { grid: CoverageGrid },
) {
  const { grid, csvHref, searchHref } = props;
  return (
    <section>
      <p id="count" role="status">
        <strong>{coverageWords(grid)}</strong>
      </p>
      <p class="muted">
        {grid.sampled
          ? `Counted on a sample of ${
            plural(grid.total, "run")
          } since all take too long.`
          : `${plural(grid.total, "run")} with both values, each counted once.`}
        {" "}
        The outermost cells are open; a wavenumber scan counts with each of its
        runs. <a href={searchHref}>Change the filters in the search</a>
      </p>
      <GridTable {...props} />
      <p class="shades" aria-label="Runs in a cell">
        <span class="d0">none</span>
        {SHADES.map((words, k) => <span class={`d${k + 1}`}>{words}</span>)}
      </p>
      <p class="actions plot-links">
        <a href={csvHref} download>CSV</a>
      </p>
    </section>
  );
}

/** The grid as a table that is its own picture: the darker the more runs, y growing upwards. */
function GridTable(
  { grid, x, y, cellHref }: CoveragePageProps & { grid: CoverageGrid },
) {
  const { xEdges, yEdges, counts } = grid;
  const rows = [...counts.entries()].reverse();
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Runs by cell">
      <table class="coverage">
        <caption>
          Runs by <AxisName name={y} /> (upwards) and <AxisName name={x} />{" "}
          (across)
        </caption>
        <tbody>
          {rows.map(([row, cells]) => (
            <tr>
              <th scope="row" title={binWords(yEdges, row)}>
                {edgeWords(yEdges, row)}
              </th>
              {cells.map((runs, k) => (
                <td
                  class={`d${shadeOf(runs)}`}
                  title={`${binWords(xEdges, k)}, ${binWords(yEdges, row)}: ${
                    runs === 0 ? "no run" : plural(runs, "run")
                  }`}
                >
                  {runs === 0
                    ? <span class="visually-hidden">none</span>
                    : <a href={cellHref(k, row)}>{short(runs)}</a>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td></td>
            {[...xEdges, 0].map((_, k) => (
              <th scope="col" title={binWords(xEdges, k)}>
                {edgeWords(xEdges, k)}
              </th>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** A bin by where it begins. */
function edgeWords(edges: number[], n: number): string {
  return n === 0
    ? `< ${significant(edges[0]!)}`
    : `≥ ${significant(edges[n - 1]!)}`;
}

/** A number that a narrow cell holds. */
function short(runs: number): string {
  return runs < 10_000 ? count(runs) : `${Math.round(runs / 1000)}k`;
}

function AxisName({ name }: { name: string }) {
  const c = column(name)!;
  return (
    <span title={columnTitle(c)}>
      <ColumnLabel column={c} />{" "}
      <small class="unit">
        <UnitOf column={c} />
      </small>
    </span>
  );
}
