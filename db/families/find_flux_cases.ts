import { MODEL } from "../../physics/families.ts";
import type { Sql } from "../sql.ts";
import { cutByPhysics } from "./find_twins.ts";

/**
 * Writes `flux_cases`: nonlinear and quasilinear runs of any code with the same physics, within the tolerance of twins and by the same cuts, the
 * kind left out. After {@linkcode findTwins}, whose temporary tables it replaces.
 */
export async function findFluxCases(tx: Sql): Promise<void> {
  const model = MODEL.filter((m) => m !== "kind").map((m) => `"${m}"`);
  await tx`drop table if exists parts, part_of`;
  await tx.unsafe(`
    create temporary table parts on commit drop as
    select *, dense_rank() over (order by ${model.join(", ")}) as part
    from cases where kind in ('nonlinear', 'quasilinear')`);
  await dropSingleKinds(tx);
  await cutByPhysics(tx, dropSingleKinds);
  await tx`
    create temporary table flux on commit drop as
    select found.run_id, min(found.run_id) over (partition by part) as case_id
    from parts join found on found.spectrum_id = parts.id`;
  await tx`
    delete from flux_cases w where not exists (select from flux where flux.run_id = w.run_id)`;
  await tx`
    insert into flux_cases (run_id, case_id) select run_id, case_id from flux
    on conflict (run_id) do update set case_id = excluded.case_id where flux_cases.case_id <> excluded.case_id`;
}

async function dropSingleKinds(tx: Sql): Promise<void> {
  await tx`
    delete from parts where part in (
      select part from parts group by part having min(kind) = max(kind))`;
}
