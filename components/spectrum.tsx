import type { Family } from "../db/families/members.ts";
import type { RunRow } from "../db/runs/list.ts";
import type { FamilyOverview } from "../db/families/overview.ts";
import { column } from "../physics/columns.ts";
import {
  isAtEnd,
  lineOf,
  peakOf,
  type Point,
  reversals,
} from "../physics/spectrum.ts";
import { symbol } from "../physics/symbol.ts";
import type { UnitSystem } from "../physics/units.ts";
import {
  Doubts,
  FamilyHeader,
  FamilyTable,
  FLUX_COLUMNS,
  LINEAR_COLUMNS,
} from "./family.tsx";
import { memberPoints } from "./family_points.ts";
import { plural } from "./format.ts";
import { GYRORADII } from "./plots/plot.ts";
import { ColumnLabel, UnitOf } from "./run_value.tsx";
import { inUnits, membersIn, unitsOfRuns } from "./shown_units.ts";
import { SpectrumGrids } from "./spectrum_grids.tsx";
import { SpectrumPlots } from "./spectrum_plots.tsx";
import { Sym } from "./symbol.tsx";
import { UnitSwitch } from "./unit_switch.tsx";
import { Num } from "./values.tsx";

export interface SpectrumPageProps {
  /** The run that was asked for. */
  id: number;
  spectrum: Family;
  families: FamilyOverview;
  /** The units asked for. */
  asked: UnitSystem;
}

/** A spectrum: growth rate and frequency over k_y, in words, plots and a table. */
export function SpectrumPage(
  { id, spectrum, families, asked }: SpectrumPageProps,
) {
  const stored = spectrum.members.map((m) => m.row);
  const { units, words } = unitsOfRuns(asked, stored);
  const members = membersIn(units, spectrum.members);
  const rows = members.map((m) => m.row);
  const points = members.flatMap(memberPoints).filter((p) => p.ky !== null);
  const line = lineOf(points, (p) => p.ky);
  return (
    <>
      <FamilyHeader
        heading={headingOf(rows, points)}
        {...{
          id,
          families,
          asked,
          family: spectrum,
          address: `/spectra/${id}`,
        }}
      >
        <SpectrumLede {...{ rows, line, units }} />
        <SpectrumWords {...{ points, line, units }} />
        <UnitSwitch
          asked={asked}
          href={(other) => inUnits(other, `/spectra/${id}`)}
          words={words}
        />
      </FamilyHeader>
      {points.length > 1 && <SpectrumPlots {...{ points, line, units }} />}
      <SpectrumGrids {...{ rows, units }} current={id} />
      <SpectrumRuns {...{ id, rows, units }} />
    </>
  );
}

function headingOf(rows: RunRow[], points: Point[]): string {
  const what = points.length > 0 ? "Spectrum" : "Same physics";
  return `${what}: ${plural(rows.length, "run")} of ${
    rows[0]!.code ?? "unknown code"
  }`;
}

function SpectrumRuns(
  { id, rows, units }: { id: number; rows: RunRow[]; units: UnitSystem },
) {
  return (
    <section>
      <h2>Runs</h2>
      <FamilyTable
        label="Runs of the spectrum"
        {...{ rows, units }}
        keys={rows[0]!.kind === "linear" ? LINEAR_COLUMNS : FLUX_COLUMNS}
        current={id}
        notes={(row) => <Doubts row={row} />}
      />
    </section>
  );
}

function SpectrumLede(
  { rows, line, units }: { rows: RunRow[]; line: Point[]; units: UnitSystem },
) {
  const kind = String(rows[0]!.kind);
  if (rows.length === 1 && line.length < 2) {
    return (
      <p class="lede">
        This {kind} run is alone: no other run of its code has the same physics
        {kind === "linear" && " at another wavenumber"}.
      </p>
    );
  }
  return (
    <p class="lede">
      {plural(rows.length, `${kind} run`)} of one code with the same physics
      {line.length > 1 && (
        <>
          {" "}at {line.length} values of{" "}
          <Sym parts={symbol(`k_y ${GYRORADII[units].symbol}`)} /> from{" "}
          <Num value={line[0]!.ky} /> to <Num value={line.at(-1)!.ky} />
        </>
      )}.
    </p>
  );
}

interface WordsProps {
  points: Point[];
  line: Point[];
  units: UnitSystem;
}

/** Where gamma peaks, and where the mode turns. */
function SpectrumWords({ points, line, units }: WordsProps) {
  const ky = <Sym parts={symbol(`k_y ${GYRORADII[units].symbol}`)} />;
  const odd = points.filter((p) => p.state === "implausible").length;
  return (
    <>
      {line.length > 1 && <PeakWords {...{ points, line, units }} />}
      {reversals(line).map(([a, b]) => (
        <p>
          The mode turns from the {a.omega! > 0 ? "ion" : "electron"} to the
          {" "}
          {a.omega! > 0 ? "electron" : "ion"} direction between {ky} ={" "}
          <Num value={a.ky} /> and <Num value={b.ky} />.
        </p>
      ))}
      {odd > 0 && (
        <p>
          {plural(odd, "point")} {odd === 1 ? "is" : "are"}{" "}
          implausible, beyond what any drift wave does, and left out of the
          line.
        </p>
      )}
    </>
  );
}

function PeakWords({ points, line, units }: WordsProps) {
  const peak = peakOf(points);
  if (peak === null) return null;
  const gamma = column("gamma")!;
  return (
    <p>
      <ColumnLabel column={gamma} /> peaks at{" "}
      <strong>
        <Num value={peak.gamma} /> <UnitOf column={gamma} units={units} />
      </strong>{" "}
      at <Sym parts={symbol(`k_y ${GYRORADII[units].symbol}`)} /> ={" "}
      <Num value={peak.ky} />
      {peak.ky_input !== null && (
        <>
          {" "}(typed: <Num value={peak.ky_input} />)
        </>
      )}
      {isAtEnd(line, peak) &&
        ", the end of the spectrum: the true peak may lie beyond"}.
    </p>
  );
}
