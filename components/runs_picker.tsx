import { type Column, type Group, GROUPS } from "../physics/columns.ts";
import { HiddenFields } from "./runs_form.tsx";

export interface ColumnPickerProps {
  /** All columns that can be shown. */
  columns: Column[];
  /** Keys of those that are. */
  shown: string[];
  /** The rest of the search, which the picker keeps. */
  hidden: [string, string][];
  /** The search with the usual columns. */
  resetHref: string;
}

/** Which columns the table shows: a form of its own, so that the filters do not carry eighty boxes. */
export function ColumnPicker(
  { columns, shown, hidden, resetHref }: ColumnPickerProps,
) {
  return (
    <details class="picker">
      <summary>Columns</summary>
      <form
        id="columns"
        method="get"
        action="/runs"
        hx-get="/runs"
        hx-target="#results"
      >
        <HiddenFields pairs={hidden} />
        {Object.entries(GROUPS).map(([group, title]) => (
          <Boxes
            title={title}
            columns={columns.filter((c) => c.group === group as Group)}
            shown={shown}
          />
        ))}
        <button type="submit">Show these columns</button>{" "}
        <a href={resetHref} hx-get={resetHref} hx-target="#results">
          Usual columns
        </a>
      </form>
    </details>
  );
}

function Boxes(
  { title, columns, shown }: {
    title: string;
    columns: Column[];
    shown: string[];
  },
) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {columns.map((c) => (
        <label class="check">
          <input
            type="checkbox"
            id={`col-${c.key}`}
            name="cols"
            value={c.key}
            checked={shown.includes(c.key)}
          />
          <span>{c.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
