import type { Family } from "../db/families/members.ts";
import type { FamilyOverview } from "../db/families/overview.ts";
import type { RunRow } from "../db/runs/list.ts";
import { type Column, column } from "../physics/columns.ts";
import { symbol } from "../physics/symbol.ts";
import type { UnitSystem } from "../physics/units.ts";
import { compareTwins, type Comparison } from "../physics/twins.ts";
import { FamilyHeader } from "./family.tsx";
import { num, word } from "./family_points.ts";
import { percent, plural } from "./format.ts";
import { ColumnLabel, UnitOf } from "./run_value.tsx";
import { GYRORADII } from "./plots/plot.ts";
import { inUnits, membersIn, rowIn, unitsOfRuns } from "./shown_units.ts";
import { Sym } from "./symbol.tsx";
import { TwinsPlots } from "./twins_plots.tsx";
import { UnitSwitch } from "./unit_switch.tsx";
import { TwinsTable } from "./twins_table.tsx";
import { Num } from "./values.tsx";

export interface TwinsPageProps {
  id: number;
  twins: Family;
  /** The same case at the other wavenumbers. */
  spectra: Family;
  families: FamilyOverview;
  /** The units asked for. */
  asked: UnitSystem;
}

/** The same physics and k_y in every code, side by side. */
export function TwinsPage(
  { id, twins, spectra, families, asked }: TwinsPageProps,
) {
  const all = [...twins.members, ...spectra.members].map((m) => m.row);
  const { units, words } = unitsOfRuns(asked, all);
  const rows = twins.members.map((m) => rowIn(units, m.row)).toSorted((a, b) =>
    String(a.code).localeCompare(String(b.code)) || a.id - b.id
  );
  const codes = [...new Set(rows.map((r) => word(r, "code") ?? "unknown"))];
  if (codes.length < 2) return <NoTwins {...{ id, twins, families }} />;
  const compared = comparisons(rows);
  return (
    <>
      <FamilyHeader
        heading={`Twins: one case in ${codes.length} codes`}
        {...{ id, families, asked, family: twins, address: `/twins/${id}` }}
      >
        <Lede {...{ rows, codes, units }} />
        {compared.map(({ column, comparison }) => (
          <Verdict {...{ column, comparison, rows, units }} />
        ))}
        <UnitSwitch
          asked={asked}
          href={(other) => inUnits(other, `/twins/${id}`)}
          words={words}
        />
      </FamilyHeader>
      <TwinsTable {...{ rows, compared, units }} current={id} />
      <TwinsPlots members={membersIn(units, spectra.members)} units={units} />
    </>
  );
}

function comparisons(
  rows: RunRow[],
): { column: Column; comparison: Comparison }[] {
  const keys = rows[0]!.kind === "linear" ? ["gamma", "omega"] : ["Q_i", "Q_e"];
  return keys.map((key) => ({
    column: column(key)!,
    comparison: compareTwins(rows.map((row) => ({
      run: row.id,
      code: word(row, "code") ?? "unknown",
      value: num(row, key),
      implausible: row.implausible === true,
    }))),
  }));
}

function Lede(
  { rows, codes, units }: {
    rows: RunRow[];
    codes: string[];
    units: UnitSystem;
  },
) {
  return (
    <p class="lede">
      {plural(rows.length, "run")} of {codes.slice(0, -1).join(", ")} and{" "}
      {codes.at(-1)} with the same physics
      {num(rows[0]!, "ky") !== null && (
        <>
          {" "}at <Sym parts={symbol(`k_y ${GYRORADII[units].symbol}`)} /> =
          {" "}
          <Num value={num(rows[0]!, "ky")} />
        </>
      )}, equal within 0.2 %.
    </p>
  );
}

/** Median, spread and outliers of one quantity, as a sentence. */
function Verdict(
  { column, comparison, rows, units }: {
    units: UnitSystem;
    column: Column;
    comparison: Comparison;
    rows: RunRow[];
  },
) {
  const { median, spread, deviations } = comparison;
  if (median === null) return null;
  const outliers = deviations.filter((d) => d.isOutlier);
  const isImplausible = (run: number) =>
    rows.find((r) => r.id === run)!.implausible === true;
  return (
    <p>
      <ColumnLabel column={column} />: the codes' median is{" "}
      <strong>
        <Num value={median} /> <UnitOf column={column} units={units} />
      </strong>
      {spread !== null && <>, their spread {percent(spread)}</>}.
      {outliers.length > 0 && (
        <>
          {" "}Outliers: {outliers.map((o, k) => (
            <>
              {k > 0 && ", "}
              {o.code}{" "}
              <a href={inUnits(units, `/runs/${o.run}`)}>run {o.run}</a> with
              {" "}
              <Num value={o.value} />
              {isImplausible(o.run) && " (implausible)"}
            </>
          ))}.
        </>
      )}
    </p>
  );
}

function NoTwins(
  { id, twins, families }: Omit<TwinsPageProps, "spectra" | "asked">,
) {
  return (
    <FamilyHeader
      heading={`Run ${id} has no twin`}
      {...{ id, families, family: twins, address: `/twins/${id}` }}
    >
      <p class="lede">
        No run of another code has the same physics and wavenumber within 0.2 %.
      </p>
    </FamilyHeader>
  );
}
