import { MODEL, PHYSICS, S_ALPHA } from "../../physics/families.ts";
import { type Sql, sql } from "../sql.ts";
import { findFluxCases } from "./find_flux_cases.ts";
import { findScans } from "./find_scans.ts";
import { findTwins } from "./find_twins.ts";
import { writeFamilies } from "./write.ts";

/** Bump when other families are found in the same runs. */
const REVISION = 2;
/** Any constant: one search for families at a time. */
const LOCK = 73_214_002;
const TIMEOUT = "30min";
/** Sorts spill to disk above this, so that a million runs need no more memory than a thousand. */
const WORK_MEM = "64MB";

/**
 * Finds the families of all shown runs (physics.md 3) and writes what changed: spectra by rounded equality, scans by equality but for one
 * parameter, twins by tolerance. One transaction of set operations; safe to repeat.
 */
export async function findFamilies(): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${LOCK})`;
    await tx`select set_config('statement_timeout', ${TIMEOUT}, true), set_config('work_mem', ${WORK_MEM}, true)`;
    await findSpectra(tx);
    await findScans(tx);
    await findTwins(tx);
    await findFluxCases(tx);
    await writeFamilies(tx);
    await tx`
      insert into family_search (revision) values (${REVISION})
      on conflict (single) do update set revision = excluded.revision`;
  });
}

/** Whether the families were last found by other rules than the present ones, or never. */
export async function areFamiliesOutdated(tx: Sql): Promise<boolean> {
  const rows = await tx`select from family_search where revision = ${REVISION}`;
  return rows.length === 0;
}

/**
 * Temporary tables `found` (a run, its spectrum, and what is summed up of it) and `cases` (one row per spectrum with its rounded physics).
 *
 * `runs` is read once from end to end, since its rows are wide.
 */
async function findSpectra(tx: Sql): Promise<void> {
  await tx.unsafe(`
    create temporary table found on commit drop as
    select *, min(run_id) over (partition by key) as spectrum_id from (
      select id as run_id, code, abs(ky) as ky, abs(kx) as kx, coalesce(ky_lo, ky) as ky_lo, coalesce(ky_hi, ky) as ky_hi,
        case when implausible is not true then gamma end as gamma, md5(row(code, ${
    physics().map((p) => p.value).join(", ")
  })::text)::uuid as key
      from runs where hidden_at is null
    ) keyed`);
  await tx`alter table found drop column key`;
  await tx`create index on found (spectrum_id)`;
  await tx`analyze found`;
  await tx.unsafe(`
    create temporary table cases on commit drop as
    select id, code, ${
    physics().map((p) => `${p.value} as "${p.key}"`).join(", ")
  } from runs where id in (select spectrum_id from found)`);
  await tx`analyze cases`;
}

/** The physics of a run as SQL: numbers rounded, absent ones replaced by what they stand for. */
function physics(): { key: string; value: string }[] {
  const numbers = PHYSICS.map(({ key, absent }) => ({
    key,
    value: `significant_digits(coalesce("${key}", ${absent}))`,
  }));
  const words = MODEL.map((key) => ({
    key,
    value: key === "geometry"
      ? `coalesce(geometry = '${S_ALPHA}', false)`
      : `coalesce("${key}", '')`,
  }));
  return [...numbers, ...words];
}
