import { RESOLUTION, S_ALPHA } from "../physics/families.ts";
import {
  type Compared,
  COMPARED_WORDS,
  DISTANCE_STEP,
  fromScale,
  isSAlpha,
  MISSING,
  type Scale,
  SCALES,
  standIn,
  toScale,
  valueOf,
} from "../physics/distance.ts";
import { columnsOf, type ListOptions, type RunRow } from "./runs/list.ts";
import type { Fragment } from "./runs/where.ts";
import { sql } from "./sql.ts";

/** Boxes around the wanted physics, in units of the distance, tried one after the other until enough runs lie inside. */
const RADII = [0.2, 0.5, 1, 1.9, 4];
/** Columns of the index runs_physics, in its order. */
const BOX = ["q", "s_hat", "r_over_R", "RLTi", "RLTe", "RLne", "ky"];
/** How many runs of a box are enough to stop. */
const ENOUGH = 25;
/** Equal physics, equal code: then the run with the same grid and typed k_y comes first. */
const TIE_COLUMNS = ["ky_input", ...RESOLUTION];

/** A run and how far its physics is from what was asked for. */
export interface Near {
  id: number;
  distance: number;
}

/** What is compared with: columns by public name, among them those of {@linkcode SCALES}. */
export interface NearestOptions {
  /** At most so many. Default 100. */
  limit?: number;
  /** A run that is left out: the one that is compared with. */
  except?: number;
}

/**
 * The runs nearest in physics, nearest first by the distance of physics/distance.ts. Equal distances: the same code first, then the same
 * grid, then the smaller number.
 *
 * Any run within a radius lies in the box of that radius, so the first box with enough runs within its radius is exact; only where
 * hardly anything is near are all runs compared. Fewer than {@linkcode ENOUGH} runs cannot stop it, so `limit` above it may return
 * fewer runs than there are.
 */
export async function nearestRuns(
  target: Compared,
  { limit = 100, except }: NearestOptions = {},
): Promise<Near[]> {
  for (const radius of RADII) {
    const near = await within(target, { radius, limit, except });
    if (near.length >= Math.min(limit, ENOUGH)) return near;
  }
  return await within(target, { radius: null, limit, except });
}

/** The nearest runs with their columns, in the same order. */
export async function listNearest(
  target: Compared,
  { columns, wholeFolders, ...options }: NearestOptions & ListOptions = {},
): Promise<(RunRow & Near)[]> {
  const near = await nearestRuns(target, options);
  const rows = await sql<RunRow[]>`
    select ${columnsOf({ columns, wholeFolders })} from runs
    where id = any(${near.map((n) => n.id)}::bigint[]) and hidden_at is null`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return near.flatMap(({ id, distance }) => {
    const row = byId.get(id);
    return row ? [{ ...row, distance }] : [];
  });
}

/** The numbers and words of a run that the distance looks at; null when it is unknown or hidden. */
export async function getPhysics(id: number): Promise<Compared | null> {
  const keys = [
    ...SCALES.map((s) => s.key),
    ...COMPARED_WORDS,
    ...TIE_COLUMNS,
    "code",
    "geometry",
  ];
  const [row] = await sql<[Compared?]>`
    select ${columns(keys)} from runs where id = ${id} and hidden_at is null`;
  return row ?? null;
}

async function within(
  target: Compared,
  { radius, limit, except }: NearestOptions & { radius: number | null },
): Promise<Near[]> {
  const box = radius === null ? sql`` : boxOf(target, radius);
  const inside = radius === null
    ? sql``
    : sql`where square <= ${radius ** 2}::float8`;
  const others = except === undefined ? sql`` : sql`and id <> ${except}`;
  return await sql<Near[]>`
    select id, distance from (
      select id, code, ${columns(TIE_COLUMNS)}, sqrt(square) as distance from (
        select *, ${square(target)} as square from runs
        where hidden_at is null ${others} ${box} offset 0
      ) compared ${inside}
    ) near
    order by round(distance / ${DISTANCE_STEP}::float8), ${
    ties(target)
  }, distance, id
    limit ${limit ?? 100}`;
}

function columns(keys: string[]): Fragment {
  return keys.map((key) => sql`${sql(key)}`).reduce((a, b) => sql`${a}, ${b}`);
}

/** In every column of the box the run is no further away than the radius; one that lacks the number is {@linkcode MISSING} away. */
function boxOf(target: Compared, radius: number): Fragment {
  const sides = SCALES.filter((s) => BOX.includes(s.key)).flatMap((scale) => {
    const value = valueOf(target, scale.key);
    if (value === null) return [];
    const place = toScale(value, scale);
    const name = sql`${sql(scale.key)}`;
    const side = sql`${name} between ${
      fromScale(place - radius, scale)
    }::float8 and ${fromScale(place + radius, scale)}::float8`;
    return [radius < MISSING ? side : sql`(${side} or ${name} is null)`];
  });
  return sides.reduce((all, side) => sql`${all} and ${side}`, sql``);
}

/** The square of the distance. */
function square(target: Compared): Fragment {
  const parts = [
    ...SCALES.map((scale) => partOf(target, scale)),
    ...COMPARED_WORDS.filter((key) => target[key] !== undefined).map((key) =>
      sql`(${sql(key)} is distinct from ${word(target, key)}::text)::int`
    ),
    sql`((coalesce(geometry, '') = ${S_ALPHA}) <> ${isSAlpha(target)})::int`,
  ];
  return parts.reduce((a, b) => sql`${a} + ${b}`);
}

function partOf(target: Compared, scale: Scale): Fragment {
  if (target[scale.key] === undefined) return sql`0`;
  const value = valueOf(target, scale.key);
  const name = sql`coalesce(${sql(scale.key)}, ${standIn(scale.key)}::float8)`;
  const missing = MISSING ** 2;
  if (value === null) {
    return sql`case when ${name} is null then 0 else ${missing}::float8 end`;
  }
  return sql`coalesce((asinh(${name} / ${scale.floor}::float8) / ${scale.step}::float8 - ${
    toScale(value, scale)
  }::float8) ^ 2, ${missing}::float8)`;
}

function ties(target: Compared): Fragment {
  const differing = TIE_COLUMNS.map((key) =>
    sql`(${sql(key)} is distinct from ${
      typeof target[key] === "number" ? target[key] : null
    }::float8)::int`
  ).reduce((a, b) => sql`${a} + ${b}`);
  return sql`(code is distinct from ${
    word(target, "code")
  }::text), ${differing}`;
}

function word(target: Compared, key: string): string | null {
  const value = target[key];
  return typeof value === "string" ? value : null;
}
