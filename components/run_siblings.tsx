import type { RunRow } from "../db/runs/list.ts";
import type { Siblings } from "../db/runs/siblings.ts";
import { type Column, column } from "../physics/columns.ts";
import { type DataHead, DataTable } from "./data_table.tsx";
import { plural } from "./format.ts";
import {
  ColumnLabel,
  columnTitle,
  isNumeric,
  UnitOf,
  Value,
} from "./run_value.tsx";

const LINEAR = ["ky", "gamma", "omega", "stability"];
const NONLINEAR = ["Q_i", "Q_e"];

/** The runs beside this one in its scan, and the way to the next. */
export function RunSiblings(
  { siblings, current }: { siblings: Siblings; current: number },
) {
  const { varied, runs, total, previous, next } = siblings;
  const results =
    runs.some((r) => r.gamma !== null) || runs.some((r) => r.ky !== null)
      ? LINEAR
      : NONLINEAR;
  const keys = [...new Set([...(varied === null ? [] : [varied]), ...results])];
  const columns = keys.map((key) => column(key)!);
  return (
    <section id="neighbours">
      <h2>Neighbours in its folder</h2>
      <p class="actions">
        {previous && (
          <a rel="prev" href={`/runs/${previous.id}`}>← Run {previous.id}</a>
        )}
        {next && <a rel="next" href={`/runs/${next.id}`}>Run {next.id} →</a>}
        <span class="muted">
          {plural(total, "run")}
          {varied !== null && (
            <>
              , varying <ColumnLabel column={column(varied)!} />
            </>
          )}
        </span>
      </p>
      <DataTable
        label="Neighbours"
        heads={[{ label: "run" }, ...columns.map(headOf)]}
      >
        {runs.map((run) => (
          <Neighbour
            run={run}
            columns={columns}
            isCurrent={run.id === current}
          />
        ))}
      </DataTable>
    </section>
  );
}

function headOf(column: Column): DataHead {
  const label = (
    <>
      <ColumnLabel column={column} />{" "}
      <small class="unit">
        <UnitOf column={column} />
      </small>
    </>
  );
  return { label, numeric: isNumeric(column), title: columnTitle(column) };
}

function Neighbour(
  { run, columns, isCurrent }: {
    run: RunRow;
    columns: Column[];
    isCurrent: boolean;
  },
) {
  return (
    <tr aria-current={isCurrent ? "true" : undefined}>
      <th scope="row">
        {isCurrent
          ? <>{run.id} (this one)</>
          : <a href={`/runs/${run.id}`}>{run.id}</a>}
      </th>
      {columns.map((c) => (
        <td class={isNumeric(c) ? "num" : undefined}>
          <Value column={c} value={run[c.key]!} />
        </td>
      ))}
    </tr>
  );
}
