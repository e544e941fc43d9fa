import type { RunRow } from "../db/runs/list.ts";
import type { Column } from "../physics/columns.ts";
import { DataTable } from "./data_table.tsx";
import { plural } from "./format.ts";
import { ColumnLabel, columnTitle, isNumeric, Value } from "./run_value.tsx";

/** As many runs stand side by side at most. */
const MOST_COMPARED = 8;

/** Which runs of a page are picked, and where the page is. */
export interface PickedProps {
  /** Numbers of all picked runs. */
  picked: number[];
  /** Why nothing was picked. */
  problem?: string;
  /** Address to come back to. */
  here: string;
}

/** The picked runs. */
export function BasketPage(
  { rows, columns, size, problem }: {
    rows: RunRow[];
    columns: Column[];
    /** How many a basket holds. */
    size: number;
    /** Why nothing was picked. */
    problem?: string;
  },
) {
  const ids = rows.map((r) => r.id);
  return (
    <>
      <h1>Basket</h1>
      {problem && <p class="note" role="alert">{problem}</p>}
      {rows.length === 0 ? <Empty size={size} /> : (
        <>
          <p>
            {plural(rows.length, "run")} of at most{" "}
            {size}, kept until you take them out.
          </p>
          <BasketActions picked={ids} here="/basket" />
          <p class="hint">
            Cite them: <a href="/basket.bib" download>BibTeX</a>,{" "}
            <a href="/basket.ris" download>RIS</a>,{" "}
            <a href="/basket.datacite.json" download>DataCite JSON</a>
          </p>
          <DataTable
            label="Picked runs"
            heads={[
              { label: "run" },
              ...columns.map((column) => ({
                label: <ColumnLabel column={column} />,
                title: columnTitle(column),
                numeric: isNumeric(column),
              })),
              { label: <span class="visually-hidden">take out</span> },
            ]}
          >
            {rows.map((row) => <BasketRow row={row} columns={columns} />)}
          </DataTable>
        </>
      )}
    </>
  );
}

function Empty({ size }: { size: number }) {
  return (
    <p class="empty">
      Nothing is picked. Tick runs in the <a href="/runs">search</a>: up to{" "}
      {size} stay here over pages and searches, to be downloaded together.
    </p>
  );
}

function BasketRow({ row, columns }: { row: RunRow; columns: Column[] }) {
  return (
    <tr>
      <th scope="row">
        <a href={`/runs/${row.id}`}>{row.id}</a>
      </th>
      {columns.map((column) => (
        <td class={isNumeric(column) ? "num" : undefined}>
          <Value column={column} value={row[column.key] ?? null} />
        </td>
      ))}
      <td>
        <form class="inline" method="post" action="/basket/removal">
          <input type="hidden" name="run" value={row.id} />
          <button
            class="link"
            type="submit"
            aria-label={`Take out run ${row.id}`}
          >
            Take out
          </button>
        </form>
      </td>
    </tr>
  );
}

/** What is picked and what can be done with it, below the results of a search; empty but there when nothing is. */
export function BasketBar({ picked, problem, here }: PickedProps) {
  return (
    <div id="basket-bar" class="basket-bar" role="status">
      {problem && <p class="problem">{problem}</p>}
      {picked.length > 0 && (
        <>
          <a href="/basket">{plural(picked.length, "run")} picked</a>
          <BasketActions picked={picked} here={here} />
        </>
      )}
    </div>
  );
}

function BasketActions({ picked, here }: PickedProps) {
  const runs = new URLSearchParams(picked.map((id) => ["run", String(id)]));
  return (
    <div class="actions">
      <a class="button" href={`/downloads/new?${runs}`}>Download</a>
      {picked.length > 1 && picked.length <= MOST_COMPARED && (
        <a class="button secondary" href={`/compare?${runs}`}>Compare</a>
      )}
      <form class="inline" method="post" action="/basket/removal">
        <input type="hidden" name="all" value="yes" />
        <input type="hidden" name="next" value={here} />
        <button class="secondary" type="submit">Clear</button>
      </form>
    </div>
  );
}

/** The answer to a ticked box: the bar, and the number in the header. */
export function BasketFragment(props: PickedProps) {
  return (
    <>
      <BasketBar {...props} />
      <hx-partial hx-target="#basket-count" hx-swap="outerHTML">
        <BasketCount picked={props.picked.length} />
      </hx-partial>
    </>
  );
}

/** Number of picked runs, beside the header's link; nothing when there are none. */
export function BasketCount({ picked }: { picked: number }) {
  return <span id="basket-count" class="count">{picked > 0 ? picked : ""}
  </span>;
}

/** Puts one run into the basket, from its own page. */
export function PickButton({ id }: { id: number }) {
  return (
    <form class="inline" method="post" action="/basket">
      <input type="hidden" name="run" value={id} />
      <input type="hidden" name="next" value={`/runs/${id}`} />
      <button type="submit" class="secondary">Put into the basket</button>
    </form>
  );
}
