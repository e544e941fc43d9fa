import { type Column, type Group, GROUPS } from "../physics/columns.ts";
import { count } from "./format.ts";
import { ColumnLabel, columnTitle, UnitOf } from "./run_value.tsx";

/** One value of a facet. */
export interface FacetOption {
  value: string;
  /** Runs it would find, under all filters but the facet's own. */
  count: number;
  selected: boolean;
}

/** A column of which any of several values is wanted. */
export interface Facet {
  column: Column;
  /** Name in the address. */
  name: string;
  options: FacetOption[];
}

/** Bounds of a numeric column, as typed. */
export interface RangeField {
  column: Column;
  min: string;
  max: string;
  any: boolean;
  abs: boolean;
}

/** A column that is yes or no. */
export interface FlagField {
  column: Column;
  value: "yes" | "no" | "";
}

export interface FilterFormProps {
  text: string;
  id: string;
  facets: Facet[];
  /** Asked for most: always in sight. */
  ranges: RangeField[];
  /** The rest, by group. */
  moreRanges: RangeField[];
  flags: FlagField[];
  has: { value: string; label: string; selected: boolean }[];
  /** Sort order, page size and columns, which would be lost otherwise. */
  hidden: [string, string][];
}

/** Facets whose values are in sight from the start. */
const OPEN_FACETS = ["kind", "code"];

/** The facets' new counts, each list by itself, so that what is open stays open. */
export function FacetPartials({ facets }: { facets: Facet[] }) {
  return (
    <>
      {facets.map((facet) => (
        <hx-partial hx-target={`#facet-${facet.name}`} hx-swap="outerHTML">
          <FacetValues {...facet} />
        </hx-partial>
      ))}
    </>
  );
}

/** Values that a form carries along unseen. */
export function HiddenFields({ pairs }: { pairs: [string, string][] }) {
  return (
    <>
      {pairs.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

/** The filters. Works as a plain form; htmx sends it on every change. */
export function FilterForm(form: FilterFormProps) {
  return (
    <form
      id="filters"
      method="get"
      action="/runs"
      hx-get="/runs"
      hx-target="#results"
      hx-swap="outerHTML"
      hx-trigger="submit, change delay:150ms, input delay:500ms target:#text"
      hx-sync="this:replace"
      hx-indicator="#results"
      {...{ "hx-status:400": "target:#filter-errors swap:innerHTML" }}
    >
      <HiddenFields pairs={form.hidden} />
      <TextFields text={form.text} id={form.id} />
      {form.facets.filter(isOpen).map((f) => <FacetField {...f} />)}
      <fieldset>
        <legend>Ranges</legend>
        {form.ranges.map((r) => <RangeInputs {...r} />)}
      </fieldset>
      <Flags flags={form.flags} />
      <HasField has={form.has} />
      {form.facets.filter((f) => !isOpen(f)).map((f) => <FacetField {...f} />)}
      <MoreRanges ranges={form.moreRanges} />
      <button type="submit">Apply</button>
    </form>
  );
}

function TextFields({ text, id }: { text: string; id: string }) {
  return (
    <>
      <label for="text">
        Text
        <input
          type="search"
          id="text"
          name="text"
          value={text}
          maxlength={200}
          aria-describedby="text-hint"
        />
      </label>
      <p class="hint" id="text-hint">
        Keywords, comments, folder, scenario, user ...
      </p>
      <label for="id">
        Number or MongoDB id
        <input type="text" id="id" name="id" value={id} maxlength={24} />
      </label>
    </>
  );
}

function isOpen({ column, options }: Facet): boolean {
  return OPEN_FACETS.includes(column.key) || options.some((o) => o.selected);
}

function FacetField(facet: Facet) {
  const { column } = facet;
  return (
    <details open={isOpen(facet)}>
      <summary title={column.meaning}>{column.name}</summary>
      <FacetValues {...facet} />
    </details>
  );
}

function FacetValues({ column, name, options }: Facet) {
  return (
    <ul
      class="facet"
      id={`facet-${name}`}
      aria-label={column.name}
    >
      {options.map(({ value, count: n, selected }) => (
        <li class={n === 0 ? "muted" : undefined}>
          <label class="check">
            <input
              type="checkbox"
              id={valueId(name, value)}
              name={name}
              value={value}
              checked={selected}
            />
            <span>{value}</span>
          </label>
          <span class="n">{count(n)}</span>
        </li>
      ))}
    </ul>
  );
}

/** The same for the same value whatever its place, so that the focus finds it again after a swap. */
function valueId(name: string, value: string): string {
  const plain = value.replaceAll(
    /[^A-Za-z0-9]/gu,
    (c) => `-${c.codePointAt(0)!.toString(16)}-`,
  );
  return `facet-${name}-${plain}`;
}

function RangeInputs({ column, min, max, any, abs }: RangeField) {
  const { key } = column;
  return (
    <div role="group" aria-labelledby={`range-${key}`}>
      <span id={`range-${key}`} title={columnTitle(column)}>
        <ColumnLabel column={column} />{" "}
        <small class="unit">
          <UnitOf column={column} />
        </small>
      </span>
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

function Flags({ flags }: { flags: FlagField[] }) {
  return (
    <>
      {flags.map(({ column, value }) => (
        <label for={`flag-${column.key}`} title={column.meaning}>
          {column.name}
          <select id={`flag-${column.key}`} name={column.key}>
            <option value="" selected={value === ""}>any</option>
            <option value="yes" selected={value === "yes"}>yes</option>
            <option value="no" selected={value === "no"}>no</option>
          </select>
        </label>
      ))}
    </>
  );
}

function HasField({ has }: Pick<FilterFormProps, "has">) {
  return (
    <fieldset>
      <legend>Must have</legend>
      {has.map(({ value, label, selected }) => (
        <label class="check">
          <input
            type="checkbox"
            id={`has-${value}`}
            name="has"
            value={value}
            checked={selected}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function MoreRanges({ ranges }: { ranges: RangeField[] }) {
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
