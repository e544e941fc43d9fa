import { sql } from "../sql.ts";
import { listScans, type ScanOffer } from "./members.ts";

/** The families of a run, for links to them. */
export interface FamilyOverview {
  /** Runs in its spectrum, itself included. */
  n_spectrum: number;
  /** Different k_y in it. */
  n_ky: number;
  /** Codes among its twins, its own included; 0 without twins. */
  n_codes: number;
  scans: ScanOffer[];
}

/** What families a run belongs to; a run that no pass has placed yet is alone. */
export async function getFamilyOverview(id: number): Promise<FamilyOverview> {
  const [counts, scans] = await Promise.all([
    sql<[Omit<FamilyOverview, "scans">?]>`
      select s.n_runs as n_spectrum, s.n_ky, (
        select count(distinct coalesce(code, ''))::int from run_families t join runs on runs.id = t.run_id
        where t.twins_id = f.twins_id and hidden_at is null
      ) as n_codes
      from run_families f join spectra s on s.id = f.spectrum_id where f.run_id = ${id}`,
    listScans(id),
  ]);
  return { ...(counts[0] ?? { n_spectrum: 1, n_ky: 1, n_codes: 0 }), scans };
}
