import type { JudgedWavevector } from "../../physics/points.ts";
import { columnsOf, type ListOptions, type RunRow } from "../runs/list.ts";
import { sql } from "../sql.ts";
import { type Several, several, wavevectorsOf } from "./wavevectors.ts";

/** Runs that a family's page and JSON show at most. */
export const MAX_MEMBERS = 5000;

/** A run of a family. */
export interface Member {
  row: RunRow;
  spectrum_id: number;
  /** Whole folder, to break ties; never shown. */
  folder_path: string;
  /** All wavevectors of a linear run that holds several; null where the row says it all. */
  wavevectors: JudgedWavevector[] | null;
  /** Value of the varied parameter; null outside of scans. */
  value: number | null;
}

/** A family's runs, at most {@linkcode MAX_MEMBERS} of `total`. */
export interface Family {
  members: Member[];
  total: number;
}

/** Runs of the same code and physics, ascending in k_y; null when the run is unknown or hidden. A run that no pass has placed yet is alone. */
export function getSpectrum(
  id: number,
  options: ListOptions = {},
): Promise<Family | null> {
  return valueless(id, sql`spectrum_id = ${spectrumOf(id)}`, options);
}

/** Runs of the same physics and k_y in every code. */
export function getTwins(
  id: number,
  options: ListOptions = {},
): Promise<Family | null> {
  const mine = sql`select twins_id from run_families where run_id = ${id}`;
  return valueless(id, sql`twins_id = (${mine})`, options);
}

/** Runs with a twin in the spectrum of a run, in every code: the same case at all wavenumbers that codes share. */
export function getTwinSpectra(
  id: number,
  options: ListOptions = {},
): Promise<Family | null> {
  const theirs = sql`select twins_id from run_families where spectrum_id = ${
    spectrumOf(id)
  }`;
  return valueless(id, sql`twins_id in (${theirs})`, options);
}

/** Runs of the scan over `varied` that a run belongs to, with their own values; the run alone when there is none. */
export async function getScan(
  id: number,
  varied: string,
  options: ListOptions = {},
): Promise<Family | null> {
  const scan = await family(
    id,
    sql`select run_id, value from run_families join scan_spectra using (spectrum_id)
      where varied = ${varied} and scan_id = (
        select scan_id from scan_spectra join run_families using (spectrum_id) where run_id = ${id} and varied = ${varied})`,
    options,
  );
  // Those of scan_spectra are rounded, by which runs were found to belong together; and are what a missing one stands for.
  return scan &&
    { ...scan, members: scan.members.map((m) => withOwn(m, varied)) };
}

function withOwn(member: Member, varied: string): Member {
  const own = member.row[varied];
  return typeof own === "number" ? { ...member, value: own } : member;
}

/** A scan that a run belongs to. */
export interface ScanOffer {
  varied: string;
  n_values: number;
  low: number;
  high: number;
}

/** The scans of a run, the one with the most values first. */
export async function listScans(id: number): Promise<ScanOffer[]> {
  return await sql<ScanOffer[]>`
    select s.varied, count(distinct s.value)::int as n_values, min(s.value) as low, max(s.value) as high
    from run_families f join scan_spectra mine using (spectrum_id)
      join scan_spectra s on s.scan_id = mine.scan_id and s.varied = mine.varied
    where f.run_id = ${id}
    group by s.varied order by n_values desc, s.varied`;
}

function spectrumOf(id: number): ReturnType<typeof sql> {
  return sql`(select spectrum_id from run_families where run_id = ${id})`;
}

/** The family of the runs that hold to a condition; only a scan's have a value each. */
async function valueless(
  id: number,
  condition: ReturnType<typeof sql>,
  options: ListOptions,
): Promise<Family | null> {
  return await family(
    id,
    sql`select run_id, null::double precision as value from run_families where ${condition}`,
    options,
  );
}

type Found = RunRow & Omit<Member, "row" | "wavevectors"> & Several & {
  total: number;
};

async function family(
  id: number,
  ids: ReturnType<typeof sql>,
  options: ListOptions,
): Promise<Family | null> {
  const found = await sql<Found[]>`
    with members as (${ids}), chosen as (
      select run_id, value from members union all
      select ${id}, null where not exists (select from members)
    )
    select ${
    columnsOf(options)
  }, coalesce(family.spectrum_id, id) as spectrum_id, folder_path, chosen.value, ${several()}, count(*) over ()::int as total
    from chosen join runs on runs.id = chosen.run_id left join run_families family on family.run_id = runs.id
    where hidden_at is null and exists (select from runs where id = ${id} and hidden_at is null)
    order by chosen.value, ky nulls last, code, id limit ${MAX_MEMBERS}`;
  const [first] = found;
  return first === undefined
    ? null
    : { total: first.total, members: found.map(memberOf) };
}

function memberOf(
  { spectrum_id, folder_path, wavevectors, judged_by, value, total: _, ...row }:
    Found,
): Member {
  return {
    row: row as RunRow,
    spectrum_id,
    folder_path,
    wavevectors: wavevectorsOf({ wavevectors, judged_by }),
    value,
  };
}
