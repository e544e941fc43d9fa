import type { FamilyOverview } from "../db/families/overview.ts";
import type { Member } from "../db/families/members.ts";
import type { Run } from "../db/runs/run.ts";
import type { Siblings } from "../db/runs/siblings.ts";
import { type Column, column } from "../physics/columns.ts";
import { symbol } from "../physics/symbol.ts";
import { recomputed } from "../physics/trust.ts";
import { toCsA, toShown, type UnitSystem } from "../physics/units.ts";
import { PickButton } from "./basket.tsx";
import type { Citation } from "./citation/citation.ts";
import { FamilyLinks } from "./family_links.tsx";
import { CiteSection } from "./run_cite.tsx";
import { RunPlasma, RunSurface } from "./run_plasma.tsx";
import { RunFiles, RunPlots } from "./run_files.tsx";
import { RunFluxes } from "./run_fluxes.tsx";
import { DrawnPlots } from "./run_plots.tsx";
import { RunModes } from "./run_modes.tsx";
import { RunNumerics } from "./run_numerics.tsx";
import { RunProvenance } from "./run_provenance.tsx";
import { RunSpecies } from "./run_species.tsx";
import { RunTrust } from "./run_trust.tsx";
import type { RunLinks } from "./run_trust_origin.tsx";
import { RunSiblings } from "./run_siblings.tsx";
import { ColumnLabel, columnTitle, UnitOf, Value } from "./run_value.tsx";
import { HideForm } from "./run_visibility.tsx";
import { type Note, runNotes, runSubject } from "./run_words.ts";
import { rowIn, simulationIn, unitsOfRun } from "./shown_units.ts";
import { StateBadge } from "./states.tsx";
import { Sym } from "./symbol.tsx";
import { Ago, Num } from "./values.tsx";

/** The numbers that a run is looked up for. */
const HEADLINE = {
  linear: ["gamma", "omega", "ky", "ky_input"],
  nonlinear: ["Q_i", "Q_e", "G_e", "em_share"],
};

export interface RunPageProps {
  run: Run;
  siblings: Siblings | null;
  families: FamilyOverview;
  /** Runs of the same code and physics, for the plot of the spectrum. */
  spectrum: Member[];
  links: RunLinks;
  citation: Citation;
  /** Sees the whole path of the folder, which names people. */
  isAdmin: boolean;
  /** Those asked for. */
  units: UnitSystem;
}

/** A run, from what it is to where it came from. Everything is from the catalogue, so it is shown while the source is away. */
export function RunPage(props: RunPageProps) {
  const { run, siblings, families, spectrum, links, citation, isAdmin } = props;
  const { units } = unitsOfRun(props.units, run.row);
  const row = rowIn(units, run.row);
  const sim = simulationIn(units, run.detail, run.row);
  const again = recomputed(run.detail);
  const notes = runNotes(run.row, run.detail, again);
  return (
    <>
      <RunHeader run={run} isAdmin={isAdmin} />
      <FamilyLinks id={row.id} families={families} asked={props.units} />
      <RunNotes notes={notes} />
      <DrawnPlots
        source={{
          row: run.row,
          sim: run.detail,
          spectrum,
          units: props.units,
        }}
      />
      <RunFluxes {...{ sim, units }} />
      <RunModes {...{ sim, units }} />
      {siblings && (
        <RunSiblings
          siblings={siblings}
          current={row.id}
          asked={props.units}
        />
      )}
      <div class="split">
        <RunSurface {...{ row, sim, units }} />
        <RunPlasma {...{ row, sim, units }} />
      </div>
      <RunSpecies {...{ sim, units }} />
      <RunNumerics {...{ row, sim, units }} />
      <RunPlots id={row.id} plots={sim.plots} />
      <RunFiles id={row.id} files={sim.files} />
      <RunTrust {...{ run, links, notes, again }} />
      <RunProvenance run={run} isAdmin={isAdmin} />
      <CiteSection citation={citation} address={`/runs/${row.id}`} />
      {isAdmin && <HideForm id={row.id} />}
    </>
  );
}

function RunHeader({ run, isAdmin }: { run: Run; isAdmin: boolean }) {
  const { row, folder_path } = run;
  const folder = isAdmin ? folder_path : row.folder;
  return (
    <header>
      <h1>
        Run {row.id}{" "}
        <small class="muted">
          {[folder, row.suffix].filter(Boolean).join(" ")}
        </small>
      </h1>
      <p class="headline">
        {runSubject(row)}
        <Finding row={row} />.
      </p>
      <Headline row={row} />
      <div class="actions">
        <a class="button" href={`/downloads/new?run=${row.id}`}>Download</a>
        <a class="button secondary" href={`/runs/${row.id}.json`}>
          Whole document as JSON
        </a>
        <a class="button secondary" href={`/runs?like=${row.id}`}>
          Find runs like this
        </a>
        <button
          type="button"
          class="secondary"
          data-copy={String(row.source_id)}
          hidden
        >
          Copy MongoDB id
        </button>
        {row.uploaded_at instanceof Date && (
          <span class="muted">
            Uploaded <Ago at={row.uploaded_at} />
          </span>
        )}
        <PickButton id={row.id} />
      </div>
    </header>
  );
}

/** The end of the first sentence: what came out. */
function Finding({ row }: Pick<Run, "row">) {
  const { gamma, ky, Q_i, Q_e, stability } = row;
  if (typeof ky === "number") {
    return (
      <>
        {typeof gamma === "number" && stability !== "stable" && (
          <>
            , <Quantity column={column("gamma")!} value={gamma} />
          </>
        )} at <Sym parts={symbol("k_y ρ_{ref}")} /> = <Num value={ky} />
      </>
    );
  }
  return (
    <>
      {typeof Q_i === "number" && (
        <>
          , <Quantity column={column("Q_i")!} value={Q_i} />
        </>
      )}
      {typeof Q_e === "number" && (
        <>
          , <Quantity column={column("Q_e")!} value={Q_e} />
        </>
      )}
    </>
  );
}

function Quantity({ column, value }: { column: Column; value: number }) {
  return (
    <>
      <ColumnLabel column={column} /> = <Num value={value} />{" "}
      <UnitOf column={column} />
    </>
  );
}

function Headline({ row }: Pick<Run, "row">) {
  const keys = row.kind === "linear" ? HEADLINE.linear : HEADLINE.nonlinear;
  const columns = keys.map((key) => column(key)!).filter((c) =>
    typeof row[c.key] === "number"
  );
  if (columns.length === 0) return null;
  return (
    <dl class="tiles">
      {columns.map((c) => (
        <div>
          <dt title={columnTitle(c)}>
            <ColumnLabel column={c} /> <span class="muted">{c.name}</span>
          </dt>
          <dd>
            <Value column={c} value={row[c.key]!} />{" "}
            <span class="unit">
              <UnitOf column={c} />
            </span>
          </dd>
          <Converted
            column={c}
            value={Number(row[c.key])}
            aOverR={typeof row.a_over_R === "number" ? row.a_over_R : null}
          />
        </div>
      ))}
    </dl>
  );
}

/** The same number in c_s and a, or in c_s and R0 where a is not known; a wavenumber over rho_s. */
function Converted(
  { column, value, aOverR }: {
    column: Column;
    value: number;
    aOverR: number | null;
  },
) {
  const { factor, unit } = column.unit === "wavenumber"
    ? toShown(column.unit, aOverR ?? 1)
    : toCsA(column.unit, aOverR);
  if (factor === 1) return null;
  return (
    <dd class="converted">
      = <Num value={value * factor} />{" "}
      <span class="unit">
        <Sym parts={symbol(unit)} />
      </span>
    </dd>
  );
}

function RunNotes({ notes }: { notes: Note[] }) {
  if (notes.length === 0) return null;
  return (
    <section aria-label="How far to trust it">
      <ul class="plain">
        {notes.map(({ tone, title, text }) => (
          <li>
            <StateBadge state={title} tone={tone} /> {text}
          </li>
        ))}
      </ul>
    </section>
  );
}
