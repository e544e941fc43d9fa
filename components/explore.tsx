import type { Density, Exploration, Points } from "../db/explore.ts";
import type { RunRow } from "../db/runs/list.ts";
import { type Column, column } from "../physics/columns.ts";
import { DataTable } from "./data_table.tsx";
import { ExploreForm, FilterChips } from "./explore_form.tsx";
import { count, plural, significant } from "./format.ts";
import { ExploreNav } from "./explore_nav.tsx";
import { Cloud } from "./plots/cloud.tsx";
import {
  cellEdges,
  drawnDensity,
  drawnPoints,
  placesOf,
} from "./plots/cloud_marks.tsx";
import { PlotLinks } from "./plots/figure.tsx";
import { extent } from "./plots/scale.ts";
import { ColumnLabel, columnTitle, isNumeric, Value } from "./run_value.tsx";
import type { Chip } from "./runs_chips.tsx";

/** Cells of a grid that the table lists. */
const LISTED_CELLS = 20;

export interface ExplorePageProps {
  view: Exploration;
  /** Null: too many to draw one by one; then there is `density`. */
  points: Points | null;
  density: Density | null;
  grid: { across: number; up: number };
  /** Runs that the filters find, with or without the two values. */
  total: number;
  rows: RunRow[];
  axes: Column[];
  groupings: Column[];
  /** Filters that the form carries along. */
  hidden: [string, string][];
  chips: Chip[];
  /** The same runs in the search, and without bounds on the two axes. */
  searchHref: string;
  openHref: string;
  /** Address of the plot as a file. */
  file(format: string): string;
  /** Filters for the other pages of exploration. */
  search: string;
  /** The search for the runs between these bounds. */
  boxHref(box: { x: [number, number]; y: [number, number] }): string;
}

/** Any numeric column against any other. */
export function ExplorePage(props: ExplorePageProps) {
  const { view, points, density, total, searchHref, chips } = props;
  const drawn = points?.ids.length ?? density?.total ?? 0;
  return (
    <>
      <h1>Explore runs</h1>
      <ExploreNav current="/explore" search={props.search} />
      <ExploreForm {...props} />
      {chips.length > 0 && <FilterChips chips={chips} />}
      <p id="count" role="status">
        {plural(drawn, "run")} of {count(total)}{" "}
        {view.xlog || view.ylog ? "can be drawn" : "have both values"}.{" "}
        <a href={searchHref}>Change the filters in the search</a>
        {(view.x === "ky" || view.y === "ky") && (
          <span class="muted">
            {" "}
            A run with several wavenumbers stands at that of its dominant mode;
            the search finds it by any of them.
          </span>
        )}
      </p>
      {drawn === 0
        ? (
          <p class="empty">
            No run of this search has a value for both. Choose other axes or
            fewer filters.
          </p>
        )
        : points !== null
        ? <Scatter {...props} points={points} />
        : <Grid {...props} density={density!} />}
    </>
  );
}

function Scatter(
  { view, points, rows, searchHref, openHref, file }: ExplorePageProps & {
    points: Points;
  },
) {
  const drawing = drawnPoints(view, points);
  const keys = [view.x, view.y, view.colour, view.symbol];
  const columns = [...new Set(keys.filter((k) => k !== null))].map((k) =>
    column(k)!
  );
  return (
    <>
      <Cloud
        {...{ view, drawing }}
        title={titleOf(view)}
        finding={pointsFinding(points)}
        places={placesOf(points, drawing.scales)}
        searchHref={openHref}
      />
      <p>{pointsFinding(points)}</p>
      <PlotLinks plot={{ title: titleOf(view) }} file={file} />
      <h2>Runs</h2>
      <DataTable
        label="Runs in the plot"
        heads={[
          { label: "run" },
          ...columns.map((c) => ({
            label: <ColumnLabel column={c} />,
            numeric: isNumeric(c),
            title: columnTitle(c),
          })),
          { label: "folder" },
        ]}
      >
        {rows.map((row) => (
          <tr>
            <th scope="row">
              <a href={`/runs/${row.id}`}>{row.id}</a>
            </th>
            {columns.map((c) => (
              <td class={isNumeric(c) ? "num" : undefined}>
                <Value column={c} value={row[c.key] ?? null} />
              </td>
            ))}
            <td>{row.folder}</td>
          </tr>
        ))}
      </DataTable>
      {points.ids.length > rows.length && (
        <p>
          {count(rows.length)} of {plural(points.ids.length, "run")};{" "}
          <a href={searchHref}>all of them in the search</a>
        </p>
      )}
    </>
  );
}

function Grid(
  { view, density, grid, boxHref, openHref, file }: ExplorePageProps & {
    density: Density;
  },
) {
  const fullest = density.cells.toSorted((a, b) => b.runs - a.runs);
  const finding = densityFinding(density, grid);
  const edge = cellEdges(view, density, grid);
  return (
    <>
      <Cloud
        {...{ view, finding }}
        drawing={drawnDensity(view, density, grid)}
        title={titleOf(view)}
        places={null}
        searchHref={openHref}
      />
      <p>{finding}</p>
      <PlotLinks plot={{ title: titleOf(view) }} file={file} />
      <h2>Fullest cells</h2>
      <DataTable
        label="Fullest cells"
        heads={[
          { label: <ColumnLabel column={column(view.x)!} /> },
          { label: <ColumnLabel column={column(view.y)!} /> },
          { label: "runs", numeric: true },
        ]}
      >
        {fullest.slice(0, LISTED_CELLS).map((cell) => {
          const box = {
            x: [edge.x(cell.column), edge.x(cell.column + 1)] as [
              number,
              number,
            ],
            y: [edge.y(cell.row), edge.y(cell.row + 1)] as [number, number],
          };
          return (
            <tr>
              <td>{between(box.x)}</td>
              <td>{between(box.y)}</td>
              <td class="num">
                <a href={boxHref(box)}>{count(cell.runs)}</a>
              </td>
            </tr>
          );
        })}
      </DataTable>
    </>
  );
}

/** What a scatter is called. */
export function titleOf({ x, y }: Pick<Exploration, "x" | "y">): string {
  return `${column(y)!.name} against ${column(x)!.name}`;
}

/** What single points show. */
export function pointsFinding({ ids, x, y }: Points): string {
  return `${plural(ids.length, "run")}: across from ${
    between(extent(x))
  }, upwards from ${between(extent(y))}.`;
}

/** What a grid of cells shows. */
export function densityFinding(
  { total, cells, estimated }: Density,
  grid: { across: number; up: number },
): string {
  const filled = cells.length / (grid.across * grid.up);
  return `${estimated ? "About " : ""}${plural(total, "run")}${
    estimated ? ", as a sample tells," : ""
  } are too many for points, so that each cell is the darker the more it holds; ${
    Math.round(filled * 100)
  } % of the cells hold any. Narrow the search to see single runs.`;
}

function between([low, high]: [number, number]): string {
  return `${significant(low)} to ${significant(high)}`;
}
