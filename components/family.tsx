import type { Child } from "hono/jsx";
import type { Family } from "../db/families/members.ts";
import type { FamilyOverview } from "../db/families/overview.ts";
import type { RunRow } from "../db/runs/list.ts";
import { column } from "../physics/columns.ts";
import type { UnitSystem } from "../physics/units.ts";
import { FamilyLinks } from "./family_links.tsx";
import { plural } from "./format.ts";
import {
  ColumnLabel,
  columnTitle,
  isNumeric,
  UnitOf,
  Value,
} from "./run_value.tsx";
import { inUnits } from "./shown_units.ts";
import { StateBadge } from "./states.tsx";

/** Runs that one download can name in its address. */
const MAX_IN_ADDRESS = 200;

/** What the table of a family tells of linear runs, and of others. */
export const LINEAR_COLUMNS = [
  "ky",
  "ky_input",
  "gamma",
  "omega",
  "mode",
  "convergence",
  "folder",
  "suffix",
];
export const FLUX_COLUMNS = [
  "Q_i",
  "Q_e",
  "G_e",
  "saturated",
  "folder",
  "suffix",
];

/** Title, a sentence that says what there is, and what can be done with it. */
export function FamilyHeader(
  { heading, id, address, family, families, asked, children }: {
    heading: Child;
    id: number;
    /** Of the page, without `.json`. */
    address: string;
    family: Family;
    families: FamilyOverview;
    /** The units that links to pages keep; files are as stored. */
    asked?: UnitSystem;
    children?: Child;
  },
) {
  const [path, query = ""] = address.split("?");
  const search = query === "" ? "" : `?${query}`;
  const ids = family.members.map((m) => m.row.id);
  return (
    <header>
      <h1>{heading}</h1>
      {children}
      <p class="actions">
        {ids.length <= MAX_IN_ADDRESS && (
          <a
            class="button"
            href={`/downloads/new?${ids.map((run) => `run=${run}`).join("&")}`}
          >
            Download {ids.length === 1 ? "it" : `all ${ids.length}`}
          </a>
        )}
        <a class="button secondary" href={`${path}.csv${search}`}>CSV</a>
        <a class="button secondary" href={`${path}.json${search}`}>JSON</a>
        <a href={inUnits(asked ?? "stored", `/runs/${id}`)}>Run {id}</a>
      </p>
      <FamilyLinks {...{ id, families, asked }} current={path!.split("/")[1]} />
      {family.total > family.members.length && (
        <p class="note">
          Only {plural(family.members.length, "run")} of {family.total}{" "}
          are shown.
        </p>
      )}
    </header>
  );
}

/** Runs with some of their columns; the one that was asked for is marked. */
export function FamilyTable(
  { label, rows, keys, current, units = "stored", notes }: {
    label: string;
    rows: RunRow[];
    /** Those of the rows. Links keep them. */
    units?: UnitSystem;
    keys: string[];
    current: number;
    /** What else is to be said of a run, in a last column. */
    notes?: (row: RunRow) => Child;
  },
) {
  const columns = keys.map((key) => column(key)!);
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={label}>
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">run</th>
            {columns.map((c) => (
              <th
                scope="col"
                class={isNumeric(c) ? "num" : undefined}
                title={columnTitle(c)}
              >
                <ColumnLabel column={c} csA={units === "cs_a"} />{" "}
                <small class="unit">
                  <UnitOf column={c} units={units} />
                </small>
              </th>
            ))}
            {notes && <th scope="col">remarks</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr aria-current={row.id === current ? "true" : undefined}>
              <th scope="row">
                <a href={inUnits(units, `/runs/${row.id}`)}>{row.id}</a>
              </th>
              {columns.map((c) => (
                <td class={isNumeric(c) ? "num" : undefined}>
                  <Value column={c} value={row[c.key] ?? null} />
                </td>
              ))}
              {notes && <td>{notes(row)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Why a run's numbers are not to be taken at face value; nothing for the others. */
export function Doubts({ row }: { row: RunRow }) {
  return (
    <>
      {row.implausible === true && (
        <StateBadge
          state="implausible"
          tone="bad"
        />
      )}{" "}
      {row.convergence === "no" && (
        <StateBadge state="not converged" tone="warn" />
      )}{" "}
      {row.stability === "stable" && <StateBadge state="stable" tone="idle" />}
    </>
  );
}
