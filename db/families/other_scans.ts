import {
  type Compared,
  COMPARED_WORDS,
  differences,
  distance,
  SCALES,
} from "../../physics/distance.ts";
import { SCANNED } from "../../physics/families.ts";
import { type Fragment } from "../runs/where.ts";
import { sql } from "../sql.ts";

/** Scans that are compared with one, the nearest in q of all. */
const MAX_READ = 2_000;
/** Scans that are suggested. */
const MAX_OFFERED = 12;
/** Further away than this a scan is of another plasma (physics/distance.ts). */
export const NEARBY = 4;

/** A scan over the same parameter as another. */
export interface OtherScan {
  /** A run of it, by which addresses name it: the smallest number that is shown. */
  id: number;
  code: string | null;
  n_values: number;
  low: number;
  high: number;
  /** In physics, what is varied and what follows it left out. */
  distance: number;
  /** What differs, with the values of that scan and of the one compared with; what counts most first. */
  differs: {
    key: string;
    value: number | string | null;
    own: number | string | null;
  }[];
}

type Row =
  & Compared
  & Omit<OtherScan, "distance" | "differs">
  & { is_own: boolean };

/** Scans over `varied` by runs of the same kind near the physics of the scan of a run: the nearest first, up to {@linkcode NEARBY}. `chosen` are listed wherever they are. */
export async function listOtherScans(
  id: number,
  varied: string,
  chosen: number[] = [],
): Promise<OtherScan[]> {
  const { followers } = SCANNED.find((s) => s.key === varied)!;
  const columns = [...SCALES.map((s) => s.key), ...COMPARED_WORDS, "geometry"]
    .filter((key) => key !== varied && !followers.includes(key) && key !== "ky")
    .map((key) => sql`r.${sql(key)}`).reduce((a, b) => sql`${a}, ${b}`);
  const rows = await sql<Row[]>`
    with scans as (${namedScans(varied)}), mine as (
      select scans.id, r.kind, r.q as mine_q
      from scan_spectra join run_families f using (spectrum_id) join scans using (scan_id) join runs r on r.id = scans.id
      where f.run_id = ${id} and varied = ${varied}
    ), near as (
      select r.id, scan_id, r.id = mine.id as is_own from scans join runs r using (id), mine
      where r.kind = mine.kind order by r.id = mine.id desc, abs(r.q - mine_q) nulls last, r.id limit ${
    MAX_READ + 1
  }
    )
    select r.id, r.code, is_own, ${columns}, v.n_values, v.low, v.high from near join runs r using (id), lateral (
      select count(distinct value)::int as n_values, min(value) as low, max(value) as high
      from scan_spectra where scan_id = near.scan_id and varied = ${varied}
    ) v`;
  const own = rows.find((row) => row.is_own);
  if (!own) return [];
  const others = rows.filter((row) => row !== own);
  return others.map((other) => against(own, other)).filter((o) =>
    o.distance <= NEARBY || chosen.includes(o.id)
  ).sort((
    a,
    b,
  ) => a.distance - b.distance || a.id - b.id).filter((o, k) =>
    k < MAX_OFFERED || chosen.includes(o.id)
  );
}

function against(own: Row, other: Row): OtherScan {
  return {
    id: other.id,
    code: other.code,
    n_values: other.n_values,
    low: other.low,
    high: other.high,
    distance: distance(own, other),
    differs: differences(own, other).map((key) => ({
      key,
      value: other[key] ?? null,
      own: own[key] ?? null,
    })),
  };
}

/**
 * The scans over `varied` and the runs by which addresses name them: the smallest number of those that are shown.
 *
 * That is the scan's own number but for the time between the hiding of that run and the next search for families.
 */
function namedScans(varied: string): Fragment {
  return sql`
    select s.scan_id, coalesce(r.id, (
      select min(m.id) from scan_spectra v join run_families using (spectrum_id) join runs m on m.id = run_id
      where v.scan_id = s.scan_id and v.varied = ${varied} and m.hidden_at is null
    )) as id
    from (select distinct scan_id from scan_spectra where varied = ${varied}) s
      left join runs r on r.id = s.scan_id and r.hidden_at is null`;
}

/** The run by which addresses name the scan over `varied` that a run belongs to; null when it is in none. */
export async function getScanId(
  id: number,
  varied: string,
): Promise<number | null> {
  const [row] = await sql<[{ id: number | null }]>`
    select min(m.id) as id from scan_spectra join run_families using (spectrum_id) join runs m on m.id = run_id
    where m.hidden_at is null and varied = ${varied} and scan_id = (
      select scan_id from scan_spectra join run_families using (spectrum_id) join runs on runs.id = run_id
      where run_id = ${id} and varied = ${varied} and hidden_at is null)`;
  return row.id;
}
