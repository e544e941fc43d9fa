import type { Sql } from "../sql.ts";

/** Writes what the temporary tables `found`, `scans` and `twins` say, and only what differs from what is there. */
export async function writeFamilies(tx: Sql): Promise<void> {
  await tx`
    delete from run_families f where not exists (select from found where found.run_id = f.run_id)`;
  await tx`
    insert into run_families (run_id, spectrum_id, twins_id)
    select run_id, spectrum_id, twins_id from found left join twins using (run_id)
    on conflict (run_id) do update set spectrum_id = excluded.spectrum_id, twins_id = excluded.twins_id
    where (run_families.spectrum_id, run_families.twins_id) is distinct from (excluded.spectrum_id, excluded.twins_id)`;
  await writeSpectra(tx);
  await writeScans(tx);
}

/** `gamma` of the implausible is not there: see find.ts. */
async function writeSpectra(tx: Sql): Promise<void> {
  await tx`
    create temporary table summaries on commit drop as
    select spectrum_id as id, count(*)::int as n_runs, count(distinct significant_digits(ky))::int as n_ky,
      min(ky_lo) as ky_lo, max(ky_hi) as ky_hi, max(gamma) as gamma_max
    from found group by spectrum_id`;
  await tx`delete from spectra s where not exists (select from summaries where summaries.id = s.id)`;
  await tx`
    insert into spectra (id, n_runs, n_ky, ky_lo, ky_hi, gamma_max, ky_at_max, run_at_max)
    select s.id, n_runs, n_ky, s.ky_lo, s.ky_hi, gamma_max, top.ky, top.run_id
    from summaries s left join (
      select distinct on (spectrum_id) spectrum_id, run_id, ky from found
      where gamma is not null order by spectrum_id, gamma desc, run_id
    ) top on top.spectrum_id = s.id
    on conflict (id) do update set n_runs = excluded.n_runs, n_ky = excluded.n_ky, ky_lo = excluded.ky_lo, ky_hi = excluded.ky_hi,
      gamma_max = excluded.gamma_max, ky_at_max = excluded.ky_at_max, run_at_max = excluded.run_at_max
    where spectra is distinct from excluded`;
}

async function writeScans(tx: Sql): Promise<void> {
  await tx`
    delete from scan_spectra w where not exists (
      select from scans where scans.spectrum_id = w.spectrum_id and scans.varied = w.varied)`;
  await tx`
    insert into scan_spectra (spectrum_id, varied, scan_id, value)
    select spectrum_id, varied, scan_id, value from scans
    on conflict (spectrum_id, varied) do update set scan_id = excluded.scan_id, value = excluded.value
    where (scan_spectra.scan_id, scan_spectra.value) is distinct from (excluded.scan_id, excluded.value)`;
}
