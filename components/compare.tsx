import type { RunRow } from "../db/runs/list.ts";
import type { UnitSystem } from "../physics/units.ts";
import { type ComparedColumn, CompareTable } from "./compare_table.tsx";
import { plural } from "./format.ts";
import { PlotFigure } from "./plots/figure.tsx";
import type { Plot } from "./plots/plot.ts";
import { runSubject } from "./run_words.ts";
import { inUnits, type ShownUnits } from "./shown_units.ts";
import { UnitSwitch } from "./unit_switch.tsx";

export interface ComparePageProps {
  /** As stored. */
  rows: RunRow[];
  /** Their numbers in the units that are shown, and what there is to say of them. */
  shown: ShownUnits & { rows: RunRow[] };
  asked: UnitSystem;
  /** The same comparison in other units. */
  unitHref(units: UnitSystem): string;
  columns: ComparedColumn[];
  plots: Plot[];
  /** Also columns in which the runs agree are shown. */
  all: boolean;
  /** The comparison without a run. */
  without(id: number): string;
  /** The comparison with all columns, or with those only that differ. */
  otherHref: string;
  csvHref: string;
  /** Address of a plot as a file. */
  plotHref(name: string, format: string): string;
  /** How many runs fit. */
  most: number;
}

/** Runs side by side: what came out in common plots, then what they differ in. */
export function ComparePage(props: ComparePageProps) {
  const { rows, plots, plotHref } = props;
  if (rows.length === 0) return <NothingToCompare most={props.most} />;
  return (
    <>
      <h1>Compare {plural(rows.length, "run")}</h1>
      <ul class="plain">
        {rows.map((row) => (
          <li>
            <a href={inUnits(props.asked, `/runs/${row.id}`)}>Run {row.id}</a>:
            {" "}
            {runSubject(row)} <span class="muted">{row.folder}</span>
          </li>
        ))}
      </ul>
      {rows.length === 1 && (
        <p class="note">
          One run alone has nothing to differ from. Pick others in the{" "}
          <a href="/runs">search</a>.
        </p>
      )}
      <p class="actions">
        <a
          class="button"
          href={`/downloads/new?${rows.map((r) => `run=${r.id}`).join("&")}`}
        >
          Download
        </a>
        <a href="/basket">Basket</a>
      </p>
      <UnitSwitch
        asked={props.asked}
        href={props.unitHref}
        words={props.shown.words}
      />
      {plots.length > 0 && (
        <section id="plots">
          <h2>Plots</h2>
          {plots.map((plot) => (
            <PlotFigure
              plot={plot}
              file={(format) => plotHref(plot.name, format)}
            />
          ))}
        </section>
      )}
      <Differences {...props} />
    </>
  );
}

function Differences(
  { shown, columns, all, without, otherHref, csvHref }: ComparePageProps,
) {
  const differ = columns.filter((c) => c.words !== "" && !c.isClose).length;
  return (
    <section id="columns">
      <h2>{all ? "All columns" : "Columns that differ"}</h2>
      <p>
        {plural(differ, "column")} {differ === 1 ? "differs" : "differ"}{" "}
        by more than codes convert constants differently (0.2 %).
      </p>
      <p class="actions">
        <a class="button secondary" href={otherHref}>
          {all ? "Only what differs" : "Also what is equal"}
        </a>
        <a class="button secondary" href={csvHref} download>
          CSV{shown.units === "cs_a" && " (stored units)"}
        </a>
      </p>
      {columns.length > 0 && (
        <CompareTable
          rows={shown.rows}
          units={shown.units}
          {...{ columns, without }}
        />
      )}
    </section>
  );
}

function NothingToCompare({ most }: { most: number }) {
  return (
    <>
      <h1>Compare runs</h1>
      <p class="empty">
        Nothing is chosen. Tick up to {most} runs in the{" "}
        <a href="/runs">search</a>, then compare them from the{" "}
        <a href="/basket">basket</a>.
      </p>
    </>
  );
}
