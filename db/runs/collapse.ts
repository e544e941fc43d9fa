import { sql } from "../sql.ts";
import type { RunFilter } from "./query.ts";
import { type Fragment, where } from "./where.ts";

/** What stands in a search for all runs of a spectrum (physics.md 3). */
export interface SpectrumSummary {
  run_id: number;
  /** Runs in it, whether the search finds them or not. */
  n_runs: number;
  n_ky: number;
  ky_lo: number | null;
  ky_hi: number | null;
  /** Largest growth rate that is not implausible, and its k_y; null where there is none. */
  gamma_max: number | null;
  ky_at_max: number | null;
}

/** The condition that a run has the largest growth rate of those runs of its spectrum that a filter finds. */
export function isFirstOfSpectrum(filter: RunFilter): Fragment {
  return sql`id in (
    select distinct on (coalesce(spectrum_id, id)) id
    from (select id, gamma, implausible from runs where ${where(filter)}) found
      left join run_families on run_id = id
    order by coalesce(spectrum_id, id), implausible is true, gamma desc nulls last, id)`;
}

/** The spectra that runs belong to, by the number of the run; a run that is alone has none. */
export async function listSpectraOf(
  runs: number[],
): Promise<Map<number, SpectrumSummary>> {
  const rows = await sql<SpectrumSummary[]>`
    select run_id, n_runs, n_ky, ky_lo, ky_hi, gamma_max, ky_at_max
    from run_families join spectra on spectra.id = spectrum_id
    where run_id = any(${runs}::bigint[]) and n_runs > 1`;
  return new Map(rows.map((row) => [row.run_id, row]));
}
