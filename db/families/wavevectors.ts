import { judged, type JudgedWavevector } from "../../physics/points.ts";
import type { Simulation, Wavevector } from "../../physics/simulation.ts";
import { type Fragment } from "../runs/where.ts";
import { sql } from "../sql.ts";

/** What a run that holds several wavevectors has to say of them; null for other runs. */
export interface Several {
  wavevectors: Wavevector[] | null;
  judged_by: {
    code: string | null;
    layout: Simulation["source"]["layout"] | null;
    species: Simulation["species"] | null;
  } | null;
}

/** The columns of {@linkcode Several} in a query over `runs`. */
export function several(): Fragment {
  const holds = sql`kind = 'linear' and n_ky > 1`;
  return sql`case when ${holds} then detail->'wavevectors' end as wavevectors, case when ${holds} then jsonb_build_object(
      'code', code, 'layout', detail->'source'->'layout', 'species', detail->'species') end as judged_by`;
}

/** All wavevectors of a run that holds several, each judged by itself; null where the row says it all. */
export function wavevectorsOf(
  { wavevectors, judged_by }: Several,
): JudgedWavevector[] | null {
  if (wavevectors === null || judged_by === null) return null;
  const { code, layout, species } = judged_by;
  return judged({
    code,
    layout: layout ?? "none",
    species: species ?? [],
    wavevectors,
  });
}
