import { isTwinPhysics, MODEL, PHYSICS } from "../../physics/families.ts";
import type { Nonlinear } from "../../physics/simulation.ts";
import { columnsOf, type RunRow } from "../runs/list.ts";
import { type Fragment } from "../runs/where.ts";
import { sql } from "../sql.ts";
import type { Member } from "./members.ts";
import { type Several, several, wavevectorsOf } from "./wavevectors.ts";

/** A run of the same physics as another, of any kind and code. */
export interface Relative extends Member {
  /** Fluxes over k_y, without traces; null for linear runs. */
  nonlinear: Pick<Nonlinear, "ky" | "spectra"> | null;
}

/** Runs that are looked at; a well-known case may have thousands. */
const MAX_READ = 600;
/** Columns of the index that finds them (runs_physics), and the room around each: wider than the tolerance that decides. */
const BOX = ["q", "s_hat", "r_over_R", "RLTi", "RLTe", "RLne"] as const;
/** Compared where the run has them: they leave few rows to read. */
const ALSO = ["nu_ee", "Ti_Te"] as const;
const MARGIN = 5e-3;
const POINT_COLUMNS = [
  "code",
  "ky",
  "ky_input",
  "gamma",
  "omega",
  "stability",
  "convergence",
  "implausible",
  "mode",
  "Q_e",
  "Q_i",
  "a_over_R",
];

/**
 * Runs of other kinds with the physics of a nonlinear or quasilinear run, and the other nonlinear and quasilinear ones of that physics.
 *
 * Empty for runs whose physics is not all known. The newest come first.
 */
export async function listRelatives(run: RunRow): Promise<Relative[]> {
  if (run.kind === "linear" || BOX.some((key) => isAbsent(run, key))) return [];
  const box = [...BOX, ...ALSO.filter((key) => !isAbsent(run, key))];
  const near = box.map((key): Fragment => {
    const value = Number(run[key]);
    const margin = MARGIN * Math.abs(value) + 1e-6;
    return sql`and ${sql(key)} between ${value - margin}::float8 and ${
      value + margin
    }::float8`;
  }).reduce((all, one) => sql`${all} ${one}`);
  const physics = [...PHYSICS.map((p) => p.key), ...MODEL];
  const found = await sql<
    (RunRow & Omit<Relative, "row" | "value" | "wavevectors"> & Several)[]
  >`select ${
    columnsOf({ columns: [...POINT_COLUMNS, ...physics] })
  }, coalesce(family.spectrum_id, id) as spectrum_id, folder_path, ${several()},
      case when kind <> 'linear' and jsonb_typeof(detail->'nonlinear') = 'object'
        then (detail->'nonlinear') - 'traces' - 'time' end as nonlinear
    from runs left join run_families family on family.run_id = runs.id
    where hidden_at is null ${near}
      and adiabatic is not distinct from ${run.adiabatic as
    | string
    | null} and fields is not distinct from ${run.fields as string | null}
    order by id = ${run.id} desc, id desc limit ${MAX_READ}`;
  // The row at hand may lack columns that are not for everybody.
  const [own, ...others] = found;
  if (own?.id !== run.id) return [];
  return others.filter((other) => isSame(own, other)).map((
    { spectrum_id, folder_path, wavevectors, judged_by, nonlinear, ...row },
  ) => ({
    row: row as RunRow,
    spectrum_id,
    folder_path,
    wavevectors: wavevectorsOf({ wavevectors, judged_by }),
    nonlinear,
    value: null,
  }));
}

function isAbsent(run: RunRow, key: string): boolean {
  return typeof run[key] !== "number";
}

function isSame(a: RunRow, b: RunRow): boolean {
  const kind = "any";
  return isTwinPhysics({ ...a, kind } as never, { ...b, kind } as never);
}
