import type { Column } from "../physics/columns.ts";
import type { SpectrumSummary } from "../db/runs/collapse.ts";
import type { RunRow } from "../db/runs/list.ts";
import type { PickedProps } from "./basket.tsx";
import { SpectrumCell } from "./runs_spectrum.tsx";
import {
  ColumnLabel,
  columnTitle,
  isNumeric,
  UnitOf,
  Value,
  ValueInCsA,
} from "./run_value.tsx";
import { inUnits } from "./shown_units.ts";

/** A column of the table and the link that sorts by it. */
export interface Head {
  column: Column;
  href: string;
  sorted: "ascending" | "descending" | null;
}

interface RunsTableProps extends PickedProps {
  heads: Head[];
  rows: RunRow[];
  /** Values in c_s and a where a/R0 is known. */
  csA: boolean;
  /** By number of the run: rows stand for spectra. */
  spectra: Map<number, SpectrumSummary> | null;
}

/**
 * Runs as rows, with boxes that put them into the basket: at once with htmx, by a button without. The first column names the run and stays
 * in sight when the table scrolls.
 */
export function RunsTable(
  { here, ...rows }: RunsTableProps,
) {
  return (
    <form
      id="rows"
      method="post"
      action="/basket"
      hx-post="/basket"
      hx-trigger="change"
      hx-target="#basket-bar"
      hx-swap="outerHTML"
      hx-sync="this:queue all"
    >
      <input type="hidden" name="next" value={here} />
      <Rows {...rows} />
      <noscript>
        <button type="submit" class="secondary">
          Put ticked runs into the basket
        </button>
      </noscript>
    </form>
  );
}

function Rows(
  { heads, rows, picked, csA, spectra }: Omit<RunsTableProps, "here">,
) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Runs">
      <table class="dense runs">
        <thead>
          <tr>
            <th scope="col">run</th>
            {spectra && <th scope="col">spectrum</th>}
            {heads.map((head) => <HeadCell {...head} csA={csA} />)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <RunTableRow
              row={row}
              heads={heads}
              picked={picked.includes(row.id)}
              csA={csA}
              spectra={spectra}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HeadCell(
  { column, href, sorted, csA }: Head & { csA: boolean },
) {
  return (
    <th
      scope="col"
      class={isNumeric(column) ? "num" : undefined}
      aria-sort={sorted ?? undefined}
    >
      <a
        id={`sort-${column.key}`}
        href={href}
        hx-get={href}
        hx-target="#results"
        title={columnTitle(column)}
      >
        <ColumnLabel column={column} csA={csA} />
      </a>
      <small class="unit">
        <UnitOf column={column} csA={csA} />
      </small>
    </th>
  );
}

function RunTableRow(
  { row, heads, picked, csA, spectra }: Pick<RunsTableProps, "spectra"> & {
    row: RunRow;
    heads: Head[];
    picked: boolean;
    csA: boolean;
  },
) {
  return (
    <tr id={`run-${row.id}`}>
      <th scope="row">
        <input type="hidden" name="shown" value={row.id} />
        <input
          type="checkbox"
          id={`pick-${row.id}`}
          name="run"
          value={row.id}
          checked={picked}
          autocomplete="off"
          aria-label={`Pick run ${row.id}`}
        />
        <a href={inUnits(csA ? "cs_a" : "stored", `/runs/${row.id}`)}>
          {row.id}
        </a>{" "}
        <button
          type="button"
          class="copy link"
          data-copy={String(row.source_id)}
          aria-label={`Copy the MongoDB id of run ${row.id}`}
          hidden
        >
          id
        </button>
      </th>
      {spectra && (
        <td>
          <SpectrumCell row={row} spectrum={spectra.get(row.id)} csA={csA} />
        </td>
      )}
      {heads.map(({ column }) => (
        <td class={isNumeric(column) ? "num" : undefined}>
          {column.key === "gamma" && row.implausible === true &&
            <Implausible />}
          {csA
            ? <ValueInCsA column={column} row={row} />
            : <Value column={column} value={row[column.key] ?? null} />}
        </td>
      ))}
    </tr>
  );
}

/** A word beside a growth rate that no micro-instability has. */
function Implausible() {
  return (
    <>
      <span
        class="badge bad"
        title="Growth rate or frequency is more than three times what the gradients can drive"
      >
        implausible
      </span>
      {" "}
    </>
  );
}
