import {
  MODEL,
  NOISE,
  PHYSICS,
  TWIN_TOLERANCE,
} from "../../physics/families.ts";
import type { Sql } from "../sql.ts";

/** Stands for an absent number: further from every other than any tolerance. */
const ABSENT = -1e9;
/** A later column can pull apart what an earlier one held together only through a third: a second round notices. */
const ROUNDS = 2;

/**
 * Temporary table `twins` (run, twins): runs of at least two codes with the same physics and k_y within the tolerance.
 *
 * Sorted by one column after the other, a group is cut wherever the next number is further away than the tolerance; groups of a single
 * code are dropped on the way. Rounding would cut between numbers that are as good as equal; comparing pairs would not end.
 */
export async function findTwins(tx: Sql): Promise<void> {
  await tx.unsafe(`
    create temporary table parts on commit drop as
    select *, dense_rank() over (order by ${
    MODEL.map((m) => `"${m}"`).join(", ")
  }) as part from cases`);
  await dropSingleCodes(tx);
  await cutByPhysics(tx, dropSingleCodes);
  await tx.unsafe(`
    create temporary table part_of on commit drop as select id, part from parts`);
  await tx`drop table parts`;
  await tx.unsafe(`
    create temporary table parts on commit drop as
    select run_id as id, code, part, significant_digits(ky) as ky, significant_digits(kx) as kx
    from part_of join found on found.spectrum_id = part_of.id`);
  for (const key of ["ky", "kx"]) await cut(tx, key, dropSingleCodes);
  await tx.unsafe(`
    create temporary table twins on commit drop as
    select id as run_id, min(id) over (partition by part) as twins_id from parts`);
}

/** Cuts the temporary table `parts` wherever a number of its physics leaps. `drop` deletes the parts that cannot become a family any more. */
export async function cutByPhysics(
  tx: Sql,
  drop: (tx: Sql) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    for (const { key } of PHYSICS) await cut(tx, key, drop);
  }
}

/** Numbers the parts anew, cut where `key` leaps. */
async function cut(
  tx: Sql,
  key: string,
  drop: (tx: Sql) => Promise<void>,
): Promise<void> {
  const value = `coalesce("${key}", ${ABSENT})`;
  await tx`alter table parts rename to old_parts`;
  await tx`alter table old_parts rename part to old_part`;
  await tx.unsafe(`
    create temporary table parts on commit drop as
    select *, sum(leap) over (order by old_part, ${value}, id) as part from (
      select *, case when ${value} - lag(${value}) over w
          <= ${TWIN_TOLERANCE} * greatest(abs(${value}), abs(lag(${value}) over w)) + ${NOISE} then 0 else 1 end as leap
      from old_parts window w as (partition by old_part order by ${value}, id)
    ) leaps`);
  await tx`alter table parts drop column leap, drop column old_part`;
  await tx`drop table old_parts`;
  await drop(tx);
}

async function dropSingleCodes(tx: Sql): Promise<void> {
  await tx`
    delete from parts where part in (
      select part from parts group by part having min(code) is not distinct from max(code))`;
}
