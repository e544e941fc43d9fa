import { some } from "../../physics/plots/points.ts";
import type { UnitSystem } from "../../physics/units.ts";
import { DataTable } from "../data_table.tsx";
import { count } from "../format.ts";
import { inUnits } from "../shown_units.ts";
import { Num } from "../values.tsx";
import { Chart } from "./chart.tsx";
import type { Plot, PlotCell } from "./plot.ts";

/** Rows that the page shows; the CSV has all. */
const MAX_ROWS = 60;

/** A plot of a run. `alone`: on a page that has the plot's title already. */
export function PlotSection(
  { id, plot, units = "stored", alone }: {
    id: number;
    plot: Plot;
    /** Those that were asked for, which its files are to be in, too. */
    units?: UnitSystem;
    alone?: boolean;
  },
) {
  const address = `/runs/${id}/plots/${plot.name}`;
  return (
    <PlotFigure
      plot={plot}
      alone={alone}
      file={(format) => inUnits(units, `${address}.${format}`)}
    />
  );
}

/** A plot with its finding, its numbers and the ways to take it away. `file` is the address of the plot in a format. */
export function PlotFigure(
  { plot, file, alone = false }: {
    plot: Plot;
    file(format: string): string;
    alone?: boolean;
  },
) {
  const { name, title, finding, note, panels } = plot;
  return (
    <section
      class={panels.length > 1 ? "drawn wide" : "drawn"}
      id={`plot-${name}`}
    >
      {!alone && <h3>{title}</h3>}
      <p>
        {finding} <span class="muted">{note}</span>
      </p>
      <div class="plots">
        {panels.map(({ key, title, ...area }) => (
          <Chart
            id={`plot-${name}-${key}`}
            title={title}
            finding={finding}
            caption={title}
            {...area}
          />
        ))}
      </div>
      <PlotNumbers plot={plot} />
      <PlotLinks plot={plot} file={file} />
      {name === "quasilinear" && (
        <p>
          <a href="/explore/quasilinear">
            The ratio of both over the whole database
          </a>
        </p>
      )}
      {plot.zoom && (
        <button
          type="button"
          class="secondary zoom"
          data-zoom={file("bin")}
          aria-expanded="false"
          hidden
        >
          Interactive zoom
        </button>
      )}
    </section>
  );
}

function PlotNumbers({ plot: { title, table } }: { plot: Plot }) {
  const rows = some(table.rows, MAX_ROWS);
  return (
    <details>
      <summary>Numbers</summary>
      {rows.length < table.rows.length && (
        <p class="muted">
          {count(rows.length)} of {count(table.rows.length)}{" "}
          rows; the CSV has all.
        </p>
      )}
      <DataTable
        label={`Numbers: ${title}`}
        heads={table.heads.map((label, k) => ({
          label,
          numeric: isNumeric(table.rows, k),
        }))}
        tall
      >
        {rows.map((row) => <tr>{row.map(cellOf)}</tr>)}
      </DataTable>
    </details>
  );
}

function isNumeric(rows: PlotCell[][], column: number): boolean {
  return rows.some((row) => typeof row[column] === "number");
}

function cellOf(cell: PlotCell) {
  return typeof cell === "string"
    ? <td>{cell}</td>
    : <td class="num">{Num({ value: cell })}</td>;
}

/** The ways to take a plot away. */
export function PlotLinks(
  { plot, file }: {
    plot: Pick<Plot, "title">;
    file(format: string): string;
  },
) {
  return (
    <p class="actions plot-links">
      {(["csv", "svg", "png"] as const).map((format) => (
        <a
          href={file(format)}
          download
          aria-label={`${plot.title} as ${format.toUpperCase()}`}
        >
          {format.toUpperCase()}
        </a>
      ))}
    </p>
  );
}
