import type { RunRow } from "../db/runs/list.ts";
import { type Column, column } from "../physics/columns.ts";
import { RESOLUTION } from "../physics/families.ts";
import { type Comparison, OUTLIER_SHARE } from "../physics/twins.ts";
import type { UnitSystem } from "../physics/units.ts";
import { Doubts } from "./family.tsx";
import { percent } from "./format.ts";
import { ColumnLabel, UnitOf, Value } from "./run_value.tsx";
import { inUnits } from "./shown_units.ts";
import { StateBadge } from "./states.tsx";
import { None } from "./values.tsx";

interface TwinsTableProps {
  /** In `units`. */
  rows: RunRow[];
  units: UnitSystem;
  compared: { column: Column; comparison: Comparison }[];
  current: number;
}

/** Twins as rows: each value with its deviation from the median over the codes, and the grid it was made on. */
export function TwinsTable(props: TwinsTableProps) {
  const { rows } = props;
  const grid = RESOLUTION.filter((key) => rows.some((r) => r[key] !== null))
    .map((key) => column(key)!);
  return (
    <section>
      <h2>Side by side</h2>
      <p class="hint">
        Deviations are from the median over the codes. A run further away than
        {" "}
        {percent(OUTLIER_SHARE)}, or implausible, is an outlier and does not
        count in it.
      </p>
      <div class="scroll" tabindex={0} role="region" aria-label="Twins">
        <table class="dense">
          <thead>
            <Heads {...props} grid={grid} />
          </thead>
          <tbody>
            {rows.map((_, k) => <TwinRow {...props} grid={grid} k={k} />)}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Heads(
  { compared, units, grid }: TwinsTableProps & { grid: Column[] },
) {
  return (
    <tr>
      <th scope="col">run</th>
      <th scope="col">code</th>
      {compared.map(({ column }) => (
        <>
          <th scope="col" class="num">
            <ColumnLabel column={column} />{" "}
            <small class="unit">
              <UnitOf column={column} units={units} />
            </small>
          </th>
          <th scope="col" class="num">
            <span class="visually-hidden">{column.name}:</span> deviation
          </th>
        </>
      ))}
      <th scope="col">convergence</th>
      {grid.map((c) => (
        <th scope="col" class="num">
          <ColumnLabel column={c} />
        </th>
      ))}
      <th scope="col">folder</th>
      <th scope="col">remarks</th>
    </tr>
  );
}

/** The `k`-th of the rows. */
function TwinRow(
  { rows, units, compared, current, grid, k }: TwinsTableProps & {
    grid: Column[];
    k: number;
  },
) {
  const row = rows[k]!;
  return (
    <tr aria-current={row.id === current ? "true" : undefined}>
      <th scope="row">
        <a href={inUnits(units, `/runs/${row.id}`)}>{row.id}</a>
      </th>
      <td>{row.code}</td>
      {compared.map(({ column, comparison }) => (
        <>
          <td class="num">
            <Value column={column} value={row[column.key] ?? null} />
          </td>
          <td class="num">
            <Deviates relative={comparison.deviations[k]!.relative} />
          </td>
        </>
      ))}
      <td>{row.convergence ?? <None />}</td>
      {grid.map((c) => (
        <td class="num">
          <Value column={c} value={row[c.key] ?? null} />
        </td>
      ))}
      <td>{row.folder}</td>
      <td>
        {compared.some((c) => c.comparison.deviations[k]!.isOutlier) &&
          <StateBadge state="outlier" tone="warn" />} <Doubts row={row} />
      </td>
    </tr>
  );
}

function Deviates({ relative }: { relative: number | null }) {
  if (relative === null) return <None />;
  return <>{relative >= 0.0005 ? "+" : ""}{percent(relative)}</>;
}
