import type { Column } from "../physics/columns.ts";
import { count } from "./format.ts";
import { type Facet, FacetField, isLeading } from "./runs_facets.tsx";
import { HistogramNote } from "./runs_histogram.tsx";
import { MoreRanges, type RangeField, RangeInputs } from "./runs_ranges.tsx";

/** A column that is yes or no. */
export interface FlagField {
  column: Column;
  value: "yes" | "no" | "";
}

/** The switch to converged runs. */
export interface ConvergedProps {
  isOn: boolean;
  /** The search with it the other way. */
  href: string;
  /** Runs that it hides: of unknown convergence, and not converged. */
  unknown: number;
  no: number;
}

export interface FilterFormProps {
  text: string;
  id: string;
  /** Conditions on parameters of the input file, as written. */
  inputs: string[];
  facets: Facet[];
  /** Asked for most: always in sight. */
  ranges: RangeField[];
  /** The rest, by group. */
  moreRanges: RangeField[];
  converged: ConvergedProps;
  /** Runs that the histograms were made of, when it was not all. */
  sample: number | null;
  flags: FlagField[];
  has: { value: string; label: string; selected: boolean }[];
  /** Sort order, page size and columns, which would be lost otherwise. */
  hidden: [string, string][];
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
      <InputFields inputs={form.inputs} />
      {form.facets.filter(isLeading).map((f) => <FacetField {...f} />)}
      <ConvergedOnly {...form.converged} />
      <fieldset>
        <legend>Ranges</legend>
        <HistogramNote sample={form.sample} />
        {form.ranges.map((r) => <RangeInputs {...r} />)}
      </fieldset>
      <Flags flags={form.flags} />
      <HasField has={form.has} />
      {form.facets.filter((f) => !isLeading(f)).map((f) => (
        <FacetField
          {...f}
        />
      ))}
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

/** One field for each condition in force, and one for another. */
function InputFields({ inputs }: Pick<FilterFormProps, "inputs">) {
  return (
    <fieldset>
      <legend>Parameters of the input file</legend>
      {[...inputs, ""].map((text, n) => (
        <input
          type="text"
          id={`input-${n}`}
          name="input"
          value={text}
          maxlength={303}
          autocomplete="off"
          spellcheck={false}
          aria-label={`Condition ${n + 1} on the input file`}
          aria-describedby="input-hint"
        />
      ))}
      <p class="hint" id="input-hint">
        <code>hyp_z&gt;0</code>, <code>SAT_RULE:2</code>,{" "}
        <code>magn_geometry:miller</code>
      </p>
    </fieldset>
  );
}

/** Converged or from a solver, and what that hides. */
export function ConvergedOnly({ isOn, href, unknown, no }: ConvergedProps) {
  const hides = `${count(unknown)} of unknown convergence and ${
    count(no)
  } not converged`;
  return (
    <p id="converged-only">
      <a
        id="converged-switch"
        href={href}
        hx-get={href}
        hx-target="#results"
      >
        {isOn ? "Show all again" : "Converged only"}
      </a>{" "}
      <span class="hint">{isOn ? "Hidden:" : "would hide"} {hides}</span>
    </p>
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
