import type { Column, Group } from "../physics/columns.ts";
import { DISTANCE_MEANING } from "../physics/distance.ts";
import { symbol } from "../physics/symbol.ts";
import { UNITS } from "../physics/units.ts";
import { Sym } from "./symbol.tsx";

/** Every public column: how it is written, called and measured, what it means and where it comes from. */
export function GlossaryPage(
  { columns, groups }: { columns: Column[]; groups: Record<Group, string> },
) {
  const entries = Object.entries(groups) as [Group, string][];
  return (
    <>
      <h1>Glossary</h1>
      <p class="lede">
        Every column of the catalogue, as it is named in searches, CSV and JSON.
      </p>
      <Words />
      <nav class="toc" aria-label="Groups of columns">
        {entries.map(([group, title]) => <a href={`#group-${group}`}>{title}
        </a>)}
      </nav>
      {entries.map(([group, title]) => (
        <GroupTable
          group={group}
          title={title}
          columns={columns.filter((c) => c.group === group)}
        />
      ))}
    </>
  );
}

/** The words that pages use. */
const WORDS = [
  ["run", "one simulation: a document of the source and its files"],
  [
    "source",
    "the MongoDB database that uploaders fill; this site only reads it",
  ],
  [
    "catalogue",
    "the table that searches read, one row per run, made from the source",
  ],
  ["collection", "where a run is stored in the source: linear or nonlinear"],
  ["spectrum", "linear runs of one code that differ only in the wavenumber"],
  [
    "scan",
    "spectra that differ in one parameter. Other scans of that parameter can be laid over one: those by runs of the same kind, in any code, " +
    "whose distance is at most 4 with the parameter and the wavenumber left out",
  ],
  [
    "case",
    "nonlinear and quasilinear runs of the same physics, in any code; on the map of their heat fluxes each case counts once",
  ],
  ["twins", "runs of different codes with the same physics"],
  ["basket", "the runs you have picked"],
  ["download", "your request for an archive"],
  ["archive", "the zip file with the complete outputs of runs"],
];

function Words() {
  return (
    <details>
      <summary>Words used on this site</summary>
      <dl class="facts">
        {WORDS.map(([word, meaning]) => (
          <>
            <dt>{word}</dt>
            <dd>{meaning}</dd>
          </>
        ))}
        <dt id="distance">distance</dt>
        <dd>{DISTANCE_MEANING}</dd>
      </dl>
    </details>
  );
}

function GroupTable(
  { group, title, columns }: { group: Group; title: string; columns: Column[] },
) {
  return (
    <section>
      <h2 id={`group-${group}`}>{title}</h2>
      <div class="scroll" tabindex={0} role="region" aria-label={title}>
        <table class="dense glossary">
          <thead>
            <tr>
              <th scope="col">Symbol</th>
              <th scope="col">Column</th>
              <th scope="col">Meaning</th>
              <th scope="col">Unit</th>
              <th scope="col">Where it comes from</th>
            </tr>
          </thead>
          <tbody>{columns.map((column) => <Entry column={column} />)}</tbody>
        </table>
      </div>
    </section>
  );
}

function Entry({ column }: { column: Column }) {
  const { key, name, meaning, unit, signed } = column;
  return (
    <tr id={`col-${key}`}>
      <td>
        <Sym parts={column.symbol} />
      </td>
      <th scope="row">
        <a class="mono" href={`#col-${key}`}>{key}</a>
      </th>
      <td>
        <strong>{name}.</strong> {meaning}
        {signed && " May be negative."}
      </td>
      <td>
        <Sym parts={symbol(UNITS[unit].stored)} />
      </td>
      <td>
        <Origin column={column} />
      </td>
    </tr>
  );
}

function Origin({ column: { formula, imas, old } }: { column: Column }) {
  return (
    <ul class="plain origin">
      {formula && (
        <li>
          <span class="muted">worked out:</span> {formula}
        </li>
      )}
      {imas && (
        <li>
          <span class="muted">IMAS:</span> <span class="mono">{imas}</span>
        </li>
      )}
      {old && old !== imas && (
        <li>
          <span class="muted">old layout:</span> <span class="mono">{old}</span>
        </li>
      )}
    </ul>
  );
}
