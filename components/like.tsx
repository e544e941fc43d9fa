import type { Near } from "../db/nearest.ts";
import type { RunRow } from "../db/runs/list.ts";
import { column } from "../physics/columns.ts";
import {
  type Compared,
  COMPARED_WORDS,
  differences,
  DISTANCE,
  roundDistance,
  SCALES,
} from "../physics/distance.ts";
import type { Deck } from "../physics/decks/deck.ts";
import { ErrorSummary } from "./form.tsx";
import { plural } from "./format.ts";
import { LikeForm } from "./like_form.tsx";
import { ColumnLabel, isNumeric, UnitOf, Value } from "./run_value.tsx";
import { Num } from "./values.tsx";

const COMPARED = [...SCALES.map((s) => s.key), ...COMPARED_WORDS];
const RESULTS = ["gamma", "omega", "Q_i", "Q_e", "convergence", "folder"];
/** What the page needs of each run. */
export const LIKE_COLUMNS = [
  ...COMPARED,
  ...RESULTS,
  "code",
  "geometry",
  "implausible",
];
/** Differing quantities that get a column of their own. */
const MAX_DIFFERING = 8;

export interface LikePageProps {
  /** What was pasted. */
  text?: string;
  /** Why it could not be read. */
  problem?: string;
  found?: { deck: Deck; rows: (RunRow & Near)[] };
}

/** A form for an input file and, once it was sent, the runs nearest to it. */
export function LikePage({ text = "", problem, found }: LikePageProps) {
  return (
    <>
      <h1>Has anyone run this?</h1>
      {problem
        ? (
          <ErrorSummary
            errors={{ input: problem }}
            title="The input could not be read"
          />
        )
        : null}
      {found ? <Found {...found} /> : (
        <p class="lede">
          Paste an input file of GENE, CGYRO, TGLF, GS2 or GX to find the runs
          nearest to it in physics. It is read on the server and not kept.
        </p>
      )}
      {found
        ? (
          <details>
            <summary>Try another input</summary>
            <LikeForm text={text} />
          </details>
        )
        : <LikeForm text={text} problem={problem} />}
    </>
  );
}

function Found({ deck, rows }: NonNullable<LikePageProps["found"]>) {
  const target = physicsOf(deck);
  return (
    <>
      <p class="lede" role="status">
        Read as a {deck.kind} {deck.code} input. {rows.length === 0
          ? "The catalogue holds no run to compare with."
          : `The ${
            plural(rows.length, "run")
          } nearest in physics, nearest first.`}
      </p>
      {deck.notes.length > 0 && (
        <ul class="hint">{deck.notes.map((note) => <li>{note}</li>)}</ul>
      )}
      {rows.length > 0 && <Nearest target={target} rows={rows} />}
      <WhatWasRead target={target} />
    </>
  );
}

/** The input itself stands in the first row, so that differences are read downwards. */
function Nearest(
  { target, rows }: { target: Compared; rows: (RunRow & Near)[] },
) {
  const differing = differingFirst(target, rows);
  const results = RESULTS.filter((key) => rows.some((r) => r[key] !== null));
  const columns = [...differing, ...results].map((key) => column(key)!);
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Nearest runs">
      <table class="dense">
        <caption class="hint">
          First what differs from your input, then what came out.{" "}
          <a href="/glossary#distance">How the distance is defined</a>
        </caption>
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">code</th>
            <th scope="col" class="num">{DISTANCE.label}</th>
            {columns.map((c) => (
              <th scope="col" class={isNumeric(c) ? "num" : undefined}>
                <ColumnLabel column={c} />{" "}
                <small class="unit">
                  <UnitOf column={c} />
                </small>
              </th>
            ))}
            <th scope="col">
              <span class="visually-hidden">Download</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr aria-current="true">
            <th scope="row">your input</th>
            <td>{target.code}</td>
            <td></td>
            {columns.map((c) => (
              <td class={isNumeric(c) ? "num" : undefined}>
                {differing.includes(c.key)
                  ? <Value column={c} value={target[c.key] ?? null} />
                  : null}
              </td>
            ))}
            <td></td>
          </tr>
          {rows.map((row) => (
            <NearRow
              {...{ row, columns, differs: differences(target, physics(row)) }}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NearRow(
  { row, columns, differs }: {
    row: RunRow & Near;
    columns: NonNullable<ReturnType<typeof column>>[];
    differs: string[];
  },
) {
  return (
    <tr>
      <th scope="row">
        <a href={`/runs/${row.id}`}>{row.id}</a>
      </th>
      <td>{row.code}</td>
      <td class="num">
        <Num value={roundDistance(row.distance)} />
      </td>
      {columns.map((c) => (
        <td class={isNumeric(c) ? "num" : undefined}>
          {differs.includes(c.key)
            ? (
              <mark>
                <Value column={c} value={row[c.key] ?? null} />
              </mark>
            )
            : <Value column={c} value={row[c.key] ?? null} />}
        </td>
      ))}
      <td>
        <a
          href={`/downloads/new?run=${row.id}`}
          aria-label={`Download run ${row.id}`}
        >
          Download
        </a>
      </td>
    </tr>
  );
}

/** Quantities in which runs of the list differ from the input, those of the nearest runs first. */
function differingFirst(target: Compared, rows: RunRow[]): string[] {
  const found = rows.flatMap((row) => differences(target, physics(row)));
  return [...new Set(found)].slice(0, MAX_DIFFERING);
}

function WhatWasRead({ target }: { target: Compared }) {
  const [told, untold] = [true, false].map((has) =>
    COMPARED.filter((key) => ((target[key] ?? null) !== null) === has).map((
      key,
    ) => column(key)!)
  );
  return (
    <details>
      <summary>What was read from your input</summary>
      <dl class="facts">
        {told!.map((c) => (
          <>
            <dt>
              <ColumnLabel column={c} />
            </dt>
            <dd>
              <Value column={c} value={target[c.key]!} />{" "}
              <small class="unit">
                <UnitOf column={c} />
              </small>
            </dd>
          </>
        ))}
      </dl>
      {untold!.length > 0 && (
        <p class="hint">
          It does not say: {untold!.map((c) => c.label).join(", ")}.
        </p>
      )}
    </details>
  );
}

function physicsOf({ code, values }: Deck): Compared {
  return { ...physics(values), code };
}

/** What the distance looks at; absent stays absent. */
function physics(row: Record<string, unknown>): Compared {
  const told = [...COMPARED, "geometry"].filter((key) => key in row);
  return Object.fromEntries(told.map((key) => {
    const value = row[key];
    const known = typeof value === "number" || typeof value === "string";
    return [key, known ? value : null];
  }));
}
