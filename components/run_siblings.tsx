import type { RunRow } from "../db/runs/list.ts";
import type { Siblings } from "../db/runs/siblings.ts";
import { type Column, column } from "../physics/columns.ts";
import { plural } from "./format.ts";
import { ColumnLabel, UnitOf, Value } from "./run_value.tsx";

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
      <div class="scroll" tabindex={0} role="region" aria-label="Neighbours">
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">run</th>
              {columns.map((c) => (
                <th scope="col" class="num">
                  <ColumnLabel column={c} />{" "}
                  <small class="unit">
                    <UnitOf column={c} />
                  </small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <Neighbour
                run={run}
                columns={columns}
                isCurrent={run.id === current}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
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
        <td class="num">
          <Value column={c} value={run[c.key]!} />
        </td>
      ))}
    </tr>
  );
}
