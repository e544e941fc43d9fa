import type { RunRow } from "../db/runs/list.ts";
import {
  type Column,
  type Group,
  GROUPS,
  PUBLIC_COLUMNS,
} from "../physics/columns.ts";
import { difference } from "../physics/difference.ts";
import { UNITS, type UnitSystem } from "../physics/units.ts";
import { differenceWords } from "./compare_words.ts";
import {
  ColumnLabel,
  columnTitle,
  isNumeric,
  UnitOf,
  Value,
} from "./run_value.tsx";
import { inUnits } from "./shown_units.ts";

/** Physics first: what a comparison is made for. */
const ORDER: Group[] = [
  "surface",
  "plasma",
  "linear",
  "nonlinear",
  "numerics",
  "run",
  "provenance",
  "files",
];

/** One column of the catalogue over the runs. */
export interface ComparedColumn {
  column: Column;
  /** How it differs; "" where it does not. */
  words: string;
  /** Equal but for rounding, so that it is no difference to look at. */
  isClose: boolean;
}

/** The columns in which runs differ or, with `all`, every column that one of them has. */
export function comparedColumns(
  rows: RunRow[],
  all: boolean,
): ComparedColumn[] {
  const ids = rows.map((r) => r.id);
  return ORDER.flatMap((group) =>
    PUBLIC_COLUMNS.filter((c) => c.group === group && c.key !== "id")
  ).map((column) => {
    const values = rows.map((row) => row[column.key]);
    const found = difference(values);
    const isHeld = values.some((v) =>
      v !== null && v !== "" && !(Array.isArray(v) && v.length === 0)
    );
    return {
      column,
      words: differenceWords(found, ids),
      isClose: found.kind === "rounding",
      isHeld,
    };
  }).filter((c) => all ? c.isHeld : c.words !== "");
}

/** The table as cells of a CSV file: a row for each column, a cell for each run. */
export function comparisonCells(
  rows: RunRow[],
  columns: ComparedColumn[],
): RunRow[string][][] {
  return [
    ["column", "name", "unit", "difference", ...rows.map((r) => `run ${r.id}`)],
    ...columns.map(({ column, words }) => [
      column.key,
      column.name,
      UNITS[column.unit].stored.replaceAll(/[{}"]/g, ""),
      words,
      ...rows.map((row) => row[column.key] ?? null),
    ]),
  ];
}

/** Columns as rows, runs as columns; `without` is the address of the comparison without a run. `rows` are in `units`. */
export function CompareTable(
  { rows, columns, units, without }: {
    rows: RunRow[];
    units: UnitSystem;
    columns: ComparedColumn[];
    without(id: number): string;
  },
) {
  const groups = ORDER.map((group) => ({
    group,
    columns: columns.filter((c) => c.column.group === group),
  })).filter((g) => g.columns.length > 0);
  return (
    <div
      class="scroll tall"
      tabindex={0}
      role="region"
      aria-label="Compared columns"
    >
      <table class="dense compared">
        <thead>
          <tr>
            <th scope="col">column</th>
            {rows.map((row) => (
              <th scope="col">
                <a href={inUnits(units, `/runs/${row.id}`)}>Run {row.id}</a>
                {" "}
                <a
                  class="remove"
                  href={without(row.id)}
                  aria-label={`Remove run ${row.id}`}
                >
                  remove
                </a>
              </th>
            ))}
            <th scope="col">difference</th>
          </tr>
        </thead>
        {groups.map(({ group, columns }) => (
          <tbody>
            <tr>
              <th scope="rowgroup" colspan={rows.length + 2}>
                {GROUPS[group]}
              </th>
            </tr>
            {columns.map((c) => <ComparedRow {...c} {...{ rows, units }} />)}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function ComparedRow(
  { column, words, isClose, rows, units }: ComparedColumn & {
    rows: RunRow[];
    units: UnitSystem;
  },
) {
  return (
    <tr class={words !== "" && !isClose ? "differs" : undefined}>
      <th scope="row" title={columnTitle(column)}>
        <ColumnLabel column={column} csA={units === "cs_a"} />{" "}
        <small class="unit">
          <UnitOf column={column} units={units} />
        </small>
      </th>
      {rows.map((row) => (
        <td class={isNumeric(column) ? "num" : undefined}>
          <Value column={column} value={row[column.key] ?? null} />
        </td>
      ))}
      <td>{words}</td>
    </tr>
  );
}
