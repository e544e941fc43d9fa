import { z } from "zod";
import { column, PUBLIC_COLUMNS } from "../../physics/columns.ts";
import type { FluxRun } from "../../physics/flux_pairs.ts";
import { queryPairs } from "../runs/address.ts";
import type { RunQuery } from "../runs/query.ts";
import { viewQuery } from "../runs/view_query.ts";
import { where } from "../runs/where.ts";
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

const View = z.object({
  x: z.enum(
    MAP_COLUMNS.map((c) => c.key),
    "must name a physics column of the catalogue",
  ).default("RLTi"),
  flux: z.enum(["Q_i", "Q_e"], "must be Q_i or Q_e").default("Q_i"),
});

/** Which ratio is drawn against what, and of which runs. */
export interface FluxMapQuery extends z.infer<typeof View> {
  query: RunQuery;
}

/** `x=`, `flux=` and the parameters of /runs. */
export const FluxMapQuery = viewQuery(View);

/** The address of a map. */
export function fluxMapAddress(
  { x, flux, query }: FluxMapQuery,
  path = "/explore/quasilinear",
): string {
  const pairs = [
    ["x", x],
    ["flux", flux],
    ...queryPairs({ ...query, page: null }),
  ];
  return `${path}?${new URLSearchParams(pairs as [string, string][])}`;
}

/**
 * The nonlinear and quasilinear runs of cases that have both and a run that the search finds, newest case first, with one column `x` of their physics.
 *
 * Runs that the search does not find are among them: they are what the others are compared with.
 */
export async function listFluxRuns(
  { x, query }: Pick<FluxMapQuery, "x" | "query">,
): Promise<{ runs: FluxRun[]; total: number }> {
  // Few runs are in such cases, so that each is asked by itself.
  const found = where(query, undefined, "walk");
  const wanted =
    sql`select case_id from flux_cases join runs on id = run_id where ${found}`;
  return await sql.begin(async (tx) => {
    await tx`select set_config('statement_timeout', ${
      String(TIMEOUT_MS)
    }, true)`;
    const [{ total }] = await tx<[{ total: number }]>`
      select count(*)::int as total from flux_cases join runs on id = run_id
      where hidden_at is null and case_id in (${wanted})`;
    const runs = await tx<FluxRun[]>`
      with rules as (
        select v.id, v.word from input_values v join input_names n on n.id = v.name_id where n.aliases && ${RULE_NAMES}::text[]
      ), cases as (
        select run_id, case_id from flux_cases where case_id in (${wanted})
        order by case_id desc, run_id desc limit ${MAX_FLUX_RUNS}
      )
      select id, case_id, kind, code, saturated, "Q_i", "Q_e", ${
      sql(column(x)!.key)
    } as x, coalesce(${found}, false) as found,
        case when kind = 'quasilinear' then (select word from rules where rules.id = any(inputs) limit 1) end as rule
      from cases join runs on id = run_id
      where hidden_at is null order by id desc`;
    return { runs: [...runs], total };
  });
}
