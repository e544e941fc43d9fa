import type { Exploration } from "../db/explore.ts";
import { type Column, column, GROUPS } from "../physics/columns.ts";
import { plainSymbol } from "../physics/symbol.ts";
import { ColumnLabel } from "./run_value.tsx";
import type { Chip } from "./runs_chips.tsx";
import { HiddenFields } from "./runs_form.tsx";

/** Axes, colour, symbol and bounds of a scatter; the filters of the search come along unseen. */
export function ExploreForm(
  { view, axes, groupings, hidden }: {
    view: Exploration;
    axes: Column[];
    groupings: Column[];
    hidden: [string, string][];
  },
) {
  return (
    <search>
      <form method="get" action="/explore" class="explore">
        <HiddenFields pairs={hidden} />
        <Choice name="x" label="Across" columns={axes} chosen={view.x} />
        <Choice name="y" label="Upwards" columns={axes} chosen={view.y} />
        <Choice
          name="colour"
          label="Colour"
          columns={groupings}
          chosen={view.colour}
          optional
        />
        <Choice
          name="symbol"
          label="Symbol"
          columns={groupings}
          chosen={view.symbol}
          optional
        />
        {[view.x, ...(view.y === view.x ? [] : [view.y])].map((key) => (
          <Bounds view={view} name={key} />
        ))}
        <div>
          <Tick name="xlog" label="logarithmic across" checked={view.xlog} />
          <Tick name="ylog" label="logarithmic upwards" checked={view.ylog} />
          <button type="submit">Draw</button>
        </div>
      </form>
    </search>
  );
}

/** A column to choose, by group. */
export function Choice(
  { name, label, columns, chosen, optional }: {
    name: string;
    label: string;
    columns: Column[];
    chosen: string | null;
    optional?: boolean;
  },
) {
  return (
    <label for={`explore-${name}`}>
      {label}
      <select id={`explore-${name}`} name={name}>
        {optional && <option value="">nothing</option>}
        {Object.entries(GROUPS).map(([group, title]) => {
          const members = columns.filter((c) => c.group === group);
          return members.length === 0 ? null : (
            <optgroup label={title}>
              {members.map((c) => (
                <option value={c.key} selected={c.key === chosen}>
                  {nameOf(c)}
                </option>
              ))}
            </optgroup>
          );
        })}
      </select>
    </label>
  );
}

function Bounds({ view, name }: { view: Exploration; name: string }) {
  const range = view.query.ranges.get(name);
  const title = column(name)!.name;
  return (
    <div role="group" aria-label={`Bounds of ${title}`}>
      <span>
        <ColumnLabel column={column(name)!} />
      </span>
      <div class="range">
        {(["min", "max"] as const).map((end) => (
          <input
            type="text"
            inputmode="decimal"
            name={`${name}_${end}`}
            value={range?.[end] == null ? "" : String(range[end])}
            placeholder={end === "min" ? "from" : "to"}
            aria-label={`${title}, ${end === "min" ? "from" : "to"}`}
            autocomplete="off"
          />
        ))}
      </div>
    </div>
  );
}

function Tick(
  { name, label, checked }: { name: string; label: string; checked: boolean },
) {
  return (
    <label class="check">
      <input type="checkbox" name={name} value="1" checked={checked} />
      <span>{label}</span>
    </label>
  );
}

/** The filters of the search that the scatter goes by, each with a way to drop it. */
export function FilterChips({ chips }: { chips: Chip[] }) {
  return (
    <ul class="chips" aria-label="Filters in force">
      {chips.map(({ href, before, column, after }) => (
        <li>
          <a href={href}>
            <span class="visually-hidden">Remove filter:</span> {before}
            {column && <ColumnLabel column={column} />}
            {after} <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function nameOf(c: Column): string {
  const symbol = plainSymbol(c.symbol);
  return symbol === "" ? c.name : `${symbol}: ${c.name}`;
}
