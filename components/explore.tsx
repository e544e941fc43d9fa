import type { Density, Exploration, Points } from "../db/explore.ts";
import type { RunRow } from "../db/runs/list.ts";
import { type Column, column, GROUPS } from "../physics/columns.ts";
import { plainSymbol } from "../physics/symbol.ts";
import { DataTable } from "./data_table.tsx";
import { count, plural, significant } from "./format.ts";
import { cellEdges, Cloud, DensityGrid } from "./plots/cloud.tsx";
import { extent } from "./plots/scale.ts";
import { ColumnLabel, columnTitle, isNumeric, Value } from "./run_value.tsx";
import type { Chip } from "./runs_chips.tsx";
import { HiddenFields } from "./runs_form.tsx";

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
  /** The same runs in the search. */
  searchHref: string;
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
      <ExploreForm {...props} />
      {chips.length > 0 && <FilterChips chips={chips} />}
      <p id="count" role="status">
        {plural(drawn, "run")} of {count(total)}{" "}
        {view.xlog || view.ylog ? "can be drawn" : "have both values"}.{" "}
        <a href={searchHref}>Change the filters in the search</a>
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
  { view, points, rows, searchHref }: ExplorePageProps & { points: Points },
) {
  const keys = [view.x, view.y, view.colour, view.symbol];
  const columns = [...new Set(keys.filter((k) => k !== null))].map((k) =>
    column(k)!
  );
  return (
    <>
      <Cloud
        view={view}
        points={points}
        title={titleOf(view)}
        finding={findingOf(points)}
      />
      <p>{findingOf(points)}</p>
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
  { view, density, grid, boxHref }: ExplorePageProps & { density: Density },
) {
  const fullest = density.cells.toSorted((a, b) => b.runs - a.runs);
  const filled = density.cells.length / (grid.across * grid.up);
  const finding = `${
    plural(density.total, "run")
  } are too many for points, so that each cell is the darker the more it holds; ${
    Math.round(filled * 100)
  } % of the cells hold any. Narrow the search to see single runs.`;
  const edge = cellEdges(view, density, grid);
  return (
    <>
      <DensityGrid
        {...{ view, density, grid, finding }}
        title={titleOf(view)}
      />
      <p>{finding}</p>
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

function ExploreForm(
  { view, axes, groupings, hidden }: ExplorePageProps,
) {
  return (
    <search>
      <form method="get" action="/explore" class="explore">
        <HiddenFields pairs={hidden} />
        <Choice name="x" label="Across" columns={axes} chosen={view.x} />
        <Choice name="y" label="Upwards" columns={axes} chosen={view.y} />
        <Choice
          name="colour"
          label="Colour"
          columns={groupings}
          chosen={view.colour}
          optional
        />
        <Choice
          name="symbol"
          label="Symbol"
          columns={groupings}
          chosen={view.symbol}
          optional
        />
        {[view.x, ...(view.y === view.x ? [] : [view.y])].map((key) => (
          <Bounds view={view} name={key} />
        ))}
        <div>
          <Tick name="xlog" label="logarithmic across" checked={view.xlog} />
          <Tick name="ylog" label="logarithmic upwards" checked={view.ylog} />
          <button type="submit">Draw</button>
        </div>
      </form>
    </search>
  );
}

function Choice(
  { name, label, columns, chosen, optional }: {
    name: string;
    label: string;
    columns: Column[];
    chosen: string | null;
    optional?: boolean;
  },
) {
  return (
    <label for={`explore-${name}`}>
      {label}
      <select id={`explore-${name}`} name={name}>
        {optional && <option value="">nothing</option>}
        {Object.entries(GROUPS).map(([group, title]) => {
          const members = columns.filter((c) => c.group === group);
          return members.length === 0 ? null : (
            <optgroup label={title}>
              {members.map((c) => (
                <option value={c.key} selected={c.key === chosen}>
                  {nameOf(c)}
                </option>
              ))}
            </optgroup>
          );
        })}
      </select>
    </label>
  );
}

function Bounds({ view, name }: { view: Exploration; name: string }) {
  const range = view.query.ranges.get(name);
  const title = column(name)!.name;
  return (
    <div role="group" aria-label={`Bounds of ${title}`}>
      <span>
        <ColumnLabel column={column(name)!} />
      </span>
      <div class="range">
        {(["min", "max"] as const).map((end) => (
          <input
            type="text"
            inputmode="decimal"
            name={`${name}_${end}`}
            value={range?.[end] == null ? "" : String(range[end])}
            placeholder={end === "min" ? "from" : "to"}
            aria-label={`${title}, ${end === "min" ? "from" : "to"}`}
            autocomplete="off"
          />
        ))}
      </div>
    </div>
  );
}

function Tick(
  { name, label, checked }: { name: string; label: string; checked: boolean },
) {
  return (
    <label class="check">
      <input type="checkbox" name={name} value="1" checked={checked} />
      <span>{label}</span>
    </label>
  );
}

function FilterChips({ chips }: { chips: Chip[] }) {
  return (
    <ul class="chips" aria-label="Filters in force">
      {chips.map(({ href, before, column, after }) => (
        <li>
          <a href={href}>
            <span class="visually-hidden">Remove filter:</span> {before}
            {column && <ColumnLabel column={column} />}
            {after} <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function titleOf({ x, y }: Exploration): string {
  return `${column(y)!.name} against ${column(x)!.name}`;
}

function findingOf({ ids, x, y }: Points): string {
  return `${plural(ids.length, "run")}: across from ${
    between(extent(x))
  }, upwards from ${between(extent(y))}.`;
}

function between([low, high]: [number, number]): string {
  return `${significant(low)} to ${significant(high)}`;
}

function nameOf(c: Column): string {
  const symbol = plainSymbol(c.symbol);
  return symbol === "" ? c.name : `${symbol}: ${c.name}`;
}
