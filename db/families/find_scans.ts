import {
  MODEL,
  PHYSICS,
  SCANNED,
  type Scanned,
  TWIN_TOLERANCE,
} from "../../physics/families.ts";
import type { Sql } from "../sql.ts";

/** Temporary table `scans`: for each parameter, the spectra of one code that differ in nothing but it and what follows it. */
export async function findScans(tx: Sql): Promise<void> {
  await tx`
    create temporary table scans (spectrum_id bigint, varied text, scan_id bigint, value double precision) on commit drop`;
  for (const scanned of SCANNED) await tx.unsafe(scansOf(scanned));
}

/** Values that differ by no more than codes' constants do make no scan. */
function scansOf({ key, followers }: Scanned): string {
  const fixed = [...PHYSICS.map((p) => p.key), ...MODEL].filter((column) =>
    column !== key && !followers.includes(column)
  ).map((column) => `"${column}"`);
  return `
    insert into scans
    select id, '${key}', scan_id, value::text::double precision from (
      select id, "${key}" as value, min(id) over same as scan_id,
        min("${key}") over same as low, max("${key}") over same as high
      from (select *, md5(row(code, ${
    fixed.join(", ")
  })::text)::uuid as rest from cases where "${key}" is not null) keyed
      window same as (partition by rest)
    ) placed
    where high - low > ${TWIN_TOLERANCE} * greatest(abs(low), abs(high))`;
}
