import type { Family } from "../db/families/members.ts";
import type { FamilyOverview } from "../db/families/overview.ts";
import type { RunRow } from "../db/runs/list.ts";
import { type Column, column } from "../physics/columns.ts";
import { RESOLUTION } from "../physics/families.ts";
import { symbol } from "../physics/symbol.ts";
import {
  compareTwins,
  type Comparison,
  OUTLIER_SHARE,
} from "../physics/twins.ts";
import { Doubts, FamilyHeader } from "./family.tsx";
import { num, word } from "./family_points.ts";
import { plural } from "./format.ts";
import { ColumnLabel, UnitOf, Value } from "./run_value.tsx";
import { StateBadge } from "./states.tsx";
import { Sym } from "./symbol.tsx";
import { None, Num } from "./values.tsx";

export interface TwinsPageProps {
  id: number;
  twins: Family;
  families: FamilyOverview;
}

/** The same physics and k_y in every code, side by side. */
export function TwinsPage({ id, twins, families }: TwinsPageProps) {
  const rows = twins.members.map((m) => m.row).toSorted((a, b) =>
    String(a.code).localeCompare(String(b.code)) || a.id - b.id
  );
  const codes = [...new Set(rows.map((r) => word(r, "code") ?? "unknown"))];
  if (codes.length < 2) return <NoTwins {...{ id, twins, families }} />;
  const keys = rows[0]!.kind === "linear" ? ["gamma", "omega"] : ["Q_i", "Q_e"];
  const compared = keys.map((key) => ({
    column: column(key)!,
    comparison: compareTwins(rows.map((row) => ({
      run: row.id,
      code: word(row, "code") ?? "unknown",
      value: num(row, key),
      implausible: row.implausible === true,
    }))),
  }));
  return (
    <>
      <FamilyHeader
        heading={`Twins: one case in ${codes.length} codes`}
        {...{ id, families, family: twins, address: `/twins/${id}` }}
      >
        <p class="lede">
          {plural(rows.length, "run")} of {codes.slice(0, -1).join(", ")} and
          {" "}
          {codes.at(-1)} with the same physics
          {num(rows[0]!, "ky") !== null && (
            <>
              {" "}at <Sym parts={symbol("k_y ρ_{ref}")} /> ={" "}
              <Num value={num(rows[0]!, "ky")} />
            </>
          )}, equal within 0.2 %.
        </p>
        {compared.map(({ column, comparison }) => (
          <Verdict {...{ column, comparison, rows }} />
        ))}
      </FamilyHeader>
      <TwinsTable rows={rows} compared={compared} current={id} />
    </>
  );
}

/** Median, spread and outliers of one quantity, as a sentence. */
function Verdict(
  { column, comparison, rows }: {
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
        <Num value={median} /> <UnitOf column={column} />
      </strong>
      {spread !== null && <>, their spread {percent(spread)}</>}.
      {outliers.length > 0 && (
        <>
          {" "}Outliers: {outliers.map((o, k) => (
            <>
              {k > 0 && ", "}
              {o.code} <a href={`/runs/${o.run}`}>run {o.run}</a> with{" "}
              <Num value={o.value} />
              {isImplausible(o.run) && " (implausible)"}
            </>
          ))}.
        </>
      )}
    </p>
  );
}

function TwinsTable(
  { rows, compared, current }: {
    rows: RunRow[];
    compared: { column: Column; comparison: Comparison }[];
    current: number;
  },
) {
  const grid = RESOLUTION.filter((key) => rows.some((r) => r[key] !== null))
    .map((key) => column(key)!);
  return (
    <section>
      <h2>Side by side</h2>
      <p class="hint">
        Deviations are from the median over the codes. A run further away than
        {" "}
        {percent(OUTLIER_SHARE)}, or implausible, is an outlier and does not
        count in it.
      </p>
      <div class="scroll" tabindex={0} role="region" aria-label="Twins">
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">run</th>
              <th scope="col">code</th>
              {compared.map(({ column }) => (
                <>
                  <th scope="col" class="num">
                    <ColumnLabel column={column} />{" "}
                    <small class="unit">
                      <UnitOf column={column} />
                    </small>
                  </th>
                  <th scope="col" class="num">
                    <span class="visually-hidden">{column.name}:</span>{" "}
                    deviation
                  </th>
                </>
              ))}
              <th scope="col">convergence</th>
              {grid.map((c) => (
                <th scope="col" class="num">
                  <ColumnLabel column={c} />
                </th>
              ))}
              <th scope="col">folder</th>
              <th scope="col">remarks</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, k) => (
              <tr aria-current={row.id === current ? "true" : undefined}>
                <th scope="row">
                  <a href={`/runs/${row.id}`}>{row.id}</a>
                </th>
                <td>{row.code}</td>
                {compared.map(({ column, comparison }) => (
                  <>
                    <td class="num">
                      <Value column={column} value={row[column.key] ?? null} />
                    </td>
                    <td class="num">
                      <Deviates relative={comparison.deviations[k]!.relative} />
                    </td>
                  </>
                ))}
                <td>{row.convergence ?? <None />}</td>
                {grid.map((c) => (
                  <td class="num">
                    <Value column={c} value={row[c.key] ?? null} />
                  </td>
                ))}
                <td>{row.folder}</td>
                <td>
                  {compared.some((c) =>
                    c.comparison.deviations[k]!.isOutlier
                  ) &&
                    <StateBadge state="outlier" tone="warn" />}{" "}
                  <Doubts row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Deviates({ relative }: { relative: number | null }) {
  if (relative === null) return <None />;
  return <>{relative >= 0.0005 ? "+" : ""}{percent(relative)}</>;
}

/** To a tenth: more than codes agree to. */
function percent(share: number): string {
  const value = Math.abs(share * 100) < 10
    ? Number((share * 100).toFixed(1))
    : Math.round(share * 100);
  return `${(value || 0).toLocaleString("en-GB").replace("-", "−")} %`;
}

function NoTwins({ id, twins, families }: TwinsPageProps) {
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
