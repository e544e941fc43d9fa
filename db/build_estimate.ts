import { UNFINISHED } from "./archives.ts";
import { sql } from "./sql.ts";

/** Archives whose times say something about the next one. */
const DAYS = 14;
const RECENT = 50;
/** Above this mean size the bytes take the time, below it the number of files. */
const LARGE_FILE_BYTES = 1_000_000;

/** How long an archive will take. */
export interface BuildEstimate {
  /** Seconds of building; null when nothing was built lately to judge by. */
  seconds: number | null;
  /** Archives that wait or are being built now. */
  ahead: number;
}

/** Judges by the median of what recent archives of large, and of small files took; waits for the source count, as they may come again. */
export async function estimateBuild(
  { files, bytes }: { files: number; bytes: number },
): Promise<BuildEstimate> {
  const [row] = await sql<
    [{ per_byte: number | null; per_file: number | null; ahead: number }]
  >`
    with recent as (
      select bytes_total, files_total, extract(epoch from finished_at - started_at)::float8 as seconds
      from archives
      where state in ('ready', 'partial', 'expired') and finished_at > now() - make_interval(days => ${DAYS})
        and started_at is not null and files_total > 0 and bytes_total > 0
      order by finished_at desc limit ${RECENT}
    )
    select
      percentile_cont(0.5) within group (order by seconds / bytes_total)
        filter (where bytes_total >= files_total * ${LARGE_FILE_BYTES}::float8) as per_byte,
      percentile_cont(0.5) within group (order by seconds / files_total)
        filter (where bytes_total < files_total * ${LARGE_FILE_BYTES}::float8) as per_file,
      (select count(*)::int from archives where state in ${
    sql(UNFINISHED)
  }) as ahead
    from recent`;
  const { per_byte, per_file, ahead } = row;
  const known = per_byte !== null || per_file !== null;
  const seconds = Math.max(bytes * (per_byte ?? 0), files * (per_file ?? 0));
  return { seconds: known ? seconds : null, ahead };
}
