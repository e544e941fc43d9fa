import { some } from "../../physics/plots/points.ts";
import { DataTable } from "../data_table.tsx";
import { count } from "../format.ts";
import { Num } from "../values.tsx";
import { Chart } from "./chart.tsx";
import type { Plot, PlotCell } from "./plot.ts";

/** Rows that the page shows; the CSV has all. */
const MAX_ROWS = 60;

/** A plot with its finding, its numbers and the ways to take it away. */
export function PlotSection({ id, plot }: { id: number; plot: Plot }) {
  const { name, title, finding, note, panels } = plot;
  return (
    <section class="drawn" id={`plot-${name}`}>
      <h3>{title}</h3>
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
      <PlotLinks id={id} plot={plot} />
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
        {rows.map((row) => <tr>{row.map((cell) => <Cell cell={cell} />)}</tr>)}
      </DataTable>
    </details>
  );
}

function isNumeric(rows: PlotCell[][], column: number): boolean {
  return rows.some((row) => typeof row[column] === "number");
}

function Cell({ cell }: { cell: PlotCell }) {
  if (typeof cell === "string") return <td>{cell}</td>;
  return (
    <td class="num">
      <Num value={cell} />
    </td>
  );
}

function PlotLinks({ id, plot }: { id: number; plot: Plot }) {
  const address = `/runs/${id}/plots/${plot.name}`;
  return (
    <p class="actions plot-links">
      {(["csv", "svg", "png"] as const).map((format) => (
        <a
          href={`${address}.${format}`}
          download
          aria-label={`${plot.title} as ${format.toUpperCase()}`}
        >
          {format.toUpperCase()}
        </a>
      ))}
    </p>
  );
}
