import { type Column } from "../physics/columns.ts";
import { about, plural } from "./format.ts";
import { ColumnLabel } from "./run_value.tsx";

/** One filter in force. Drawn as `before` symbol `after`. */
export interface Chip {
  before: string;
  column: Column | null;
  after: string;
  /** The search without it. */
  href: string;
}

/** How many runs there are without one of the filters. */
export interface Relaxation {
  chip: Chip;
  total: number;
  estimated: boolean;
}

/** The filters in force, each a link that removes it. */
export function Chips(
  { chips, clearHref }: { chips: Chip[]; clearHref: string },
) {
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label="Filters in force">
      {chips.map((chip, n) => (
        <li>
          <a
            id={`chip-${n}`}
            href={chip.href}
            hx-get={chip.href}
            hx-target="#results"
          >
            <span class="visually-hidden">Remove filter:</span>{" "}
            <ChipText {...chip} /> <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
      <li>
        <a
          id="chip-clear"
          href={clearHref}
          hx-get={clearHref}
          hx-target="#results"
        >
          Clear all
        </a>
      </li>
    </ul>
  );
}

/** What to do when nothing was found. */
export function Relaxations({ relaxations }: { relaxations: Relaxation[] }) {
  return (
    <div class="empty">
      <p>No run matches all of these filters.</p>
      {relaxations.length > 0 && (
        <ul>
          {relaxations.map(({ chip, total, estimated }) => (
            <li>
              <a href={chip.href} hx-get={chip.href} hx-target="#results">
                Without “<ChipText {...chip} />”
              </a>
              :{" "}
              {estimated ? `about ${about(total)} runs` : plural(total, "run")}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function ChipText({ before, column, after }: Chip) {
  return (
    <span>
      {before}
      {column && <ColumnLabel column={column} />}
      {after}
    </span>
  );
}
