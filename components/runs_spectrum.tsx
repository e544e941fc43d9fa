import type { SpectrumSummary } from "../db/runs/collapse.ts";
import type { RunRow } from "../db/runs/list.ts";
import { column } from "../physics/columns.ts";
import { plural } from "./format.ts";
import { ColumnLabel, UnitOf, Value, ValueInCsA } from "./run_value.tsx";
import { Num } from "./values.tsx";

/** All runs of a spectrum in one cell: how many, from which k_y to which, and the largest growth rate with its k_y. */
export function SpectrumCell(
  { row, spectrum, csA }: {
    row: RunRow;
    /** Absent for a run that is alone in its spectrum. */
    spectrum: SpectrumSummary | undefined;
    csA: boolean;
  },
) {
  if (!spectrum) return <span class="muted">1 run</span>;
  const { n_runs, ky_lo, ky_hi, gamma_max, ky_at_max } = spectrum;
  const [ky, gamma] = [column("ky")!, column("gamma")!];
  return (
    <>
      <a href={`/spectra/${row.id}`}>{plural(n_runs, "run")}</a>
      {ky_lo !== null && (
        <>
          , <ColumnLabel column={ky} /> <Num value={ky_lo} /> to{" "}
          <Num value={ky_hi} />
        </>
      )}
      {gamma_max !== null && (
        <>
          , largest <ColumnLabel column={gamma} /> {csA
            ? <ValueInCsA column={gamma} row={{ ...row, gamma: gamma_max }} />
            : <Value column={gamma} value={gamma_max} />}{" "}
          {!csA && (
            <small class="unit">
              <UnitOf column={gamma} />
            </small>
          )} at <Num value={ky_at_max} />
        </>
      )}
    </>
  );
}
