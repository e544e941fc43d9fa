import { type Column, type Group, GROUPS } from "../physics/columns.ts";
import { Histogram, type HistogramProps } from "./runs_histogram.tsx";
import { ColumnLabel, columnTitle, UnitOf } from "./run_value.tsx";

/** Bounds of a numeric column, as typed. */
export interface RangeField {
  column: Column;
  min: string;
  max: string;
  any: boolean;
  abs: boolean;
  /** The bounds are in c_s and a. */
  csA: boolean;
  /** Null where it is not shown, or there are no values. */
  histogram: HistogramProps | null;
}

/** Lower and upper bound of a column. */
export function RangeInputs(
  { column, min, max, any, abs, csA, histogram }: RangeField,
) {
  const { key } = column;
  return (
    <div role="group" aria-labelledby={`range-${key}`}>
      <span id={`range-${key}`} title={columnTitle(column)}>
        <ColumnLabel column={column} csA={csA} />{" "}
        <small class="unit">
          <UnitOf column={column} csA={csA} />
        </small>
      </span>
      {csA && <input type="hidden" name={`${key}_cs_a`} value="1" />}
      {histogram && <Histogram {...histogram} />}
      <div class="range">
        <Bound
          name={`${key}_min`}
          label={`${column.name}, from`}
          value={min}
          hint="from"
        />
        <Bound
          name={`${key}_max`}
          label={`${column.name}, to`}
          value={max}
          hint="to"
        />
      </div>
      <RangeTicks column={column} any={any} abs={abs} />
    </div>
  );
}

/** Type text: number inputs refuse 1e-3 in some languages. */
function Bound(
  { name, label, value, hint }: Record<
    "name" | "label" | "value" | "hint",
    string
  >,
) {
  return (
    <input
      type="text"
      inputmode="decimal"
      id={name}
      name={name}
      value={value}
      placeholder={hint}
      aria-label={label}
      autocomplete="off"
    />
  );
}

function RangeTicks(
  { column, any, abs }: Pick<RangeField, "column" | "any" | "abs">,
) {
  return (
    <div class="ticks">
      <Tick
        name={`${column.key}_any`}
        label="also runs without a value"
        checked={any}
      />
      {column.signed && (
        <Tick
          name={`${column.key}_abs`}
          label="regardless of the sign"
          checked={abs}
        />
      )}
    </div>
  );
}

function Tick(
  { name, label, checked }: { name: string; label: string; checked: boolean },
) {
  return (
    <label class="check">
      <input
        type="checkbox"
        id={name}
        name={name}
        value="1"
        checked={checked}
      />
      <span>{label}</span>
    </label>
  );
}

/** The ranges that are asked for less often, folded by group. */
export function MoreRanges({ ranges }: { ranges: RangeField[] }) {
  const groups = Object.entries(GROUPS).map(([group, title]) => ({
    title,
    fields: ranges.filter((r) => r.column.group === group as Group),
  })).filter(({ fields }) => fields.length > 0);
  return (
    <>
      {groups.map(({ title, fields }) => (
        <details
          open={fields.some((f) => f.min !== "" || f.max !== "")}
        >
          <summary>More ranges: {title}</summary>
          {fields.map((r) => <RangeInputs {...r} />)}
        </details>
      ))}
    </>
  );
}
