import type { RunRow } from "../db/runs/list.ts";
import type { Siblings } from "../db/runs/siblings.ts";
import { type Column, column } from "../physics/columns.ts";
import type { UnitSystem } from "../physics/units.ts";
import { type DataHead, DataTable } from "./data_table.tsx";
import { plural } from "./format.ts";
import {
  ColumnLabel,
  columnTitle,
  isNumeric,
  UnitOf,
  Value,
} from "./run_value.tsx";
import { inUnits, rowIn, unitsOfRuns } from "./shown_units.ts";

const LINEAR = ["ky", "gamma", "omega", "stability"];
const NONLINEAR = ["Q_i", "Q_e"];

/** The runs beside this one in its scan, and the way to the next. `asked`: the units, of which ways to the next one tell, too. */
export function RunSiblings(
  { siblings, current, asked }: {
    siblings: Siblings;
    current: number;
    asked: UnitSystem;
  },
) {
  const { varied, total, previous, next } = siblings;
  const { units, words } = unitsOfRuns(asked, siblings.runs);
  const runs = siblings.runs.map((row) => rowIn(units, row));
  const address = (id: number) => inUnits(asked, `/runs/${id}`);
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
          <a rel="prev" href={address(previous.id)}>← Run {previous.id}</a>
        )}
        {next && <a rel="next" href={address(next.id)}>Run {next.id} →</a>}
        <span class="muted">
          {plural(total, "run")}
          {varied !== null && (
            <>
              , varying{" "}
              <ColumnLabel column={column(varied)!} csA={units === "cs_a"} />
            </>
          )}
          {words !== "" && `. ${words}`}
        </span>
      </p>
      <DataTable
        label="Neighbours"
        heads={[{ label: "run" }, ...columns.map((c) => headOf(c, units))]}
      >
        {runs.map((run) => (
          <Neighbour
            run={run}
            href={address(run.id)}
            columns={columns}
            isCurrent={run.id === current}
          />
        ))}
      </DataTable>
    </section>
  );
}

function headOf(column: Column, units: UnitSystem): DataHead {
  const label = (
    <>
      <ColumnLabel column={column} csA={units === "cs_a"} />{" "}
      <small class="unit">
        <UnitOf column={column} units={units} />
      </small>
    </>
  );
  return { label, numeric: isNumeric(column), title: columnTitle(column) };
}

function Neighbour(
  { run, href, columns, isCurrent }: {
    run: RunRow;
    href: string;
    columns: Column[];
    isCurrent: boolean;
  },
) {
  return (
    <tr aria-current={isCurrent ? "true" : undefined}>
      <th scope="row">
        {isCurrent ? <>{run.id} (this one)</> : <a href={href}>{run.id}</a>}
      </th>
      {columns.map((c) => (
        <td class={isNumeric(c) ? "num" : undefined}>
          <Value column={c} value={run[c.key]!} />
        </td>
      ))}
    </tr>
  );
}
