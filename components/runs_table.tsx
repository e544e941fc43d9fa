import type { Column } from "../physics/columns.ts";
import type { RunRow } from "../db/runs/list.ts";
import {
  ColumnLabel,
  columnTitle,
  isNumeric,
  UnitOf,
  Value,
} from "./run_value.tsx";

/** A column of the table and the link that sorts by it. */
export interface Head {
  column: Column;
  href: string;
  sorted: "ascending" | "descending" | null;
}

/** Runs as rows. The first column names the run and stays in sight when the table scrolls. */
export function RunsTable({ heads, rows }: { heads: Head[]; rows: RunRow[] }) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Runs">
      <table class="dense runs">
        <thead>
          <tr>
            <th scope="col">run</th>
            {heads.map((head) => <HeadCell {...head} />)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => <RunTableRow row={row} heads={heads} />)}
        </tbody>
      </table>
    </div>
  );
}

function HeadCell({ column, href, sorted }: Head) {
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
        <ColumnLabel column={column} />
      </a>
      <small class="unit">
        <UnitOf column={column} />
      </small>
    </th>
  );
}

function RunTableRow({ row, heads }: { row: RunRow; heads: Head[] }) {
  return (
    <tr id={`run-${row.id}`}>
      <th scope="row">
        <a href={`/runs/${row.id}`}>{row.id}</a>{" "}
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
      {heads.map(({ column }) => (
        <td class={isNumeric(column) ? "num" : undefined}>
          {column.key === "gamma" && row.implausible === true &&
            <Implausible />}
          <Value column={column} value={row[column.key] ?? null} />
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
