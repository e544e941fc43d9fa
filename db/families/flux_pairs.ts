import { z } from "zod";
import { column, PUBLIC_COLUMNS } from "../../physics/columns.ts";
import type { FluxRun } from "../../physics/flux_pairs.ts";
import { sql } from "../sql.ts";

/** Runs that the map reads: cases beyond them are left out, the oldest first. */
export const MAX_FLUX_RUNS = 5_000;
/** Reading them by index takes milliseconds; more means that something is wrong. */
const TIMEOUT_MS = 5_000;
const RULE_NAMES = ["SAT_RULE", "sat_rule"];

/** Physics that the ratio can be plotted against. */
export const MAP_COLUMNS = PUBLIC_COLUMNS.filter((c) =>
  c.kind === "number" && (c.group === "surface" || c.group === "plasma")
);

/** `x=` and `flux=` of the map. */
export const FluxMapQuery = z.strictObject({
  x: z.enum(
    MAP_COLUMNS.map((c) => c.key),
    "must name a physics column of the catalogue",
  ).default("RLTi"),
  flux: z.enum(["Q_i", "Q_e"], "must be Q_i or Q_e").default("Q_i"),
});
export type FluxMapQuery = z.infer<typeof FluxMapQuery>;

/** The nonlinear and quasilinear runs of cases that have both, newest case first, with one column `x` of their physics. */
export async function listFluxRuns(
  x: string,
): Promise<{ runs: FluxRun[]; total: number }> {
  return await sql.begin(async (tx) => {
    await tx`select set_config('statement_timeout', ${
      String(TIMEOUT_MS)
    }, true)`;
    const [{ total }] = await tx<
      [{ total: number }]
    >`
      select count(*)::int as total from flux_cases join runs on runs.id = run_id where hidden_at is null`;
    const runs = await tx<FluxRun[]>`
      with rules as (
        select v.id, v.word from input_values v join input_names n on n.id = v.name_id where n.aliases && ${RULE_NAMES}::text[]
      )
      select id, case_id, kind, code, saturated, "Q_i", "Q_e", ${
      sql(column(x)!.key)
    } as x,
        case when kind = 'quasilinear' then (select word from rules where rules.id = any(inputs) limit 1) end as rule
      from (select * from flux_cases order by case_id desc, run_id desc limit ${MAX_FLUX_RUNS}) f
        join runs on runs.id = f.run_id
      where hidden_at is null order by id desc`;
    return { runs: [...runs], total };
  });
}
