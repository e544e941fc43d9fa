import type { Column } from "../physics/columns.ts";
import { count } from "./format.ts";

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

/** Facets that stand at the top of the form, their values in sight. */
const LEADING = ["kind", "code"];

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

/** Does the facet stand at the top of the form? The order never changes, so that nothing jumps. */
export function isLeading({ column }: Facet): boolean {
  return LEADING.includes(column.key);
}

/** A facet with its values, which can be folded away. */
export function FacetField(facet: Facet) {
  const { column } = facet;
  return (
    <details open={isLeading(facet) || facet.options.some((o) => o.selected)}>
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
